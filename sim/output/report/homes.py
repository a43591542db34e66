"""Homes: where the demand comes from, what is built, and what is there."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import MISSING
from sim.output.charts.homes import COMPLETED, DEMAND, PARTS
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Column, Row, Section, Table
from sim.output.report.listing import figures_table
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

_TITLE: Final = tr("Homes")
_STOCK: Final = (
    "homes",
    "urban_homes",
    "urban_vacancy_rate",
    "urban_floor_per_person",
    "rural_floor_per_person",
    "urban_home_shortage",
    "homes_under_construction",
    "home_investment",
)
_PROGRAMMES: Final = (
    "public_rental_need",
    "public_rental_stock",
    "public_rental_delivered",
    "public_rental_gap",
    "affordable_rental_need",
    "affordable_rental_stock",
    "affordable_rental_delivered",
    "affordable_rental_gap",
    "talent_homes_need",
    "talent_homes_delivered",
    "resettlement_need",
    "resettlement_delivered",
    "resettlement_waiting",
    "shanty_replaced",
    "shanty_homes",
    "renovated",
    "old_homes",
    "rural_homes_improved",
)


def homes(tables: RunTables, language: Language) -> Section:
    """The section on homes; empty where the run has none."""
    drawn = Charts(of_section("homes", tables, language), wide=True)
    if "home-demand" not in drawn.figures:
        return Section("homes", _TITLE)
    return Section("homes", _TITLE, (drawn, _by_year(tables), _stock(tables, language), _programmes(tables, language)))


def _by_year(tables: RunTables) -> Table:
    """住房需求分解表: parts of the demand, completions and gap of every year, means, so that they add up."""
    ids = [f"{DEMAND}.{name}" for name in PARTS]
    found = curves(tables, [*ids, DEMAND, COMPLETED, "homes_demolished"])
    heads = (
        *PARTS.values(),
        tr("Demand"),
        tr("Completed"),
        tr("Demand less completed"),
        tr("Demolished or left"),
    )
    rows: list[Row] = []
    means = [found.mean(id_) for id_ in (*ids, DEMAND, COMPLETED)]
    demand, completed, lost = found.mean(DEMAND), found.mean(COMPLETED), found.mean("homes_demolished")
    for year in demand:
        gap = demand[year] - completed[year]
        rows.append((year, *(round(mean.get(year, 0.0)) for mean in means), round(gap), round(lost.get(year, 0.0))))
    caption = tr("Demand for homes by part (homes, means of all draws)")
    columns = (Column(tr("Year"), "year"), *(Column(head, "number") for head in heads))
    return Table("home-demand", caption, columns, tuple(rows))


def _stock(tables: RunTables, language: Language) -> Table:
    caption = tr("Stock and investment: medians (80% band in brackets)")
    return figures_table("homes", tables, _STOCK, caption, language)


def _programmes(tables: RunTables, language: Language) -> Table:
    """保障性住房: those that are needed or delivered at all."""
    found = curves(tables, _PROGRAMMES)
    wanted = [measure for measure in _PROGRAMMES if any(found.mean(measure).values())]
    caption = tr(
        "Subsidised, resettlement and renovated homes: medians (80% band in brackets); no gap where no stock is known",
        missing_zh=MISSING,
    )
    return figures_table("home-programmes", tables, wanted, caption, language)
