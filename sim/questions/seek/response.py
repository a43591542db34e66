"""What goals make of outcomes: how far each setting of the levers is on the right side of every target."""

from collections.abc import Callable, Sequence
from math import ceil, sqrt
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Kept
from sim.questions.seek.goal import Goal
from sim.run.reaching import probability as share_of
from sim.run.reaching import reaches

Evaluate = Callable[[Array], Kept]
"""Outcomes [goal, setting, draw] at settings [setting, lever]."""

SURE: Final = 1.959963984540054
"""Standard errors on either side of a 95% interval."""
_ALMOST: Final = 1e-9


@quickclass(frozen=True, slots=True)
class Judged:
    """A goal at a setting: how likely it is met, with its Monte Carlo error [1], and the outcome.

    assured: what is reached, or kept below, with the probability asked for; of a target that is a value to keep to, the
    distance from it. low, median, high: 10, 50 and 90%
    quantiles; all in the unit of the target. margin: how far `assured` is on the right side, over the spread of the
    outcome at present [1].
    """

    goal: Goal
    probability: float
    error: float
    assured: float
    low: float
    median: float
    high: float
    margin: float


@quickclass(frozen=True, slots=True)
class Point:
    """A setting of the levers and what comes of it. together: probability that all goals are met at once [1]."""

    at: tuple[float, ...]
    judged: tuple[Judged, ...]
    together: float
    effort: float

    @property
    def binding(self) -> Judged:
        """The goal that is hardest to meet here."""
        return min(self.judged, key=lambda one: one.margin)

    @property
    def is_met(self) -> bool:
        """Whether every goal is likely enough."""
        return all(one.margin >= 0.0 for one in self.judged)


class Response:
    """Margins and probabilities by setting; no setting is tried twice.

    A goal is met with probability p or more exactly where the margin that a share p of the draws has is 0 or more.
    That margin, a quantile, changes continuously with the levers where the probability goes in steps.
    """

    def __init__(self, evaluate: Evaluate, goals: Sequence[Goal], present: Sequence[float]) -> None:
        self._evaluate, self._goals = evaluate, tuple(goals)
        self._known: dict[bytes, Kept] = {}
        self._asked = np.array([goal.probability for goal in goals])
        now = self.outcomes(np.array([present], dtype=np.float64))
        self.draws = now.shape[2]
        spreads = [float(goal.margin(values[0]).std()) for goal, values in zip(goals, now, strict=True)]
        self._scale = [spread if np.isfinite(spread) and spread > 0.0 else 1.0 for spread in spreads]

    @property
    def tried(self) -> int:
        """How many settings have been tried."""
        return len(self._known)

    def levels(self, errors: float) -> tuple[float, ...]:
        """The probabilities that lie so many standard errors above those asked for, by goal."""
        return tuple(float(asked + errors * sqrt(asked * (1.0 - asked) / self.draws)) for asked in self._asked)

    def can_ask(self, errors: float) -> bool:
        """Whether so many standard errors above those asked for still are probabilities."""
        return all(0.0 < level < 1.0 for level in self.levels(errors))

    def outcomes(self, at: Array) -> Array:
        """Outcomes [goal, setting, draw] at settings [setting, lever]."""
        keys = [row.tobytes() for row in at]
        missing = {key: row for key, row in zip(keys, at, strict=True) if key not in self._known}
        if missing:
            found = self._evaluate(np.stack(list(missing.values())))
            self._known |= {key: found[:, position] for position, key in enumerate(missing)}
        return np.stack([self._known[key] for key in keys], axis=1).astype(np.float64)

    def margins(self, at: Array, errors: float = 0.0) -> Array:
        """The margin that the share of the draws that is asked for has [goal, setting], in spreads.

        errors: standard errors by which another share is asked for. Minus infinity where a setting is not allowed, or
        where no number of draws is enough.
        """
        outcomes = self.outcomes(at)
        result = np.empty(outcomes.shape[:2])
        for row, (goal, level) in enumerate(zip(self._goals, self.levels(errors), strict=True)):
            needed = ceil(level * self.draws - _ALMOST)
            if 1 <= needed <= self.draws:
                margin = np.sort(goal.margin(outcomes[row]), axis=-1)[:, self.draws - needed] / self._scale[row]
                result[row] = np.where(np.isfinite(outcomes[row]).all(axis=-1), margin, -np.inf)
            else:
                result[row] = -np.inf if needed > self.draws else np.inf
        return result

    def least(self, at: Array, errors: float = 0.0) -> Array:
        """The least margin over all goals [setting]: 0 or more exactly where every goal is likely enough."""
        least: Array = self.margins(at, errors).min(axis=0)
        return least

    def hardest(self, at: Array) -> tuple[Array, Array]:
        """How much likelier than asked for the goal is of which that is least, and its probability [setting]."""
        likely = self.probabilities(at)
        over = likely - self._asked[:, np.newaxis]
        row = over.argmin(axis=0)[np.newaxis]  # a setting that is not allowed is NaN in every row
        excess, probability = (np.take_along_axis(table, row, axis=0)[0] for table in (over, likely))
        return excess, probability

    def probabilities(self, at: Array) -> Array:
        """The probability of each goal [goal, setting]; NaN where a setting is not allowed."""
        outcomes = self.outcomes(at)
        reached = [
            reaches(values, goal.target).mean(axis=-1) for goal, values in zip(self._goals, outcomes, strict=True)
        ]
        return np.where(np.isfinite(outcomes).all(axis=-1), np.stack(reached), np.nan)

    def quantiles(self, at: Array, shares: Sequence[float]) -> Array:
        """Quantiles of the outcomes [share, goal, setting], in the unit of each target."""
        found: Array = np.quantile(self.outcomes(at), shares, axis=-1)
        return found

    def point(self, at: Sequence[float], effort: float) -> Point:
        """Everything there is to say of one setting."""
        row = np.array([at], dtype=np.float64)
        outcomes = self.outcomes(row)[:, 0]
        met = np.stack([reaches(values, goal.target) for goal, values in zip(self._goals, outcomes, strict=True)])
        margins = self.margins(row)[:, 0]
        judged = tuple(
            self._judged(position, met[position], outcomes[position], float(margins[position]))
            for position in range(len(self._goals))
        )
        return Point(tuple(float(value) for value in at), judged, float(met.all(axis=0).mean()), effort)

    def _judged(self, position: int, met: Flags, outcome: Array, margin: float) -> Judged:
        goal = self._goals[position]
        likely, error = share_of(met)
        low, median, high = (float(value) for value in np.quantile(outcome, (0.1, 0.5, 0.9)))
        apart = margin * self._scale[position]
        target, value = goal.target, float(goal.target.value or 0.0)
        if target.op == "at_least":
            assured = value - target.tolerance + apart
        elif target.op == "at_most":
            assured = value + target.tolerance - apart
        else:
            assured = max(target.tolerance, 1e-9) - apart
        return Judged(goal, likely, error, assured, low, median, high, margin)
