"""Money and land of projects in the report."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, grouped, quantity
from sim.output.charts.registry import of_section
from sim.output.charts.style import Axis, axis_of
from sim.output.report.html import Cell, Html, table
from sim.output.report.page import charts
from sim.output.report.part import Part, part, remark
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_MONEY: Final = ("money_year", "money_spent", "money_called_in", "money_left", "debt")
_LAND: Final = ("land_year", "land_used", "land_called_in", "land_left", "boundary_left")


def money(tables: RunTables, language: Language) -> Part:
    """The section on money and land; one sentence where no project uses any."""
    found = curves(tables, ["money_year", "money_spent", "land_year", "land_used"])
    title = tr("Money and land")
    if not found.has("money_year"):
        return Part(Html(""))
    if not any(found.mean("money_spent").values()) and not any(found.mean("land_used").values()):
        at = tables.test_year
        funds = quantity(found.median("money_year", at), "yuan/year", language)
        quota = quantity(found.median("land_year", at), "m²/year", language)
        nothing = tr(
            "No project uses money or land; in {at} there would be some {funds} and a land quota of {quota}.",
            at=at,
            funds=funds,
            quota=quota,
        )
        return part("money", title, language, remark(nothing, language))
    figures = of_section("money", tables, language)
    by_year = (
        _by_year(tables, _MONEY, tr("Money"), language),
        _by_year(tables, _LAND, tr("Land"), language),
    )
    body = part("money", title, language, charts(figures), *by_year).body
    return Part(body, figures)


def _by_year(tables: RunTables, measures: Sequence[str], what: Text, language: Language) -> Html:
    found = curves(tables, measures)
    axis = axis_of(found.units[measures[-1]], language)
    rows: list[Sequence[Cell]] = [
        [str(year), *(_amount(found.mean(measure).get(year), axis) for measure in measures)]
        for year in found.mean(measures[0])
    ]
    heads = [tr("Year").in_(language), *(measure_name(measure, language) for measure in measures)]
    caption = tr("{what} ({unit}, means of all draws)", what=what, unit=axis.unit).in_(language)
    return table(caption, heads, rows, range(1, len(heads)))


def _amount(value: float | None, axis: Axis) -> str:
    return MISSING if value is None else grouped(value / axis.size, axis.decimals)
