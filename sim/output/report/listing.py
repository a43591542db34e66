"""The tables below the charts: key figures, needs, what is not assessed, assumptions, estimates, provenance."""

import re
from collections.abc import Sequence
from typing import Final

import sim
from sim.common.language import Language, Text
from sim.common.numbers import MISSING, estimate, quantity
from sim.common.typography import sentence
from sim.output.report.html import Cell, Html, element, folded, table
from sim.output.report.panel import aim, quoted, titled, under
from sim.output.report.words import needs, unassessed
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables, Verdict
from sim.run.words import KINDS, SERIES, measure_name, series_kind, status

_KEY_MEASURES: Final = (
    "urbanization_rate",
    "hukou_urbanization_rate",
    "resident",
    "urban",
    "city",
    "town",
    "rural",
    "away",
    "registered",
)


_OVERVIEW: Final = ("resident", "urbanization_rate")


def key_figures(tables: RunTables, language: Language, region: str | None = None) -> Html:
    """Medians and 80% bands of the main measures in the base year, the test year and the horizon."""
    caption = tr("Medians (80% band in brackets)")
    return figures_table(tables, _KEY_MEASURES, caption, language, region)


def figures_table(
    tables: RunTables, measures: Sequence[str], caption: Text, language: Language, region: str | None = None
) -> Html:
    """Medians and 80% bands of those of the measures that were reported: base year, test year and horizon."""
    found = curves(tables, measures, region)
    years = sorted({tables.base_year, tables.test_year, tables.horizon})
    rows: list[Sequence[Cell]] = [
        [measure_name(measure, language), *(_figure(found, measure, year, language) for year in years)]
        for measure in measures
        if found.has(measure)
    ]
    heads = [tr("Measure").in_(language), *(str(year) for year in years)]
    return table(caption.in_(language), heads, rows, range(1, len(heads)))


def regions_table(tables: RunTables, language: Language) -> Html:
    """Residents and urbanization rate of each region in the base year, the test year and the horizon."""
    years = sorted({tables.base_year, tables.test_year, tables.horizon})
    rows: list[Sequence[Cell]] = []
    for code, name in tables.regions:
        found = curves(tables, _OVERVIEW, code)
        rows.append([name.in_(language), *(_figure(found, one, year, language) for one in _OVERVIEW for year in years)])
    short = {"resident": tr("Residents"), "urbanization_rate": tr("Urban")}
    heads = [
        tr("Region").in_(language),
        *(f"{short[one].in_(language)} {year}" for one in _OVERVIEW for year in years),
    ]
    caption = tr("Regions: medians (80% band in brackets)")
    return table(caption.in_(language), heads, rows, range(1, len(heads)))


def needs_table(tables: RunTables, language: Language) -> Html:
    """Standards of the plan whose stock is not known: what drives them and what is needed."""
    heads = [
        tr("Service"),
        tr("Standard"),
        tr("Year"),
        tr("Driven by"),
        tr("Need (80% band)"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            titled(verdict, language),
            aim(verdict, language),
            _year(verdict),
            _driver(tables, verdict, language),
            _needed(verdict, language),
        ]
        for verdict in needs(tables)
    ]
    caption = tr(
        "Needs that follow from the plan's standards. Their stock is unknown in the region's data, so there is no gap."
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (4,))


def unassessed_table(tables: RunTables, language: Language) -> Html:
    """Every line of the plan without probability or need, with the reason; none is dropped."""
    heads = [
        tr("Indicator"),
        tr("Kind"),
        tr("Value in the plan"),
        tr("Year"),
        tr("Status"),
        tr("Reason"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            titled(verdict, language),
            sentence(KINDS[verdict.kind].in_(language) if verdict.kind in KINDS else verdict.kind),
            aim(verdict, language),
            _year(verdict),
            element("span", status(verdict.status, language), classes="nowrap"),
            sentence(_reason(verdict, language)),
        ]
        for verdict in unassessed(tables)
    ]
    caption = tr("{rows} lines", rows=len(rows)).in_(language)
    return table(caption, [head.in_(language) for head in heads], rows)


