"""Several scenarios side by side: the same colour stands for the same scenario in every chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sim.common.language import Language, in_each
from sim.common.numbers import percent
from sim.common.typography import sentence
from sim.output.charts.axes import value_axis, years_axis, zero_line
from sim.output.charts.notes import base_line, unit_note
from sim.output.charts.probability import probability_axis, probability_words, target_rows
from sim.output.charts.published import ends, observed_traces, target_trace, targets_of
from sim.output.charts.style import (
    FOOT_LEGEND,
    PAPER,
    SCENARIOS,
    Axis,
    Figure,
    Trace,
    axis_of,
    figure,
    margins,
    plain,
    rgba,
)
from sim.output.charts.traces import HIDDEN, band, curve, marker, points, whiskers
from sim.output.texts import tr
from sim.run.columns import Columns
from sim.run.curves import Curves, assessed, curves, observations
from sim.run.tables import RunTables
from sim.run.words import measure_name

Quantiles = Mapping[float, dict[int, float]]

_AREAS: Final = 3
_APART: Final = 0.45
_ROW: Final = 44
_DOT: Final = 13
"""Pixels of a row of the chart of probabilities at least, and from one scenario's dot to the next."""


def colour(position: int) -> str:
    """The colour of the scenario at a position; they repeat after eight."""
    return SCENARIOS[position % len(SCENARIOS)]


def medians(runs: Sequence[RunTables], measure: str, language: Language, region: str | None = None) -> Figure:
    """Medians of a measure by scenario, with the 80% band of the last year [unit of the measure].

    Up to three scenarios also show their bands over the years; more would hide each other. Of several places no
    targets and no published figures are shown: they would be those of one of them.
    """
    found = [curves(run, [measure], region) for run in runs]
    axis = axis_of(found[0].units.get(measure, ""), language)
    is_one_place = len({run.regions[0][0] for run in runs}) == 1
    rows, targets = observations(runs[0], measure, region), targets_of(runs[0], measure)
    if not is_one_place:
        rows, targets = (), ()
    traces = [
        *(_area(run, one, measure, axis, colour(i)) for i, (run, one) in _numbered(runs, found) if len(runs) <= _AREAS),
        *(
            trace
            for i, (run, one) in _numbered(runs, found)
            for trace in _line_and_end(run, _quantiles(one, measure), axis, i, language)
        ),
        *observed_traces(rows, axis, language),
        *target_trace(targets, axis, language),
    ]
    first, last = ends(rows, tuple(year for one in found for year in one.years), targets)
    years = years_axis(first, last, language)
    years["range"] = [years["range"][0], last + 0.7 + _APART * len(runs)]
    shapes, notes = base_line(runs[0].base_year, first, language)
    layout = {
        "xaxis": years,
        "yaxis": value_axis(axis),
        "shapes": shapes,
        "annotations": [*notes, unit_note(axis, language)],
    }
    subtitle = tr("Medians; the bars at the right are 80% bands of {last}", last=last)
    return figure(traces, measure_name(measure, language), subtitle.in_(language), layout, language)


