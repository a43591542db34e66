"""Which box of a trajectory to tell of: significant limits only, few digits, coverage against density."""

from collections.abc import Sequence
from math import floor, isinf, log10, sqrt
from typing import Final

import numpy as np
from scipy.special import bdtrc

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, Shares, shares
from sim.questions.discover.prim import FEWEST, pasted, peeled

LEVEL: Final = 0.05
"""Level of significance of the limits of a box, all of them together."""
MOST_BOXES: Final = 4
LEAST_COVERAGE: Final = 0.05
"""Share of all failures that a further box holds at least."""
_FINE: Final = 0.01
"""Limits are said to within this share of a factor's range."""
_LEVELS: Final = 12
_COMPARED: Final = 4
_COMPARED_FOR_DENSITY: Final = 12
"""More, since a box that is made ready may lose the density that was asked for."""


@quickclass(frozen=True, slots=True)
class Wish:
    """What a box should be. density: the least it may have [1]; None: the best balance with coverage."""

    density: float | None = None

    def score(self, of: Shares) -> float:
        """How well a box serves, the more the better.

        Without a density: the correlation φ of being inside and failing (Matthews 1975,
        doi:10.1016/0005-2795(75)90109-9), which, unlike the mean of coverage and density, gives nothing to a box that
        merely holds nearly everything where most members fail. With one: coverage among those that have it; below −1,
        and the more so the more it lacks, for others.
        """
        if self.density is not None:
            return of.coverage if of.density >= self.density else of.density - self.density - 1.0
        if not of.failures or of.mass >= 1.0:
            return 0.0
        failing = of.density * of.mass / of.coverage
        spread = failing * (1.0 - failing) * of.mass * (1.0 - of.mass)
        return (of.density - failing) * of.mass / sqrt(spread) if spread > 0.0 else 0.0


def quasi_p(box: Box, face: Face, points: Array, fails: Flags) -> float:
    """How likely so many failures would be in the box if this limit did not matter [1]: its quasi-p-value.

    The binomial tail P(X ≥ failures) with the density of the box without the limit (Bryant & Lempert 2010,
    doi:10.1016/j.techfore.2009.08.002, appendix). “Quasi”, because the limit was chosen by these very members.
    """
    own, wider = (shares(one.inside(points), fails) for one in (box, box.without(face)))
    if own.failures == 0:
        return 1.0
    return float(bdtrc(own.failures - 1, own.members, wider.density))


def simplified(box: Box, points: Array, fails: Flags, wish: Wish) -> Box:
    """The box without limits that mean little: not significant at 5% for all faces together, or serving no better."""
    level = LEVEL / (2 * points.shape[1])
    while box.faces:
        score = wish.score(shares(box.inside(points), fails))
        weak = {face: quasi_p(box, face, points, fails) for face in box.faces}
        worst = max(weak, key=weak.__getitem__)
        if weak[worst] <= level:
            less = {face: wish.score(shares(box.without(face).inside(points), fails)) for face in box.faces}
            worst = max(less, key=less.__getitem__)
            if less[worst] < score:
                break
        box = box.without(worst)
    return box


def best_box(points: Array, fails: Flags, wish: Wish, steps: Sequence[float]) -> Box:
    """The box that serves best, pasted, simplified and rounded; one without limits where there is none.

    The boxes of the trajectory are ranked as they were peeled, and the foremost of them made ready and compared again.
    """
    trajectory = peeled(points, fails)
    scores = [wish.score(shares(box.inside(points), fails)) for box in trajectory]
    most = _COMPARED if wish.density is None else _COMPARED_FOR_DENSITY
    foremost = sorted(range(len(trajectory)), key=lambda place: -scores[place])[:most]
    ready = [made_ready(trajectory[place], points, fails, wish, steps) for place in foremost]
    return max(ready, key=lambda box: wish.score(shares(box.inside(points), fails)))


def made_ready(box: Box, points: Array, fails: Flags, wish: Wish, steps: Sequence[float]) -> Box:
    """A box of a trajectory as it is told: pasted, without idle limits, the others rounded."""
    return readable(simplified(pasted(box, points, fails), points, fails, wish), steps)


def covering(points: Array, fails: Flags, wish: Wish) -> tuple[Box, ...]:
    """Boxes one after the other, each found among the members that no earlier one holds (Friedman & Fisher, §6).

    It ends where a box would hold less than 5% of all failures, or be less dense than both the first one and a half;
    the first is denser than all members are on the whole.
    points: factor values [member, factor]; fails: [member].
    """
    found: list[Box] = []
    left = np.ones(len(fails), dtype=np.bool_)
    bar = float(fails.mean())
    steps = roundings(points)
    while len(found) < MOST_BOXES:
        rest, failing = points[left], fails[left]
        if failing.sum() < FEWEST or failing.all():
            break
        box = best_box(rest, failing, wish, steps)
        own = shares(box.inside(rest), failing)
        enough = own.failures >= max(LEAST_COVERAGE * float(fails.sum()), 1.0)
        if not box.faces or not enough or own.density <= bar:
            break
        bar = min(0.5, own.density) - 1e-9 if not found else bar
        found.append(box)
        left &= ~box.inside(points)
    return tuple(found)


def roundings(points: Array) -> tuple[float, ...]:
    """To what each factor's limits are rounded: 1, 2 or 5 times a power of ten, at most 1% of its range; 0: not at all.

    The range leaves out a hundredth at both ends, since a distribution may have none. A factor with a dozen levels or
    fewer is not rounded: its limits lie between two levels, and the levels are what is told.
    """
    return tuple(_rounding(points[:, column]) for column in range(points.shape[1]))


def _rounding(values: Array) -> float:
    if len(np.unique(values)) <= _LEVELS:
        return 0.0
    low, high = np.quantile(values, (0.01, 0.99))
    fine = _FINE * float(high - low)
    if fine <= 0.0:
        return 0.0
    power = 10.0 ** floor(log10(fine))
    return next(power * digit for digit in (5.0, 2.0, 1.0) if power * digit <= fine * (1.0 + 1e-9))


def readable(box: Box, steps: Sequence[float]) -> Box:
    """The box with rounded limits."""
    low = tuple(rounded_to(limit, step) for limit, step in zip(box.low, steps, strict=True))
    high = tuple(rounded_to(limit, step) for limit, step in zip(box.high, steps, strict=True))
    crossed = any(bottom >= top for bottom, top in zip(low, high, strict=True))
    return box if crossed else Box(low, high)


def rounded_to(limit: float, step: float) -> float:
    """A limit to a multiple of `step`; as it is where that is 0."""
    if isinf(limit) or step == 0.0:
        return limit
    return float(f"{round(limit / step) * step:.12g}")
