"""Where the growth of urban residents comes from, year by year."""

from sim.common.language import Language
from sim.output.charts.axes import value_axis, years_axis, zero_line
from sim.output.charts.notes import unit_note
from sim.output.charts.style import INK, SOURCES, Figure, axis_of, figure
from sim.output.charts.traces import beaded, columns, hover
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
    looks = {key: {"color": SOURCES[key], "pattern": {"shape": _hatch(key)}} for key in NAMES}
    traces = [
        columns(points, axis, NAMES[key].in_(language), SOURCES[key]) | {"marker": looks[key]}
        for key, points in parts.items()
        if any(points.values())
    ]
    sum_ = beaded(total, axis, tr("Total").in_(language), INK, 2)
    traces.append(sum_ | {"hovertemplate": f"<b>{hover(axis)}</b>"})
    layout = {
        "barmode": "relative",
        "bargap": 0.28,
        "xaxis": years_axis(min(found.years), max(found.years), language),
        "yaxis": value_axis(axis) | zero_line(),
        "annotations": [unit_note(axis, language)],
    }
    subtitle = tr("Mean persons by source, which add up to the total; reclassification moves nobody")
    title = tr("Sources of urban growth").in_(language)
    return figure(traces, title, subtitle.in_(language), layout, language)


def _hatch(key: str) -> str:
    return "/" if key == "reclassification" else ""
