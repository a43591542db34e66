"""Money and land of projects in the report."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts.registry import of_section
from sim.output.charts.style import axis_of
from sim.output.layout.parts import Charts, Column, Paragraph, Section, Table
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_TITLE: Final = tr("Money and land")
_MONEY: Final = ("money_year", "money_spent", "money_called_in", "money_left", "debt")
_LAND: Final = ("land_year", "land_used", "land_called_in", "land_left", "boundary_left")


def money(tables: RunTables, language: Language) -> Section:
    """The section on money and land; one sentence where no project uses any."""
    found = curves(tables, ["money_year", "money_spent", "land_year", "land_used"])
    if not found.has("money_year"):
        return Section("money", _TITLE)
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
        return Section("money", _TITLE, (Paragraph(nothing, "remark"),))
    drawn = Charts(of_section("money", tables, language))
    funds_table = _by_year("money", tables, _MONEY, tr("Money"), language)
    return Section("money", _TITLE, (drawn, funds_table, _by_year("land", tables, _LAND, tr("Land"), language)))


def _by_year(id_: str, tables: RunTables, measures: Sequence[str], what: Text, language: Language) -> Table:
    found = curves(tables, measures)
    axis = axis_of(found.units[measures[-1]], language)
    means = [found.mean(measure) for measure in measures]
    rows = tuple((year, *(mean[year] / axis.size if year in mean else None for mean in means)) for year in means[0])
    columns = [Column(measure_name(measure, language), "number", decimals=axis.decimals) for measure in measures]
    caption = tr("{what} ({unit}, means of all draws)", what=what, unit=axis.unit)
    return Table(id_, caption, (Column(tr("Year"), "year"), *columns), rows)
