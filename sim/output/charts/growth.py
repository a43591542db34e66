"""Where the growth of urban residents comes from, year by year."""

from sim.common.language import Language
from sim.output.charts.style import INK, SOURCES, Figure, Trace, axis_of, figure, unit_note, value_axis, years_axis
from sim.output.charts.words import SOURCES as NAMES
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables


def sources(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Mean yearly growth of urban residents by source, and their total [persons a year]."""
    found = curves(tables, [f"urban_growth.{key}" for key in NAMES], region)
    axis = axis_of("person/year", language)
    parts = {key: found.mean(f"urban_growth.{key}") for key in NAMES}
    total: dict[int, float] = {year: sum(points.get(year, 0.0) for points in parts.values()) for year in found.years}
    traces: list[Trace] = [
        {
            "type": "bar",
            "name": NAMES[key].in_(language),
            "x": list(points),
            "y": [axis.scaled(value) for value in points.values()],
            "marker": {"color": SOURCES[key], "pattern": {"shape": "/" if key == "reclassification" else ""}},
            "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
        }
        for key, points in parts.items()
        if any(points.values())
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": tr("Total").in_(language),
            "x": list(total),
            "y": [axis.scaled(value) for value in total.values()],
            "line": {"color": INK, "width": 2},
            "marker": {"size": 5, "color": INK},
            "hovertemplate": f"<b>%{{y:{axis.format}}}{axis.suffix}</b>",
        }
    )
    layout = {
        "barmode": "relative",
        "bargap": 0.28,
        "xaxis": years_axis(min(found.years), max(found.years), language),
        "yaxis": value_axis(axis) | {"zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1},
        "annotations": [unit_note(axis, language)],
    }
    subtitle = tr("Mean persons by source, which add up to the total; reclassification moves nobody")
    title = tr("Sources of urban growth").in_(language)
    return figure(traces, title, subtitle.in_(language), layout, language)
