"""Where people live over the years: county seat, towns, villages; and those away."""

from sim.common.language import Language
from sim.output.charts.style import (
    LEGEND,
    ZONES,
    Figure,
    Trace,
    axis_of,
    base_line,
    figure,
    rgba,
    unit_note,
    value_axis,
    years_axis,
)
from sim.output.charts.words import ZONES as NAMES
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables


def population(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Mean residents by zone stacked over the years, and the people away as a line [万人 or thousands]."""
    found = curves(tables, ["city", "town", "rural", "away"], region)
    axis = axis_of("person", language)
    hover = f"%{{y:{axis.format}}}{axis.suffix}"
    traces: list[Trace] = []
    for zone in ("city", "town", "rural"):
        points = found.mean(zone)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "stackgroup": "residents",
                "name": NAMES[zone].in_(language),
                "x": list(points),
                "y": [axis.scaled(value) for value in points.values()],
                "line": {"width": 1, "color": "#ffffff"},
                "fillcolor": rgba(ZONES[zone], 0.92),
                "hovertemplate": hover,
            }
        )
    away = found.mean("away")
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "name": NAMES["away"].in_(language),
            "x": list(away),
            "y": [axis.scaled(value) for value in away.values()],
            "line": {"width": 2.4, "color": "#111111", "dash": "dash"},
            "hovertemplate": hover,
        }
    )
    first = min(found.years)
    lines, notes = base_line(tables.base_year, first, language)
    layout = {
        "xaxis": years_axis(first, max(found.years), language),
        "yaxis": value_axis(axis) | {"rangemode": "tozero"},
        "shapes": lines,
        "annotations": [*notes, unit_note(axis, language)],
        "legend": LEGEND | {"traceorder": "normal"},
    }
    subtitle = tr("Residents stacked by zone; the dashed line is people away, who are not residents")
    title = tr("Population by zone")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)