def differences(
    runs: Sequence[RunTables], paired: Columns, measure: str, language: Language, region: str | None = None
) -> Figure:
    """Paired differences of a measure against the first scenario, by year [unit of the measure; shares in points].

    paired: columns of a series; each value is a quantile of (scenario − first scenario) draw by draw.
    """
    base = runs[0]
    tables = [(position, run, _with_series(run, paired)) for position, run in enumerate(runs) if position > 0]
    traces: list[Trace] = []
    axis = _difference_axis(measure, paired, language)
    for position, run, table in tables:
        one = curves(table, [measure], region)
        outline = band(one.quantile(measure, 0.1), one.quantile(measure, 0.9), axis)
        name, shade = run.title.in_(language), colour(position)
        extra = {"name": plain(name), "showlegend": False, "fillcolor": rgba(shade, 0.14), "legendgroup": run.scenario}
        line = curve(one.quantile(measure, 0.5), axis, name, shade)
        traces += [outline | extra, line | {"legendgroup": run.scenario}]
    layout = {
        "xaxis": years_axis(base.base_year, base.horizon, language),
        "yaxis": value_axis(axis) | zero_line(),
        "annotations": [unit_note(axis, language)],
    }
    against = base.title.in_(language)
    title = tr(
        "{measure}: difference from {against}",
        measure=in_each(lambda language: measure_name(measure, language)),
        against=against,
    )
    subtitle = tr("Median and 80% band of differences, draw by draw with the same random numbers")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def probabilities(runs: Sequence[RunTables], language: Language) -> Figure:
    """Probability of reaching each assessed target, by scenario, ± one standard error [%]."""
    titles = {verdict.id: verdict.title.in_(language) for run in runs for verdict in assessed(run)}
    order = {id_: position for position, id_ in enumerate(reversed(titles))}
    height = max(_ROW, _DOT * len(runs) + 16)
    traces = [
        _dots(run, position, _DOT / height * ((len(runs) - 1) / 2.0 - position), order, language)
        for position, run in enumerate(runs)
    ]
    layout = {
        "height": 200 + height * len(titles),
        "hovermode": "closest",
        "margin": margins(24, 48, 96, 80),
        "legend": FOOT_LEGEND,
        "xaxis": probability_axis(),
        "yaxis": target_rows(list(titles.values()), language),
        "annotations": probability_words(language),
    }
    subtitle = tr("Bars are Monte Carlo standard errors").in_(language)
    title = tr("Probability of reaching the targets").in_(language)
    return figure(traces, title, subtitle, layout, language)


def _numbered(runs: Sequence[RunTables], found: Sequence[Curves]) -> Iterable[tuple[int, tuple[RunTables, Curves]]]:
    return enumerate(zip(runs, found, strict=True))


def _quantiles(one: Curves, measure: str) -> Quantiles:
    return {quantile: one.quantile(measure, quantile) for quantile in (0.1, 0.5, 0.9)}


def _area(run: RunTables, one: Curves, measure: str, axis: Axis, shade: str) -> Trace:
    outline = band(one.quantile(measure, 0.1), one.quantile(measure, 0.9), axis)
    return outline | {"showlegend": False, "legendgroup": run.scenario, "fillcolor": rgba(shade, 0.11)}


def _line_and_end(run: RunTables, one: Quantiles, axis: Axis, position: int, language: Language) -> tuple[Trace, Trace]:
    """The median over the years, and the last year's 80% band as a bar beside those of the other scenarios."""
    middle, shade = one[0.5], colour(position)
    line = curve(middle, axis, run.title.in_(language), shade) | {"legendgroup": run.scenario}
    end = max(middle)
    low, median, high = (axis.scaled(one[quantile][end]) for quantile in (0.1, 0.5, 0.9))
    bar = points("markers", [end + 0.7 + _APART * position], [median]) | marker(shade, 6) | HIDDEN
    reach = whiskers([round(high - median, 6)], [round(median - low, 6)], shade, 2, 0)
    return line, bar | {"legendgroup": run.scenario, "error_y": reach}


def _dots(run: RunTables, position: int, shift: float, order: dict[str, int], language: Language) -> Trace:
    chosen = assessed(run)
    likely = [100.0 * (verdict.probability or 0.0) for verdict in chosen]
    errors = [100.0 * (verdict.probability_error or 0.0) for verdict in chosen]
    above = [round(min(error, 100.0 - value), 2) for value, error in zip(likely, errors, strict=True)]
    below = [round(min(error, value), 2) for value, error in zip(likely, errors, strict=True)]
    places = [order[verdict.id] + shift for verdict in chosen]
    dots = points("markers", [round(value, 2) for value in likely], places, run.title.in_(language), "%{customdata}")
    words = (f"{sentence(one.title.in_(language))}: {percent(one.probability or 0.0)}" for one in chosen)
    return (
        dots
        | marker(colour(position), 10, PAPER)
        | {
            "error_x": whiskers(above, below, colour(position), 1.4, 3),
            "customdata": [plain(said) for said in words],
        }
    )


def _with_series(run: RunTables, paired: Columns) -> RunTables:
    return replace(run, series=paired.where(paired["scenario"] == run.scenario))


def _difference_axis(measure: str, paired: Columns, language: Language) -> Axis:
    units = paired["unit"][paired["measure"] == measure].tolist()
    axis = axis_of(str(units[0]) if units else "", language)
    if axis.unit != "%":
        return axis
    points = tr("percentage points").in_(language)
    return Axis(axis.size, points, tr(" points").in_(language), 2)