def marks_table(tables: RunTables, language: Language) -> Html:
    """How the parts of the base year came about: observed, estimated, assumed or missing."""
    heads = [tr("What"), tr("Nature"), tr("Method")]
    rows = [
        [sentence(words) for words in (what.in_(language), _nature(kind, language), method.in_(language))]
        for what, kind, method in dict.fromkeys(tables.marks)
    ]
    caption = tr("How the base year came about").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows)


def observed_table(tables: RunTables, language: Language) -> Html:
    """The published figures that are drawn as dots, with their sources."""
    heads = [
        tr("Measure"),
        tr("Year"),
        Text("数值", "Value"),
        tr("Series"),
        tr("Source"),
    ]
    frame, names = tables.observed, dict(tables.regions)
    columns = (frame[name].tolist() for name in ("region", "measure", "year", "value", "unit", "series", "source"))
    rows: list[Sequence[Cell]] = [
        [
            _of_region(measure_name(measure, language), names.get(region) if len(names) > 1 else None, language),
            str(year),
            quantity(value, unit, language),
            _series(series, language),
            _published(source, language),
        ]
        for region, measure, year, value, unit, series, source in zip(*columns, strict=True)
    ]
    caption = tr("Published figures and their sources").in_(language)
    made = table(caption, [head.in_(language) for head in heads], rows, (2,))
    return folded(tr("{rows:,} published figures", rows=len(rows)).in_(language), made)


def provenance(runs: Sequence[RunTables], language: Language) -> Html:
    """What anyone needs to get the same numbers again."""
    heads = [
        tr("Scenario"),
        tr("Draws"),
        tr("Seed"),
        tr("Years"),
        tr("Version"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", run.title.in_(language)), run.scenario),
            f"{run.draws:,}",
            str(run.seed),
            f"{run.base_year}–{run.horizon}",
            f"townward {sim.__version__}",
        ]
        for run in runs
    ]
    caption = tr("The same inputs and seed give the same numbers").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows, (1, 2))


def _of_region(name: str, region: Text | None, language: Language) -> Cell:
    return name if region is None else under(element("span", name), region.in_(language))


def _figure(found: Curves, measure: str, year: int, language: Language) -> Cell:
    values = (
        found.quantile(measure, 0.1).get(year),
        found.median(measure, year),
        found.quantile(measure, 0.9).get(year),
    )
    middle, band = estimate(values, found.units[measure], language)
    low, _, high = values
    if low is None or high is None or high - low <= 1e-9 * abs(high):
        return middle
    return under(element("span", middle), f"({band})")


def _needed(verdict: Verdict, language: Language) -> Cell:
    middle, band = estimate((verdict.low, verdict.median, verdict.high), verdict.need_unit, language)
    if verdict.low == verdict.high:
        return element("span", middle, classes="nowrap")
    return under(element("span", middle, classes="nowrap"), f"({band})")


def _driver(tables: RunTables, verdict: Verdict, language: Language) -> str:
    if not verdict.driver:
        return MISSING
    known = tables.measures.get(verdict.driver)
    return sentence(known.name.in_(language)) if known else measure_name(verdict.driver, language)


def _year(verdict: Verdict) -> str:
    return str(verdict.year) if verdict.year is not None else MISSING


def _reason(verdict: Verdict, language: Language) -> str:
    return (verdict.reason or tr("nothing in the model drives it")).in_(language)


def _series(series: str, language: Language) -> str:
    return SERIES[series_kind(series)].in_(language)


def _published(source: str, language: Language) -> Cell:
    """Where a figure was published: a title stays in its own language, and is marked as such."""
    found = re.fullmatch(r"(\d{4}) census", source)
    if found:
        return Text(f"{found[1]}年人口普查", source).in_(language)
    return quoted(source, language)


def _nature(kind: str, language: Language) -> str:
    words = {
        "observed": tr("observed"),
        "estimated": tr("estimated"),
        "assumed": tr("assumed"),
        "missing": tr("missing"),
    }
    return words[kind].in_(language) if kind in words else kind
