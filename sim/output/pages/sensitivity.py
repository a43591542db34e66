"""One HTML file that says which factors of a sweep matter most."""

from collections.abc import Sequence
from math import isnan
from pathlib import Path

import pandas as pd

from sim.common.language import Language, Text
from sim.common.numbers import grouped, quantity
from sim.common.typography import sentence
from sim.output.charts import sensitivity as charts
from sim.output.charts.style import Figure
from sim.output.report.html import Cell, Html, element, section, table
from sim.output.report.page import Page, write_page
from sim.output.report.page import charts as placed
from sim.output.texts import tr
from sim.questions.sensitivity import Analysis
from sim.questions.sensitivity.indices import LEADING

_METHODS = {
    "sobol": tr("Sobol indices (shares of variance)"),
    "fast": tr("extended FAST"),
    "morris": tr("Morris screening"),
    "delta": tr("delta"),
    "pawn": tr("PAWN"),
    "anova": tr("shares of variance over the grid"),
    "swing": tr("one factor at a time"),
}


_STATISTICS = {
    "mean": tr("mean"),
    **{
        key: tr("{percent}% quantile", percent=percent)
        for key, percent in (("q025", 2.5), ("q10", 10), ("q25", 25), ("q75", 75), ("q90", 90), ("q975", 97.5))
    },
}


def write(found: Sequence[Analysis], title: Text, path: Path, language: Language) -> None:
    """Write the sensitivity of a sweep's outputs to one file."""
    write_page(page(found, title, language), path, language)


def page(found: Sequence[Analysis], title: Text, language: Language) -> Page:
    """The page before it is put into a file. Raises ValueError without outputs."""
    if not found:
        raise ValueError("nothing to show: no output was given")
    figures: dict[str, Figure] = {}
    parts: list[Html] = []
    years = _over_years(found, language)
    if years:
        parts.append(section("years", tr("Over the years").in_(language), placed(years)))
    for position, one in enumerate(found):
        own = _figures(one, f"output-{position}", language)
        parts.insert(position, _section(one, f"output-{position}", own, language))
        figures |= own
    method = _METHODS[found[0].method].in_(language)
    members = tr("{members} members", members=found[0].members).in_(language)
    heading = tr("What matters most: {title}", title=title).in_(language)
    return Page(heading, f"{method} · {members}", tuple(parts), figures | years)


def _section(one: Analysis, id_: str, own: dict[str, Figure], language: Language) -> Html:
    lines: list[Cell] = [element("p", text.in_(language)) for text in one.sentences]
    if one.problem is not None:
        lines.append(element("p", one.problem.in_(language)))
    if one.convergence is not None:
        lines.append(element("p", sentence(one.convergence.words.in_(language))))
    said = element("div", *lines, classes="answers several")
    statistic = f" · {_STATISTICS[one.statistic].in_(language)}" if one.statistic in _STATISTICS else ""
    return section(id_, sentence(one.title.in_(language)) + statistic, said, placed(own), _table(one, language))


def _figures(one: Analysis, id_: str, language: Language) -> dict[str, Figure]:
    if one.problem is not None:
        return {}
    title = sentence(one.title.in_(language))
    own = {f"{id_}-tornado": charts.tornado(one.tornado, title, one.middle, one.unit, language)}
    if one.method != "swing":
        own[f"{id_}-index"] = charts.index_bars(one.table, LEADING[one.method], title, one.unit, language)
    return own


def _over_years(found: Sequence[Analysis], language: Language) -> dict[str, Figure]:
    """Charts of outputs that were kept for several years."""
    several: dict[tuple[str, str], dict[int, Analysis]] = {}
    for one in found:
        if one.problem is None and one.method in ("sobol", "fast", "anova", "delta", "pawn"):
            several.setdefault((one.measure, one.statistic), {})[one.year] = one
    figures = {}
    for position, by_year in enumerate(years for years in several.values() if len(years) > 1):
        first = next(iter(by_year.values()))
        title = sentence(_without_year(first).in_(language))
        tables = {year: one.table for year, one in by_year.items()}
        figures[f"years-{position}"] = charts.over_years(tables, LEADING[first.method], title, language)
    return figures


def _without_year(of: Analysis) -> Text:
    zh = of.title.zh.replace(f"({of.year}年)", "").replace(f"\uff08{of.year}年\uff09", "")
    return Text(zh, of.title.en.replace(f", {of.year}", ""))


def _table(one: Analysis, language: Language) -> Html:
    if one.problem is not None:
        return Html("")
    names = list(dict.fromkeys(one.table["index"]))
    heads = [tr("Factor").in_(language)]
    heads += [sentence(charts.INDEX_NAMES[name].in_(language)) for name in names]
    heads += [tr("Low end").in_(language), tr("High end").in_(language)]
    leading = one.table[one.table["index"] == LEADING[one.method]].sort_values("value", ascending=False)
    ends = one.tornado.set_index("factor")
    by_index = {name: one.table[one.table["index"] == name].set_index("factor") for name in names}
    rows: list[list[Cell]] = [
        [
            sentence(str(row[f"name_{language}"])),
            *(_number(by_index[name].loc[row["factor"]], name, one.unit, language) for name in names),
            *(quantity(float(ends.loc[row["factor"], end]), one.unit, language) for end in ("low", "high")),
        ]
        for _, row in leading.iterrows()
    ]
    caption = tr("Indices (± half of the 95% interval), and mean results at both ends")
    return table(caption.in_(language), heads, rows, range(1, len(heads)))


def _number(row: "pd.Series[float]", index: str, unit: str, language: Language) -> str:
    value, half = float(row["value"]), float(row["half"])
    if index in ("mu_star", "sigma", "swing"):
        kind = "points" if unit == "share" else unit
        return quantity(value, kind, language) + ("" if isnan(half) else f" ± {quantity(half, kind, language)}")
    return grouped(round(value, 2), 2) + ("" if isnan(half) else f" ± {half:.2f}")
