"""Targets under weighted runs: at the outset, at the last check-up, now; and which figure of next year would decide."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.units import POINTS
from sim.evidence.figures.series import Series
from sim.evidence.inference.weights import effective, quantiles, share
from sim.model.arrays import Array, Flags
from sim.model.registry import MEASURES
from sim.questions.checkup.findings import Chance, TargetFinding, Threshold
from sim.questions.checkup.outlook import View, band, expected, published
from sim.run.assumed import hangs
from sim.run.reaching import reaches, word
from sim.scenario.resolved import ResolvedScenario, Target

LOST, EVEN, SAFE = 0.2, 0.5, 0.8
_STEPS: Final = 241
_LEAST_WORTH: Final = 10.0


@quickclass(frozen=True, slots=True)
class Spot:
    """Where a target is judged: a region or group, and its name where it is not the main one (else empty)."""

    id: str
    name: Text


def is_assessed(target: Target, years: Sequence[int]) -> bool:
    """Whether runs say anything of a target: a chance, or how much is needed."""
    if target.value is None or target.year not in years:
        return False
    if target.kind == "outcome":
        return target.measure in MEASURES and target.op is not None
    return target.kind == "standard" and target.driver in MEASURES


def is_conditional(target: Target, scenario: ResolvedScenario) -> bool:
    """Whether a chance would hang on something assumed for the line: it has a condition instead, as a run says it."""
    return target.kind == "outcome" and hangs(target, scenario)


def measure_of(target: Target) -> str:
    """The measure a target compares, or that drives its need."""
    return str(target.measure if target.kind == "outcome" else target.driver)


def finding(
    target: Target, spot: Spot, view: View, series: Mapping[tuple[str, str], Series], last: Mapping[str, Chance]
) -> TargetFinding | None:
    """What weighted runs say of an assessed target, in the published area where a series links the two.

    None where what it is on does not exist in every draw.
    """
    place = spot.id
    own = series.get((place, measure_of(target)))
    outcome = outcome_of(target, place, view, own)
    if not np.isfinite(outcome).all():
        return None
    came = _came(target, own, view.year)
    met = None if came is None or target.kind != "outcome" else bool(reaches(np.array([came]), target)[0])
    now = chance(target, outcome, view.sample.now)
    settled = met is not None or target.kind != "outcome" or (target.year or 0) <= view.year
    return TargetFinding(
        id=target.id,
        title=target.title,
        kind=target.kind,
        region=place,
        place=spot.name,
        measure=measure_of(target),
        op=target.op or "",
        value=float(target.value or 0.0),
        unit=_unit(target),
        year=int(target.year or 0),
        source=target.source,
        outset=chance(target, outcome, view.sample.outset),
        last=last.get(target.id),
        now=now,
        came=came,
        met=met,
        threshold=None if settled else _threshold(target, place, outcome, view, series),
    )


def outcome_of(target: Target, place: str, view: View, own: Series | None) -> Array:
    """The outcome of a target, or the need of a standard, in every draw [draw]."""
    year = int(target.year or 0)
    if own is not None:
        found = published(view.sample.outcomes, own, view.rows)[year]
    else:
        found = view.sample.outcomes.at(measure_of(target), view.rows[place], year)
    return found if target.kind == "outcome" else found * float(target.value or 0.0)


def chance(target: Target, outcome: Array, weights: Array) -> Chance:
    """Probability and band of a target under weights; a need has a band only."""
    inside = band(outcome, weights)
    if target.kind != "outcome":
        return Chance(None, None, "need", inside)
    likely, error = share(reaches(outcome, target), weights)
    return Chance(likely, error, word(likely, error), inside)


def _unit(target: Target) -> str:
    if target.kind != "outcome":
        return target.unit.partition("/")[0]
    return "points" if target.written_unit in POINTS else target.unit


def _came(target: Target, own: Series | None, year: int) -> float | None:
    if own is None or target.kind != "outcome" or (target.year or 0) > year:
        return None
    return next((figure.value for figure in own.figures if figure.year == target.year), None)


def _threshold(
    target: Target, place: str, outcome: Array, view: View, series: Mapping[tuple[str, str], Series]
) -> Threshold | None:
    """The figure to watch next year, and where it decides the target."""
    later, weights = view.year + 1, view.sample.now
    watched = _watched(target, place, outcome, view, series)
    if watched is None or later not in view.sample.outcomes.years or later > (target.year or 0):
        return None
    drawn = expected(view, watched, weights, view.year, later)
    reached = reaches(outcome, target)
    mean, deviation = watched.ahead(view.published(watched), view.year, later)
    low, high = quantiles(drawn, weights, (0.005, 0.995))
    grid = np.linspace(float(low), float(high), _STEPS)
    odds, worth = odds_by_figure(reached, weights, mean, deviation, grid)
    rising = bool(weights @ (reached * drawn) >= (weights @ reached) * (weights @ drawn))
    found = {
        level: crossing(grid, np.where(worth >= _LEAST_WORTH, odds, np.nan), level, rising)
        for level in (LOST, EVEN, SAFE)
    }
    inside = band(drawn, weights)
    return Threshold(watched.measure, later, inside, found[LOST], found[EVEN], found[SAFE], rising)


def odds_by_figure(
    reached: Flags, weights: Array, mean: Array, deviation: float, figures: Array
) -> tuple[Array, Array]:
    """Probability of a target if next year's figure is each of `figures`, and what those weights are worth [figure]."""
    logs = -0.5 * ((figures[:, np.newaxis] - mean) / deviation) ** 2
    likely = weights * np.exp(logs - logs.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    worth = np.array([effective(row) for row in likely])
    return likely @ reached.astype(np.float64), worth


def crossing(figures: Array, odds: Array, level: float, rising: bool) -> float | None:
    """The figure at which the probability passes `level`; None where it stays on one side. NaN odds are left out."""
    known = np.isfinite(odds)
    x, p = figures[known], odds[known]
    if len(x) < 2:
        return None
    smooth = np.maximum.accumulate(p) if rising else np.minimum.accumulate(p)
    if not rising:
        x, smooth = x[::-1], smooth[::-1]
    if level <= smooth[0] or level >= smooth[-1]:
        return None
    return float(np.interp(level, smooth, x))


def _watched(
    target: Target, place: str, outcome: Array, view: View, series: Mapping[tuple[str, str], Series]
) -> Series | None:
    """The series to watch: the target's own measure, else the one of its place that goes most with it."""
    own = series.get((place, measure_of(target)))
    if own is not None:
        return own
    later, weights = view.year + 1, view.sample.now
    best, strongest = None, 0.3
    for (region, _), one in series.items():
        model = view.published(one)
        if region != place or later not in model:
            continue
        strength = abs(_correlation(outcome, model[later], weights))
        if strength > strongest:
            best, strongest = one, strength
    return best


def _correlation(one: Array, other: Array, weights: Array) -> float:
    a, b = one - weights @ one, other - weights @ other
    size = float(np.sqrt((weights @ a**2) * (weights @ b**2)))
    return float(weights @ (a * b)) / size if size > 0.0 else 0.0
