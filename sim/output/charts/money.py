"""Money and land of projects, year by year."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.output.charts.style import (
    AXIS,
    INK,
    SCENARIOS,
    TARGET,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    figure,
    tint,
    unit_note,
    value_axis,
    years_axis,
)
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables

_OWN, _USED, _BACK = tint(SCENARIOS[0], 0.32), SCENARIOS[0], AXIS
_MONEY: Final = (
    ("money_year", tr("Money of the year"), _OWN),
    ("money_spent", tr("Spent on projects"), _USED),
    ("money_called_in", tr("Called in unspent"), _BACK),
)
_LAND: Final = (
    ("land_year", tr("Quota of the year"), _OWN),
    ("land_used", tr("Used by projects"), _USED),
    ("land_called_in", tr("Called in unused"), _BACK),
)


def budget(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Money for projects, what was spent and called in, and the debt, means of all draws [yuan of 2020]."""
    return _drawn(
        tables,
        _MONEY,
        ("debt", tr("Debt"), TARGET),
        (
            tr("Money and debt"),
            tr("Prices of 2020, means of all draws"),
        ),
        language,
        region,
    )


def land(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Land quota, what projects used of it and what was called in, means of all draws [m²]."""
    return _drawn(
        tables,
        _LAND,
        ("land_left", tr("Left at the year's end"), INK),
        (tr("Land quota"), tr("Means of all draws")),
        language,
        region,
    )


def _drawn(
    tables: RunTables,
    bars: Sequence[tuple[str, Text, str]],
    line: tuple[str, Text, str],
    words: tuple[Text, Text],
    language: Language,
    region: str | None,
) -> Figure:
    found = curves(tables, [line[0], *(measure for measure, _, _ in bars)], region)
    axis = axis_of(found.units[bars[0][0]], language)
    traces = [_bar(found, bar, axis, language) for bar in bars]
    if any(found.mean(line[0]).values()):
        traces.append(_line(found, line, axis, language))
    years = list(found.mean(bars[0][0]))
    layout: Spec = {
        "barmode": "group",
        "bargap": 0.25,
        "xaxis": years_axis(min(years), max(years), language),
        "yaxis": value_axis(axis) | {"rangemode": "tozero"},
        "annotations": [unit_note(axis, language)],
    }
    return figure(traces, words[0].in_(language), words[1].in_(language), layout, language)


def _bar(found: Curves, bar: tuple[str, Text, str], axis: Axis, language: Language) -> Trace:
    measure, name, colour = bar
    points = found.mean(measure)
    return {
        "type": "bar",
        "name": name.in_(language),
        "x": list(points),
        "y": [axis.scaled(value) for value in points.values()],
        "marker": {"color": colour},
        "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
    }


def _line(found: Curves, line: tuple[str, Text, str], axis: Axis, language: Language) -> Trace:
    measure, name, colour = line
    years = list(found.mean(measure))[1:]  # of the base year there are no flows to set it beside
    points = found.mean(measure)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name.in_(language),
        "x": years,
        "y": [axis.scaled(points[year]) for year in years],
        "line": {"color": colour, "width": 2.2},
        "marker": {"size": 5, "color": colour},
        "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
    }
