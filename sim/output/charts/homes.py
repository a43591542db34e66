"""What homes are needed for, and what is built of them."""

from collections.abc import Mapping
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts.style import (
    AXIS,
    INK,
    SCENARIOS,
    SOURCES,
    TARGET,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    figure,
    unit_note,
    value_axis,
)
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables

PARTS: Final[Mapping[str, Text]] = {
    "growth": tr("Growth of households"),
    "improvement": tr("Improvement"),
    "replacement": tr("Replacement"),
    "vacancy": tr("Usual vacancy"),
    "reused": tr("Homes used again"),
}
"""Parts of the demand for new homes, in the order in which they are drawn; the last one takes away."""

DEMAND: Final = "home_demand"
COMPLETED: Final = "homes_completed"


def totals(tables: RunTables, region: str | None = None, last: int | None = None) -> dict[str, float]:
    """Mean homes from the base year to a year (the test year): each part, `demand`, `completed` and `gap` [home]."""
    end = tables.test_year if last is None else last
    found = curves(tables, [*_ids(), DEMAND, COMPLETED], region)
    sums = {part: _sum(found, f"{DEMAND}.{part}", end) for part in PARTS}
    sums |= {"demand": _sum(found, DEMAND, end), "completed": _sum(found, COMPLETED, end)}
    return sums | {"gap": sums["demand"] - sums["completed"]}


def is_known(tables: RunTables, region: str | None = None) -> bool:
    """Whether the run reports the demand for homes."""
    return curves(tables, [DEMAND], region).has(DEMAND)


def waterfall(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Demand for new homes by part from the base year to the test year, less what is completed [home]."""
    sums = totals(tables, region)
    axis = axis_of("home", language)
    first, last = tables.base_year + 1, tables.test_year
    layout: Spec = {
        "height": 440,
        "showlegend": False,
        "hovermode": "closest",
        "waterfallgap": 0.35,
        "margin": {"l": 62, "r": 26, "t": 104, "b": 58},
        "xaxis": {"showgrid": False, "showline": True, "linecolor": AXIS, "tickangle": 0, "tickfont": {"size": 11.5}},
        "yaxis": value_axis(axis) | _room(sums, axis) | {"zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1},
        "annotations": [unit_note(axis, language)],
    }
    title = tr("Demand for new homes, {first}–{last}", first=first, last=last).in_(language)
    subtitle = tr("The parts add up to demand; demand less completions is the gap; means of all draws")
    return figure([_steps(sums, axis, language)], title, subtitle.in_(language), layout, language)


def _room(sums: Mapping[str, float], axis: Axis) -> Spec:
    """From the lowest to the highest end of a bar, with room for the words at both."""
    level, ends = 0.0, [0.0]
    for part in PARTS:
        level += sums[part]
        ends.append(level)
    ends += [sums["demand"], sums["gap"]]
    low, high = axis.scaled(min(ends)), axis.scaled(max(ends))
    air = 0.1 * (high - low)
    return {"range": [low - air, high + air]}


def _steps(sums: Mapping[str, float], axis: Axis, language: Language) -> Trace:
    gap = tr("Gap") if sums["gap"] >= 0.0 else tr("Built beyond demand")
    steps = [
        *((PARTS[part], sums[part], "relative") for part in PARTS),
        (tr("Demand"), sums["demand"], "total"),
        (tr("Completed"), -sums["completed"], "relative"),
        (gap, sums["gap"], "total"),
    ]
    labels = [name.in_(language).replace(" ", "<br>", 1) for name, _, _ in steps]
    words = [quantity(value, "home", language) for _, value, _ in steps]
    return {
        "type": "waterfall",
        "x": labels,
        "y": [axis.scaled(value) for _, value, _ in steps],
        "measure": [kind for _, _, kind in steps],
        "text": words,
        "textposition": "outside",
        "textfont": {"size": 12},
        "constraintext": "none",
        "cliponaxis": False,
        "connector": {"line": {"color": AXIS, "width": 1, "dash": "dot"}},
        "increasing": {"marker": {"color": SCENARIOS[0]}},
        "decreasing": {"marker": {"color": SOURCES["natural"]}},
        "totals": {"marker": {"color": TARGET if sums["gap"] > 0.0 else INK}},
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def _ids() -> list[str]:
    return [f"{DEMAND}.{part}" for part in PARTS]


def _sum(found: Curves, measure: str, last: int) -> float:
    return sum(value for year, value in found.mean(measure).items() if year <= last)
