"""One lever alone: how the goals answer to it, and the least change of it that is enough."""

from collections.abc import Callable
from math import ceil, floor, log10
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.seek.lever import Lever
from sim.questions.seek.line import Interval, Line, Margin, Shape, line, shape
from sim.questions.seek.response import SURE, Point, Response

GRID: Final = 24
"""Steps in which the range of a lever is looked at."""
FEW: Final = 12
"""The same, where a mix of several levers is asked for."""
_BAND: Final = (0.1, 0.5, 0.9)
_DIGITS: Final = 3


@quickclass(frozen=True, slots=True)
class Curve:
    """How the goals answer to one lever, the others at present.

    at: its values [n]; probabilities [goal, n]; low, median, high: 10, 50 and 90% quantiles of the outcome [goal, n];
    shapes: of what is reached with the probability asked for, by goal.
    """

    at: tuple[float, ...]
    probabilities: tuple[tuple[float, ...], ...]
    low: tuple[tuple[float, ...], ...]
    median: tuple[tuple[float, ...], ...]
    high: tuple[tuple[float, ...], ...]
    shapes: tuple[Shape, ...]


@quickclass(frozen=True, slots=True)
class Alone:
    """What one lever does, the others at present.

    met: intervals in which every goal is likely enough; found: the least change that is enough, None where none in the
    range is; best: the best there is; around: the values between which the answer would lie in 95 of 100 sets of
    draws, None for an end that lies beyond the range.
    """

    lever: Lever
    curve: Curve
    met: tuple[Interval, ...]
    found: Point | None
    best: Point
    around: tuple[float | None, float | None]


def alone(response: Response, levers: tuple[Lever, ...], column: int) -> Alone:
    """What the lever in a column does, the others at present."""
    lever = levers[column]
    present = np.array([one.present for one in levers])

    def settings(at: Array) -> Array:
        rows = np.repeat(present[np.newaxis], len(at), axis=0)
        rows[:, column] = at
        return rows

    def margin_at(errors: float) -> Margin:
        return lambda at: response.least(settings(at), errors)

    grid = values_of(lever, GRID if len(levers) == 1 else FEW)
    found = line(margin_at(0.0), grid, whole=lever.is_integer)
    place = found.nearest(lever.present)
    if place is not None and not lever.is_integer:
        place = rounded(margin_at(0.0), lever, place)
    point = None if place is None else _point(response, levers, settings(np.array([place]))[0])
    around: tuple[float | None, float | None] = (None, None)
    if place is not None and place != lever.present:
        around = _around(response, lever, margin_at, grid)
    best = _point(response, levers, settings(np.array([_best(response, settings, found)]))[0])
    return Alone(lever, _curve(response, settings, found), found.met, point, best, around)


def values_of(lever: Lever, steps: int = GRID) -> Array:
    """The values of a lever that are looked at first: even steps, with the present one."""
    if lever.is_integer:
        return np.arange(lever.low, lever.high + 1.0)
    return np.unique(np.append(np.linspace(lever.low, lever.high, steps + 1), lever.present))


def rounded(margin: Margin, lever: Lever, value: float) -> float:
    """The value with about a thousandth of its range as its last digit, a little further from the present if need be.

    It stays as it is where that would not be enough.
    """
    for digits in range(_DIGITS, _DIGITS + 3):
        near = _outward(lever, value, digits)
        if float(margin(np.array([near]))[0]) >= 0.0:
            return near
    return value


def effort(levers: tuple[Lever, ...], at: Array) -> float:
    """Σ weight × |change| / range [1]."""
    return float(
        sum(lever.weight * abs(value - lever.present) / lever.width for lever, value in zip(levers, at, strict=True))
    )


def _outward(lever: Lever, value: float, digits: int) -> float:
    if value == lever.present:
        return value
    decimals = digits - floor(log10(lever.width))
    scaled = round(value * 10.0**decimals, 6)
    outward = ceil(scaled) if value > lever.present else floor(scaled)
    near = round(outward * 10.0**-decimals, max(decimals, 0))
    return min(max(near, lever.low), lever.high)


def _point(response: Response, levers: tuple[Lever, ...], at: Array) -> Point:
    return response.point([float(value) for value in at], effort(levers, at))


def _best(response: Response, settings: Margin, found: Line) -> float:
    """Where the hardest goal is likeliest, for what is asked; of equals, where the margin is largest."""
    likely = np.nan_to_num(response.hardest(settings(np.array(found.at)))[0], nan=-1.0)
    ranked = sorted(range(len(found.at)), key=lambda index: (likely[index], found.margins[index]))
    return found.at[ranked[-1]]


def _around(
    response: Response, lever: Lever, margin_at: Callable[[float], Margin], grid: Array
) -> tuple[float | None, float | None]:
    """Where the answer would be if a little less, or a little more, than the probability asked for were needed."""

    def end(errors: float) -> float | None:
        if not response.can_ask(errors):
            return None
        return line(margin_at(errors), grid, whole=lever.is_integer).nearest(lever.present)

    return end(-SURE), end(SURE)


def _curve(response: Response, settings: Margin, found: Line) -> Curve:
    rows = settings(np.array(found.at))
    low, median, high = response.quantiles(rows, _BAND)
    margins = response.margins(rows)
    return Curve(
        found.at,
        _tuples(response.probabilities(rows)),
        _tuples(low),
        _tuples(median),
        _tuples(high),
        tuple(shape(list(map(float, of_goal))) for of_goal in margins),
    )


def _tuples(table: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in table)
