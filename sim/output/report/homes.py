"""Homes: where the demand comes from, what is built, and what is there."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, grouped
from sim.output.charts.homes import COMPLETED, DEMAND, PARTS, is_known, waterfall
from sim.output.report.html import Cell, Html, table
from sim.output.report.listing import figures_table
from sim.output.report.page import charts
from sim.output.report.part import Part, part
from sim.run.curves import curves
from sim.run.tables import RunTables

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


def homes(tables: RunTables, language: Language) -> Part:
    """The section on homes; empty where the run has none."""
    if not is_known(tables):
        return Part(Html(""))
    figures = {"home-demand": waterfall(tables, language)}
    body = part(
        "homes",
        Text("住房需求", "Homes"),
        language,
        charts(figures, wide=True),
        _by_year(tables, language),
        _stock(tables, language),
        _programmes(tables, language),
    ).body
    return Part(body, figures)


def _by_year(tables: RunTables, language: Language) -> Html:
    """住房需求分解表: parts of the demand, completions and gap of every year, means, so that they add up."""
    ids = [f"{DEMAND}.{name}" for name in PARTS]
    found = curves(tables, [*ids, DEMAND, COMPLETED, "homes_demolished"])
    heads = [
        Text("年份", "Year"),
        *PARTS.values(),
        Text("新增需求", "Demand"),
        Text("建成", "Completed"),
        Text("需求减建成", "Demand less completed"),
        Text("拆除和退出", "Demolished or left"),
    ]
    rows: list[Sequence[Cell]] = []
    columns = [found.mean(id_) for id_ in (*ids, DEMAND, COMPLETED)]
    demand, completed, lost = found.mean(DEMAND), found.mean(COMPLETED), found.mean("homes_demolished")
    for year in demand:
        gap = demand[year] - completed[year]
        amounts = [*(column.get(year, 0.0) for column in columns), gap, lost.get(year, 0.0)]
        rows.append([str(year), *(grouped(round(amount), 0) for amount in amounts)])
    caption = Text("住房需求分解表(套,各次模拟的平均)", "Demand for homes by part (homes, means of all draws)")
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, range(1, len(heads)))


def _stock(tables: RunTables, language: Language) -> Html:
    caption = Text("住房存量与投资:中位数(括号内为 80% 区间)", "Stock and investment: medians (80% band in brackets)")
    return figures_table(tables, _STOCK, caption, language)


def _programmes(tables: RunTables, language: Language) -> Html:
    """保障性住房: those that are needed or delivered at all."""
    found = curves(tables, _PROGRAMMES)
    wanted = [measure for measure in _PROGRAMMES if any(found.mean(measure).values())]
    caption = Text(
        f"保障、安置与改造住房:中位数(括号内为 80% 区间);存量现状不详的不计缺口,显示为“{MISSING}”",
        "Subsidised, resettlement and renovated homes: medians (80% band in brackets); no gap where no stock is known",
    )
    return figures_table(tables, wanted, caption, language)
