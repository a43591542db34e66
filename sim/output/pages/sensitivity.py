"""One HTML file that says which factors of a sweep matter most."""

from collections.abc import Sequence
from math import isnan
from pathlib import Path

import pandas as pd

from sim.common.language import Language, Text, joined
from sim.common.numbers import grouped, quantity
from sim.common.typography import sentence
from sim.output.charts import sensitivity as charts
from sim.output.charts.style import Figure
from sim.output.layout.parts import Answers, Charts, Column, Page, Row, Section, Table
from sim.output.layout.render import write_page
from sim.output.layout.values import Quantity, capital
from sim.output.texts import tr
from sim.questions.sensitivity import Analysis
from sim.questions.sensitivity.indices import LEADING

_METHODS = {
    "sobol": tr("Sobol indices (shares of variance)"),
    "fast": tr("extended FAST"),
    "morris": tr("Morris screening"),
    "delta": tr("delta"),
    "pawn": tr("PAWN"),
    "variance": tr("shares of variance by classes of a factor"),
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
    sections = [_section(one, f"output-{position}", language) for position, one in enumerate(found)]
    years = Section("years", tr("Over the years"), (Charts(_over_years(found, language)),))
    methods = joined((_METHODS[method] for method in dict.fromkeys(one.method for one in found)), "、", ", ")
    about = tr("{method} · {members} members", method=methods, members=found[0].members)
    return Page(tr("What matters most: {title}", title=title), about, (*sections, years))


def _section(one: Analysis, id_: str, language: Language) -> Section:
    lines = [*one.sentences, one.problem, capital(one.convergence.words) if one.convergence else None]
    statistic = _STATISTICS.get(one.statistic)
    title = capital(one.title)
    if statistic is not None:
        title = tr("{first} · {second}", first=title, second=statistic)
    said = Answers(tuple(line for line in lines if line is not None), several=True)
    return Section(id_, title, (said, Charts(_figures(one, id_, language)), _table(one, id_, language)))


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
    several: dict[tuple[str, str, str], dict[int, Analysis]] = {}
    for one in found:
        if one.problem is None and one.method in ("sobol", "fast", "anova", "delta", "pawn", "variance"):
            several.setdefault((one.measure, one.statistic, one.method), {})[one.year] = one
    figures = {}
    for position, by_year in enumerate(years for years in several.values() if len(years) > 1):
        first = next(iter(by_year.values()))
        title = sentence(_without_year(first).in_(language))
        tables = {year: one.table for year, one in by_year.items()}
        figures[f"years-{position}"] = charts.over_years(tables, LEADING[first.method], title, language)
    return figures


def _without_year(analysis: Analysis) -> Text:
    zh = analysis.title.zh.replace(f"({analysis.year}年)", "").replace(f"\uff08{analysis.year}年\uff09", "")
    return Text(zh, analysis.title.en.replace(f", {analysis.year}", ""))


def _table(one: Analysis, id_: str, language: Language) -> Table | None:
    if one.problem is not None:
        return None
    names = list(dict.fromkeys(one.table["index"]))
    heads = [*(capital(charts.INDEX_NAMES[name]) for name in names), tr("Low end"), tr("High end")]
    leading = one.table[one.table["index"] == LEADING[one.method]].sort_values("value", ascending=False)
    ends = one.tornado.set_index("factor")
    by_index = {name: one.table[one.table["index"] == name].set_index("factor") for name in names}
    rows: tuple[Row, ...] = tuple(
        (
            sentence(str(row[f"name_{language}"])),
            *(_number(by_index[name].loc[row["factor"]], name, one.unit, language) for name in names),
            *(Quantity(float(ends.loc[row["factor"], end]), one.unit) for end in ("low", "high")),
        )
        for _, row in leading.iterrows()
    )
    caption = tr("Indices (± half of the 95% interval), and mean results at both ends")
    columns = (Column(tr("Factor")), *(Column(head, "number") for head in heads))
    return Table(id_, caption, columns, rows)


def _number(row: "pd.Series[float]", index: str, unit: str, language: Language) -> str:
    value, half = float(row["value"]), float(row["half"])
    if index in ("mu_star", "sigma", "swing"):
        kind = "points" if unit == "share" else unit
        return quantity(value, kind, language) + ("" if isnan(half) else f" ± {quantity(half, kind, language)}")
    return grouped(round(value, 2), 2) + ("" if isnan(half) else f" ± {half:.2f}")
