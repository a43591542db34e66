"""A measure over the years: median and 50, 80 and 95% bands, published figures and targets."""

from typing import Final

from sim.common.language import Language
from sim.output.charts.axes import value_axis, years_axis
from sim.output.charts.notes import base_line, unit_note
from sim.output.charts.published import ends, observed_traces, target_trace, targets_of
from sim.output.charts.style import SCENARIOS, Axis, Figure, Trace, axis_of, figure, tint
from sim.output.charts.traces import band, curve, hover
from sim.output.texts import tr
from sim.run.curves import Curves, curves, observations
from sim.run.tables import RunTables
from sim.run.words import measure_name

BANDS: Final = ((0.025, 0.975, 95, 0.14), (0.1, 0.9, 80, 0.28), (0.25, 0.75, 50, 0.5))


def rate(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Fan of the urbanization rate [%]."""
    return fan(tables, "urbanization_rate", language, region)


def seat(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Fan of the population of the county seat [万人 or thousands]."""
    return fan(tables, "city", language, region)


def fan(
    tables: RunTables, measure: str, language: Language, region: str | None = None, colour: str = SCENARIOS[0]
) -> Figure:
    """Fan of any measure, with its published figures and the plan's targets for it."""
    found = curves(tables, [measure], region)
    axis = axis_of(found.units.get(measure, ""), language)
    rows, targets = observations(tables, measure, region), targets_of(tables, measure)
    traces = [
        *_bands(found, measure, axis, colour, language),
        _median(found, measure, axis, colour, language),
        *observed_traces(rows, axis, language),
        *target_trace(targets, axis, language),
    ]
    first, last = ends(rows, found.years, targets)
    shapes, notes = base_line(tables.base_year, first, language)
    layout = {
        "xaxis": years_axis(first, last, language),
        "yaxis": value_axis(axis),
        "shapes": shapes,
        "annotations": [*notes, unit_note(axis, language)],
    }
    subtitle = tr("Median and probability bands of {draws:,} draws; dots are published figures", draws=tables.draws)
    return figure(traces, measure_name(measure, language), subtitle.in_(language), layout, language)


def _bands(found: Curves, measure: str, axis: Axis, colour: str, language: Language) -> list[Trace]:
    return [
        band(found.quantile(measure, low), found.quantile(measure, high), axis)
        | {"name": tr("{percent}% band", percent=percent).in_(language), "fillcolor": tint(colour, strength)}
        for low, high, percent, strength in BANDS
    ]


def _median(found: Curves, measure: str, axis: Axis, colour: str, language: Language) -> Trace:
    points = found.quantile(measure, 0.5)
    bounds = [found.quantile(measure, q) for q in (0.1, 0.9, 0.025, 0.975)]
    low80, high80, low95, high95 = (f"%{{customdata[{i}]:{axis.format}}}" for i in range(4))
    ranges = tr(
        " (80%: {low80}–{high80}; 95%: {low95}–{high95})", low80=low80, high80=high80, low95=low95, high95=high95
    )
    return curve(points, axis, tr("Median").in_(language), colour) | {
        "customdata": [[axis.scaled(curve[year]) if year in curve else None for curve in bounds] for year in points],
        "hovertemplate": hover(axis) + ranges.in_(language),
    }
