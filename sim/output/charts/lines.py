"""Several measures on one axis over the years, each with its median and its 80% band."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.common.language import Language, Text
from sim.output.charts.marks import band, median_line
from sim.output.charts.style import (
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    base_line,
    figure,
    plain,
    rgba,
    unit_note,
    value_axis,
    years_axis,
)
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on a chart of several: what it is called there, and its colour."""

    measure: str
    name: Text
    colour: str


def lines(
    tables: RunTables, wanted: Sequence[Line], title: Text, note: Text, language: Language, region: str | None = None
) -> Figure:
    """Medians and 80% bands of measures of one quantity [its unit]. Raises KeyError for what was not reported."""
    found = curves(tables, [line.measure for line in wanted], region)
    axis = axis_of(found.units[wanted[0].measure], language)
    traces: list[Trace] = []
    for line in wanted:
        traces += _drawn(found, line, axis, language)
    first = min(found.years)
    shapes, notes = base_line(tables.base_year, first, language)
    layout: Spec = {
        "xaxis": years_axis(first, max(found.years), language),
        "yaxis": value_axis(axis),
        "shapes": shapes,
        "annotations": [*notes, unit_note(axis, language)],
    }
    return figure(traces, title.in_(language), note.in_(language), layout, language)


def _drawn(found: Curves, line: Line, axis: Axis, language: Language) -> tuple[Trace, Trace]:
    name = plain(line.name.in_(language))
    low, high = found.quantile(line.measure, 0.1), found.quantile(line.measure, 0.9)
    middle = median_line(found.quantile(line.measure, 0.5), axis, name, line.colour) | {"legendgroup": line.measure}
    ends = [[axis.scaled(curve[year]) for curve in (low, high)] for year in middle["x"]]
    middle["customdata"] = ends
    low_end, high_end = (f"%{{customdata[{i}]:{axis.format}}}" for i in range(2))
    middle["hovertemplate"] = f"%{{y:{axis.format}}}{axis.suffix} (80%: {low_end}–{high_end})"
    outline = band(low, high, axis)
    shade = {"showlegend": False, "legendgroup": line.measure, "fillcolor": rgba(line.colour, 0.16), "name": name}
    return outline | shade, middle
