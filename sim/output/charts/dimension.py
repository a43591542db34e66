"""A factor as charts draw it: its range, its ticks in words, and the limits of a box."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Integers
from sim.output.charts.axes import FRAMED, GRIDDED, axis_title
from sim.output.charts.style import SCENARIOS, TARGET, Spec, plain

FAILS: Final = TARGET
HOLDS: Final = SCENARIOS[0]
_JITTER: Final = 0.22
_SEED: Final = 2020


@quickclass(frozen=True, slots=True)
class Dimension:
    """A factor of the members. values: [member]; low, high: ends of the axis; ticks with their words.

    limits: what a box allows, None where it is open, with their words; levels: its values, where they are few.
    """

    title: str
    values: Array
    low: float
    high: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]
    limits: tuple[float | None, float | None] = (None, None)
    limit_words: tuple[str, str] = ("", "")
    levels: tuple[float, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether the box restricts it."""
        return self.limits != (None, None)

    @property
    def allowed(self) -> tuple[float, float]:
        """From where to where the box allows it, within the axis."""
        low, high = self.limits
        first, last = self.ends
        return (first if low is None else max(low, first), last if high is None else min(high, last))

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis, with room for what is moved apart."""
        if len(self.levels) > 1:
            air = 0.3 * float(np.diff(np.array(self.levels)).min())
            return self.low - air, self.high + air
        return self.low, self.high if self.high > self.low else self.low + 1.0

    def scattered(self) -> Array:
        """Its values; with few levels moved a little apart, always alike, so that none hides another."""
        if len(self.levels) < 2:
            return self.values
        gap = float(np.diff(np.array(self.levels)).min())
        apart = np.random.default_rng(_SEED).uniform(-_JITTER * gap, _JITTER * gap, len(self.values))
        return np.asarray(self.values + apart)


def axis(dimension: Dimension) -> Spec:
    """The axis of a factor in a chart."""
    air = (
        0.5 * float(np.diff(np.array(dimension.levels)).min())
        if len(dimension.levels) > 1
        else 0.015 * (dimension.high - dimension.low)
    )
    ticks = {
        "tickvals": list(dimension.ticks),
        "ticktext": [plain(word) for word in dimension.words],
        "automargin": True,
    }
    return (
        GRIDDED
        | FRAMED
        | ticks
        | {"range": [dimension.low - air, dimension.high + air], "title": axis_title(dimension.title)}
    )


def sample(fails: Flags, most: int, least_share: float = 0.15) -> Integers:
    """Some of the members, always the same ones; of failures or of others at least a share, if there are so many."""
    n = len(fails)
    if n <= most:
        return np.arange(n)
    random = np.random.default_rng(_SEED)
    failing, others = np.flatnonzero(fails), np.flatnonzero(~fails)
    share = min(max(len(failing) / n, least_share), 1.0 - least_share)
    first = min(len(failing), round(share * most))
    second = min(len(others), most - first)
    picked = np.concatenate([random.permutation(failing)[:first], random.permutation(others)[:second]])
    return np.sort(picked)


def rounded(values: Sequence[float] | Array, digits: int = 5) -> list[float]:
    """Numbers as written into a page: to so many significant digits."""
    return [float(f"{value:.{digits}g}") for value in values]
