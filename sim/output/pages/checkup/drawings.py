"""The charts of a check-up's page."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language
from sim.common.typography import sentence
from sim.output.charts import checkup as charts
from sim.output.charts.before import Bands
from sim.output.charts.style import Figure
from sim.output.texts import tr
from sim.questions.checkup.findings import Band, Checkup, Curve
from sim.questions.checkup.words import goal
from sim.run.words import measure_name

MOST_INPUTS: Final = 8
MORE_YEARS: Final = 6
"""Years after the check-up that a chart shows, unless a target is later."""


def tracks(checkup: Checkup, language: Language) -> dict[str, Figure]:
    """Each published measure as forecast at the outset and now."""
    return {
        f"track-{i}": charts.track(_track(checkup, one, language), language) for i, one in enumerate(checkup.curves)
    }


def _track(checkup: Checkup, one: Curve, language: Language) -> charts.Track:
    figures = [f for f in checkup.figures if (f.figure.region, f.figure.measure) == (one.region, one.measure)]
    aims = {
        t.year: (t.value, goal(t, language))
        for t in checkup.targets
        if t.kind == "outcome" and (t.region, t.measure) == (one.region, one.measure)
    }
    last = max((checkup.year + MORE_YEARS, *aims))
    coming = None if one.next is None else (checkup.year + 1, one.next.low, one.next.median, one.next.high)
    name = sentence(measure_name(one.measure, language))
    if one.region != checkup.places[0][0]:
        name = tr("{places}: {name}", places=dict(checkup.places)[one.region], name=name).in_(language)
    return charts.Track(
        name,
        one.unit,
        checkup.base_year,
        checkup.year,
        _bands(one.years, one.outset, last),
        _bands(one.years, one.now, last),
        {f.figure.year: f.figure.value for f in figures},
        frozenset(f.figure.year for f in figures if f.is_outside),
        aims,
        coming,
    )


def _bands(years: Sequence[int], bands: Sequence[Band], last: int) -> Bands:
    pairs = [(year, band) for year, band in zip(years, bands, strict=True) if year <= last]
    return Bands({y: b.low for y, b in pairs}, {y: b.median for y, b in pairs}, {y: b.high for y, b in pairs})


def odds(checkup: Checkup, language: Language) -> dict[str, Figure]:
    """Chances before and now."""
    rows = [
        (f"{one.name.in_(language)} ({one.year})", one.before.probability, one.now.probability, one.now.status)
        for one in checkup.targets
        if one.before.probability is not None and one.now.probability is not None
    ]
    if not rows:
        return {}
    now = tr("Check-up of {year}", year=checkup.year).in_(language)
    before = tr("At the outset").in_(language)
    if checkup.last_year is not None:
        before = tr("Check-up of {last_year}", last_year=checkup.last_year).in_(language)
    return {"odds": charts.probabilities([(t, b, n, s) for t, b, n, s in rows], before, now, language)}


def moved(checkup: Checkup, language: Language) -> dict[str, Figure]:
    """How far inputs were moved."""
    rows = [
        charts.Bar(i.name.in_(language), i.shift, i.clear, f"{i.shift:+.1f}".replace("-", "−"))
        for i in checkup.inputs[:MOST_INPUTS]
    ]
    if not rows:
        return {}
    title = tr("How far the figures moved each input").in_(language)
    subtitle = tr("In standard deviations of what was known before; pale: within sampling error").in_(language)
    unit = tr("standard deviations").in_(language)
    return {"moved": charts.bars(rows, title, subtitle, unit, language)}


def causes(checkup: Checkup, language: Language) -> dict[str, Figure]:
    """What moves the hardest target most."""
    if checkup.priority is None or not checkup.priority.influences:
        return {}
    policy = tr(" (policy)").in_(language)
    rows = [
        charts.Bar(
            one.name.in_(language) + (policy if one.lever else ""),
            100.0 * one.effect,
            True,
            f"{100.0 * one.effect:+.0f}".replace("-", "−"),
        )
        for one in checkup.priority.influences
    ]
    title = tr("What moves most: {title}", title=checkup.priority.title).in_(language)
    subtitle = tr("Probability with the input in its upper half less that in its lower half").in_(language)
    unit = tr("percentage points", context="axis").in_(language)
    return {"causes": charts.bars(rows, title, subtitle, unit, language)}
