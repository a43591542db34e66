"""The charts of the live page: those of the report, without titles of their own, which the page sets above them."""

from collections.abc import Sequence
from typing import Any, Final

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.output.charts import fan
from sim.output.charts.style import MUTED, SCENARIOS, Figure, axis_of, rgba
from sim.output.charts.traces import band as area
from sim.output.charts.traces import curve, stroke
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables


@quickclass(frozen=True, slots=True)
class Other:
    """A run that is drawn beside the one shown: its name and its colour; shaded: with its band."""

    tables: RunTables
    name: Text
    colour: str
    shaded: bool = False


SAVED: Final = MUTED
BESIDE: Final = SCENARIOS[1]
_HEIGHT: Final = 360


def over_years(
    tables: RunTables, others: Sequence[Other], measure: str, region: str | None, language: Language
) -> Figure:
    """A measure over the years, with the medians of others as dashed lines."""
    made = fan.fan(tables, measure, language, region)
    extra = [trace for other in others for trace in _lines(other, measure, region, language)]
    return untitled(made | {"data": [*made["data"], *extra]})


def untitled(figure: Figure) -> Figure:
    """A figure whose title stands above it on the page."""
    layout: dict[str, Any] = figure["layout"]
    plain = {key: value for key, value in layout.items() if key != "title"}
    top = max(30, int(layout["margin"]["t"]) - 58)
    plain["margin"] = layout["margin"] | {"t": top}
    plain["height"] = min(int(layout["height"]), _HEIGHT) if layout["height"] == 430 else layout["height"] - 40
    return figure | {"layout": plain}


def _lines(other: Other, measure: str, region: str | None, language: Language) -> list[Any]:
    found = curves(other.tables, [measure], region)
    if not found.has(measure):
        return []
    axis = axis_of(found.units[measure], language)
    name = other.name.in_(language)
    line = curve(found.quantile(measure, 0.5), axis, name, other.colour) | stroke(other.colour, 2, "dash")
    if not other.shaded:
        return [line]
    ends = area(found.quantile(measure, 0.1), found.quantile(measure, 0.9), axis)
    said = tr("80% band of {name}", name=other.name).in_(language)
    return [ends | {"name": said, "fillcolor": rgba(other.colour, 0.18)}, line]
