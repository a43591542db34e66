"""What homes are needed for, and what is built of them."""

from collections.abc import Mapping
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import grouped, quantity
from sim.output.charts.axes import value_axis, zero_line
from sim.output.charts.notes import unit_note
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
    margins,
)
from sim.output.charts.traces import steps
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

_SIZES: Final = (100.0, 10.0)
"""Largest numbers below which all have one decimal, two."""
DEMAND: Final = "home_demand"
COMPLETED: Final = "homes_completed"


def totals(tables: RunTables, region: str | None = None, last: int | None = None) -> dict[str, float]:
    """Mean homes from the base year to a year (the test year): each part, `demand`, `completed` and `gap` [home]."""
    end = tables.test_year if last is None else last
    found = curves(tables, [*_ids(), DEMAND, COMPLETED], region)
    sums = {part: _sum(found, f"{DEMAND}.{part}", end) for part in PARTS}
    sums |= {"demand": _sum(found, DEMAND, end), "completed": _sum(found, COMPLETED, end)}
    return sums | {"gap": sums["demand"] - sums["completed"]}


def waterfall(tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
    """Demand for new homes by part from the base year to the test year, less what is completed [home].

    None where the run does not report it.
    """
    if not curves(tables, [DEMAND], region).has(DEMAND):
        return None
    sums = totals(tables, region)
    axis = axis_of("home", language)
    first, last = tables.base_year + 1, tables.test_year
    layout: Spec = {
        "height": 440,
        "showlegend": False,
        "hovermode": "closest",
        "waterfallgap": 0.35,
        "margin": margins(62, 26, 104, 58),
        "xaxis": {"showgrid": False, "showline": True, "linecolor": AXIS, "tickangle": 0, "tickfont": {"size": 11.5}},
        "yaxis": value_axis(axis) | _room(sums, axis) | zero_line(),
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
    parts = [
        *((PARTS[part], sums[part], "relative") for part in PARTS),
        (tr("Demand"), sums["demand"], "total"),
        (tr("Completed"), -sums["completed"], "relative"),
        (gap, sums["gap"], "total"),
    ]
    colours = SCENARIOS[0], SOURCES["natural"], TARGET if sums["gap"] > 0.0 else INK
    words = [quantity(value, "home", language) for _, value, _ in parts]
    largest = max(abs(axis.scaled(value)) for _, value, _ in parts)
    decimals = len([size for size in _SIZES if largest < size])
    said = [grouped(axis.scaled(value), decimals) for _, value, _ in parts]  # short enough for a phone
    return steps([kind for *_, kind in parts], said, colours, AXIS) | {
        "x": [name.in_(language).replace(" ", "<br>", 1) for name, *_ in parts],
        "y": [axis.scaled(value) for _, value, _ in parts],
        "textfont": {"size": 12},
        "customdata": words,
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _ids() -> list[str]:
    return [f"{DEMAND}.{part}" for part in PARTS]


def _sum(found: Curves, measure: str, last: int) -> float:
    return sum(value for year, value in found.mean(measure).items() if year <= last)
