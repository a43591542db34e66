"""Where along a line the goals are met: one lever alone, or a mix of them in more or less strength."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array

Margin = Callable[[Array], Array]
Shape = Literal["rising", "falling", "flat", "turning"]

Interval = tuple[float, float]

_PEAKS: Final = 2
_FINE: Final = 1e-7
"""How exactly a crossing is found, in widths of the range."""
_NEAR: Final = 2e-4
"""How exactly the edge of what is enough is found, as a share of the way."""
_LITTLE: Final = 5e-4
"""A margin of no more than this (in spreads) is the edge."""
_MOST: Final = 40
_FLAT: Final = 1e-6
"""Changes of the margin below this (in spreads) are no changes: single precision is not finer."""


@quickclass(frozen=True, slots=True)
class Line:
    """What was found on a line.

    met: the intervals in which every goal is likely enough, in order; best: where the margin is largest.
    """

    at: tuple[float, ...]
    margins: tuple[float, ...]
    met: tuple[Interval, ...]
    best: float

    def nearest(self, present: float) -> float | None:
        """The place nearest to the present where every goal is likely enough; None where there is none."""
        ends = [min(max(present, low), high) for low, high in self.met]
        return min(ends, key=lambda end: abs(end - present), default=None)


def line(margin: Margin, at: Array, *, whole: bool = False) -> Line:
    """Where the margin is 0 or more on a line, from its values on a grid and a root between each change of sign.

    at: the grid, in order; whole: only its own points count. Between two points of the grid the margin is taken to
    cross zero once at most, but for the neighbourhood of its highest peaks, which are looked at more closely.
    """
    if not whole:
        at = _with_peaks(margin, at)
    values = margin(at)
    met: list[Interval] = []
    begun: float | None = None
    for index, place in enumerate(at):
        inside = bool(values[index] >= 0.0)
        if inside and begun is None:
            first = index == 0 or whole
            begun = float(place) if first else _crossing(margin, float(at[index - 1]), float(place))
        if begun is not None and not inside:
            end = float(at[index - 1])
            met.append((begun, end if whole else _crossing(margin, float(place), end)))
            begun = None
    if begun is not None:
        met.append((begun, float(at[-1])))
    best = float(at[int(np.argmax(values))])
    return Line(tuple(map(float, at)), tuple(map(float, values)), tuple(met), best)


def edge(margin: Margin, outside: float, inside: float) -> float:
    """A place where the margin is 0 or little more, between one where it is below and one where it is not.

    By false positions, of which an end that stays counts for half (Dowell and Jarratt 1971, doi:10.1007/BF01934364);
    as near as is worth while for what is put into round numbers afterwards.
    """
    below, above = (float(value) - _LITTLE / 2.0 for value in margin(np.array([outside, inside])))
    width, reached, last = _NEAR * abs(inside - outside), above, 0
    for _ in range(_MOST):
        if reached <= _LITTLE / 2.0 or abs(inside - outside) <= width:
            break
        below = below if np.isfinite(below) else -max(above, 1.0)
        place = inside - (inside - outside) * above / (above - below)
        value = float(margin(np.array([place]))[0]) - _LITTLE / 2.0
        if value >= -_LITTLE / 2.0:
            below *= 0.5 if last > 0 else 1.0
            inside, above, reached, last = place, value, value, 1
        else:
            above *= 0.5 if last < 0 else 1.0
            outside, below, last = place, value, -1
    return inside


def shape(values: Sequence[float]) -> Shape:
    """Whether values on a grid rise, fall, stay, or turn. Those that are not finite are left out."""
    finite = np.array([value for value in values if np.isfinite(value)])
    steps = np.diff(finite)
    rises, falls = bool((steps > _FLAT).any()), bool((steps < -_FLAT).any())
    if rises and falls:
        return "turning"
    return "rising" if rises else "falling" if falls else "flat"


def _with_peaks(margin: Margin, at: Array) -> Array:
    """The grid with the tops of its highest inner peaks below zero, where a crossing could hide."""
    values = margin(at)
    inner = [
        index
        for index in range(1, len(at) - 1)
        if np.isfinite(values[index])
        and values[index] < 0.0
        and values[index] >= max(values[index - 1], values[index + 1])
        and values[index] > min(values[index - 1], values[index + 1])
    ]
    highest = sorted(inner, key=lambda index: -values[index])[:_PEAKS]
    tops = [_top(margin, float(at[index - 1]), float(at[index + 1])) for index in highest]
    return np.unique(np.concatenate([at, tops]))


def _top(margin: Margin, low: float, high: float) -> float:
    """The highest place between two others."""
    from scipy.optimize import minimize_scalar  # noqa: PLC0415  (loaded where it is needed)

    found = minimize_scalar(
        lambda place: -float(margin(np.array([place]))[0]),
        bounds=(low, high),
        method="bounded",
        options={"xatol": (high - low) * 1e-4, "maxiter": 24},
    )
    return float(found.x)


def _crossing(margin: Margin, outside: float, inside: float) -> float:
    """Where the margin reaches zero between a place where it is below and one where it is not: the inner side."""
    from scipy.optimize import brentq  # noqa: PLC0415  (loaded where it is needed)

    def value(place: float) -> float:
        found = float(margin(np.array([place]))[0])
        return found if np.isfinite(found) else -1.0

    if value(inside) == 0.0:
        return inside
    fine = abs(inside - outside) * _FINE
    root, _ = brentq(
        value, outside, inside, xtol=max(fine, 1e-14), rtol=1e-14, maxiter=80, full_output=True, disp=False
    )
    for _ in range(8):
        if value(root) >= 0.0:
            return root
        root = root + fine if inside > outside else root - fine
        fine *= 4.0
    return inside
