"""Charts of a check-up: a measure as forecast before and now, probabilities, inputs that moved, influences."""

from collections.abc import Mapping, Sequence
from typing import Final

from sim.common.language import Language
from sim.common.numbers import in_canonical, percent
from sim.common.quickclass import quickclass
from sim.output.charts.axes import GRIDDED, NAMES, axis_title, value_axis, years_axis, zero_line
from sim.output.charts.before import AFTER, BEFORE, Bands, Points, before_and_after
from sim.output.charts.notes import unit_note, year_line
from sim.output.charts.probability import probability_axis, probability_words, target_rows
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    INK,
    MUTED,
    PAPER,
    SCENARIOS,
    STATUS,
    TARGET,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    figure,
    margins,
    plain,
    tint,
)
from sim.output.charts.traces import HIDDEN, aims, hover, lying, marker, points, published, stroke, whiskers
from sim.output.charts.words import label
from sim.output.texts import tr

LESS: Final = SCENARIOS[1]
_LONGEST: Final = {"zh": 15, "en": 30}
_ROW: Final = 40


@quickclass(frozen=True, slots=True)
class Track:
    """A published measure over the years.

    outset, now: its forecast from the base year and with the figures; figures: what was published, by year; outside:
    years whose figure was outside its forecast; aims: values of targets by year, with their words; coming: next year
    and its 10, 50 and 90% quantiles.
    """

    name: str
    unit: str
    base_year: int
    year: int
    outset: Bands
    now: Bands
    figures: Points
    outside: frozenset[int]
    aims: Mapping[int, tuple[float, str]]
    coming: tuple[int, float, float, float] | None


@quickclass(frozen=True, slots=True)
class Bar:
    """A named value; strong: drawn in full colour."""

    name: str
    value: float
    strong: bool
    words: str


def track(of: Track, language: Language) -> Figure:
    """Forecast before and now, with the figures that came, the plan's values and next year's band [unit]."""
    axis = axis_of(of.unit, language)
    names = tr("At the outset"), tr("Now")
    traces = [
        *before_and_after((of.outset, of.now), names, axis, language),
        *_figures(of, axis, language),
        *_aims(of, axis, language),
        *_coming(of, axis, language),
    ]
    last = max((*of.now.median, *of.aims))
    line, note = year_line(of.year, tr("check-up {year}", year=of.year).in_(language))
    layout: Spec = {
        "xaxis": years_axis(min(of.now.median), last, language) | {"dtick": 1 if last - of.base_year <= 10 else 5},
        "yaxis": value_axis(axis),
        "shapes": [line],
        "annotations": [note, unit_note(axis, language)],
        "margin": margins(62, 26, 96, 104),
        "height": 420,
        "legend": FOOT_LEGEND,
    }
    subtitle = tr("Grey: as forecast at the outset; blue: weighed by the figures")
    return figure(traces, of.name, subtitle.in_(language), layout, language)


def _figures(of: Track, axis: Axis, language: Language) -> list[Trace]:
    names = {False: tr("Published"), True: tr("Published, outside")}
    by_place = {
        outside: {year: value for year, value in of.figures.items() if (year in of.outside) == outside}
        for outside in names
    }
    return [
        published(
            list(chosen),
            list(chosen.values()),
            axis,
            names[outside].in_(language),
            9,
            TARGET if outside else "#000000",
        )
        for outside, chosen in by_place.items()
        if chosen
    ]


def _aims(of: Track, axis: Axis, language: Language) -> list[Trace]:
    if not of.aims:
        return []
    values = [axis.scaled(in_canonical(value, of.unit)) for value, _ in of.aims.values()]
    words = [f"\u00a0{plain(words)}" for _, words in of.aims.values()]
    return [aims(list(of.aims), values, words, tr("Target").in_(language), "middle right", 13)]


def _coming(of: Track, axis: Axis, language: Language) -> list[Trace]:
    if of.coming is None:
        return []
    year, low, middle, high = of.coming
    at = axis.scaled(middle)
    name = tr("Figure of {year}, expected", year=year).in_(language)
    reach = [round(axis.scaled(high) - at, 6)], [round(at - axis.scaled(low), 6)]
    dot = points("markers", [year], [at], name, hover(axis)) | marker(PAPER, 9, INK, 1.6)
    return [dot | {"error_y": whiskers(*reach, INK, 1.6, 5)}]


def probabilities(rows: Sequence[tuple[str, float, float, str]], before: str, now: str, language: Language) -> Figure:
    """Probability of each target before and now, joined by a line [%]. rows: title, before, now, status now."""
    places = list(range(len(rows)))[::-1]
    ends = [x for _, then, later, _ in rows for x in (100.0 * then, 100.0 * later, None)]
    lines = points("lines", ends, [y for place in places for y in (place, place, None)])
    lines |= stroke(AXIS, 3) | HIDDEN
    dots = [_dots([r[1] for r in rows], places, before, [PAPER] * len(rows), BEFORE)]
    dots.append(_dots([r[2] for r in rows], places, now, [STATUS.get(r[3], MUTED) for r in rows], PAPER))
    layout: Spec = {
        "height": 210 + 52 * len(rows),
        "hovermode": "closest",
        "margin": margins(24, 48, 100, 78),
        "legend": FOOT_LEGEND,
        "xaxis": probability_axis(),
        "yaxis": target_rows([title for title, *_ in rows], language),
        "annotations": probability_words(language),
    }
    title = tr("How the probabilities changed").in_(language)
    return figure([lines, *dots], title, f"{before} → {now}", layout, language)


def _dots(values: Sequence[float], places: Sequence[int], name: str, fill: Sequence[str], rim: str) -> Trace:
    x = [round(100.0 * value, 2) for value in values]
    trace = points("markers", x, places, name, "%{customdata}") | {"customdata": [percent(value) for value in values]}
    return trace | marker(list(fill), 14, rim, 2)


def bars(rows: Sequence[Bar], title: str, subtitle: str, unit: str, language: Language) -> Figure:
    """Signed bars around 0, the first on top; weak ones are pale [unit]."""
    ranked = list(rows)[::-1]
    colours = [(AFTER if row.value >= 0.0 else LESS) for row in ranked]
    shades = [c if row.strong else tint(c, 0.35) for c, row in zip(colours, ranked, strict=True)]
    labels = [label(row.name, _LONGEST[language]) for row in ranked]
    trace = (
        lying(labels, [round(row.value, 6) for row in ranked], title, shades)
        | HIDDEN
        | {
            "text": [plain(row.words) for row in ranked],
            "textposition": "outside",
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    )
    reach = max((abs(row.value) for row in ranked), default=1.0) * 1.35 or 1.0
    low = -reach if any(row.value < 0.0 for row in ranked) else 0.0
    high = reach if any(row.value >= 0.0 for row in ranked) else 0.0
    layout: Spec = {
        "height": 170 + _ROW * max(len(ranked), 1),
        "hovermode": False,
        "bargap": 0.35,
        "margin": margins(24, 30, 90, 56),
        "xaxis": GRIDDED | zero_line() | {"range": [low, high], "nticks": 7, "title": axis_title(unit)},
        "yaxis": NAMES,
    }
    return figure([trace], title, subtitle, layout, language)
