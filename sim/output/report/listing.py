"""The tables below the charts: key figures, needs, what is not assessed, estimates, published figures, provenance."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import sim
from sim.common.language import Language, Text
from sim.output.layout.parts import Column, Folded, Row, Table, listed
from sim.output.layout.values import Cell, Estimate, Quantity, Quoted, Words, capital, kept, under
from sim.output.report.of_regions import marks_of
from sim.output.report.panel import aim, titled
from sim.output.report.words import needs, unassessed
from sim.output.texts import tr
from sim.run.answers import Need, NoAnswer, Verdict
from sim.run.curves import Curves, curves
from sim.run.tables import OBSERVED_COLUMNS, RunTables
from sim.run.words import KINDS, SERIES, STATUS, measure_name, series_kind

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
_OVERVIEW: Final = {
    "resident": tr("Residents"),
    "urbanization_rate": tr("Urban"),
}
NATURE: Final = {
    "observed": tr("observed"),
    "estimated": tr("estimated"),
    "assumed": tr("assumed"),
    "missing": tr("missing"),
}
_YEAR: Final = Column(tr("Year"), "year")
_NO_REASON: Final = tr("nothing in the model drives it")


class _Published(NamedTuple):
    """A row of the published figures."""

    region: str
    measure: str
    year: int
    value: float
    unit: str
    series: str
    source: str


def key_figures(tables: RunTables, language: Language) -> Table:
    """Medians and 80% bands of the main measures in the base year, the test year and the horizon."""
    caption = tr("Medians (80% band in brackets)")
    return figures_table("key-figures", tables, _KEY_MEASURES, caption, language)


def figures_table(id_: str, tables: RunTables, measures: Sequence[str], caption: Text, language: Language) -> Table:
    """Medians and 80% bands of those of the measures that were reported: base year, test year and horizon."""
    found, years = curves(tables, measures), _years(tables)
    rows: tuple[Row, ...] = tuple(
        (measure_name(measure, language), *(estimate_in(found, measure, year) for year in years))
        for measure in measures
        if found.has(measure)
    )
    columns = (Column(tr("Measure")), *(Column(str(year), "number") for year in years))
    return Table(id_, caption, columns, rows)


def regions_table(tables: RunTables, *, short: bool = False) -> Table:
    """Residents and urbanization rate of each region in the base year, the test year and the horizon.

    short: without the base year.
    """
    years = _years(tables)[1 if short else 0 :]
    rows: list[Row] = []
    for code, name in tables.regions:
        found = curves(tables, tuple(_OVERVIEW), code)
        rows.append((name, *(estimate_in(found, one, year) for one in _OVERVIEW for year in years)))
    heads = (Text(f"{one.zh} {year}", f"{one.en} {year}") for one in _OVERVIEW.values() for year in years)
    caption = tr("Regions: medians (80% band in brackets)")
    columns = (Column(tr("Region")), *(Column(head, "number") for head in heads))
    return Table("regions", caption, columns, tuple(rows))


def needs_table(tables: RunTables, language: Language) -> Table:
    """Standards of the plan whose stock is not known: what drives them and what is needed."""
    caption = tr(
        "Needs that follow from the plan's standards. Their stock is unknown in the region's data, so there is no gap."
    )
    return listed(
        "needs",
        caption,
        needs(tables),
        (Column(tr("Service")), titled),
        (Column(tr("Standard")), lambda one: aim(one, language)),
        (_YEAR, lambda one: one.year),
        (Column(tr("Driven by")), lambda one: _driver(tables, one, language)),
        (Column(tr("Need (80% band)"), "number"), _needed),
    )


def unassessed_table(tables: RunTables, language: Language) -> Table:
    """Every line of the plan without probability or need, with the reason; none is dropped."""
    lines = unassessed(tables)
    return listed(
        "unassessed",
        tr("{rows} lines", rows=len(lines)),
        lines,
        (Column(tr("Indicator")), titled),
        (Column(tr("Kind")), lambda one: capital(KINDS.get(one.kind, Text(one.kind, one.kind)))),
        (Column(tr("Value in the plan")), lambda one: aim(one, language)),
        (_YEAR, lambda one: one.year),
        (Column(tr("Status")), lambda one: kept(STATUS.get(one.status, one.status))),
        (Column(tr("Reason")), _reason),
    )


def marks_table(tables: RunTables) -> Table:
    """How the parts of the base year came about: observed, estimated, assumed or missing."""
    return listed(
        "base-year",
        tr("How the base year came about"),
        marks_of(tables),
        (Column(tr("What")), lambda one: under(capital(one[0][0]), *([] if one[1] is None else [one[1]]))),
        (Column(tr("Nature")), lambda one: capital(NATURE.get(one[0][1], Text(one[0][1], one[0][1])))),
        (Column(tr("Method")), lambda one: capital(one[0][2])),
    )


def observed_table(tables: RunTables, language: Language) -> Folded:
    """The published figures that are drawn as dots, with their sources."""
    names = dict(tables.regions) if len(tables.regions) > 1 else {}
    figures = [_Published(*row) for row in tables.observed.rows(*OBSERVED_COLUMNS)]

    def named(one: _Published) -> Cell:
        return under(measure_name(one.measure, language), *([names[one.region]] if one.region in names else []))

    made = listed(
        "published",
        tr("Published figures and their sources"),
        figures,
        (Column(tr("Measure")), named),
        (_YEAR, lambda one: one.year),
        (Column(tr("Value", context="figure"), "number"), lambda one: Quantity(one.value, one.unit)),
        (Column(tr("Series")), lambda one: SERIES[series_kind(one.series)]),
        (Column(tr("Source")), lambda one: published_source(one.source)),
    )
    return Folded(tr("{rows:,} published figures", rows=len(figures)), made)


def provenance(runs: Sequence[RunTables]) -> Table:
    """What anyone needs to get the same numbers again."""
    return listed(
        "provenance",
        tr("The same inputs and seed give the same numbers"),
        runs,
        (Column(tr("Scenario")), lambda run: under(run.title, run.scenario)),
        (Column(tr("Draws"), "number"), lambda run: run.draws),
        (Column(tr("Seed"), "number"), lambda run: str(run.seed)),
        (Column(tr("Years")), lambda run: f"{run.base_year}–{run.horizon}"),
        (Column(tr("Version")), lambda _: f"townward {sim.__version__}"),
    )


def _years(tables: RunTables) -> list[int]:
    return sorted({tables.base_year, tables.test_year, tables.horizon})


def estimate_in(found: Curves, measure: str, year: int) -> Estimate:
    """A measure in a year: its median with its 80% band."""
    low, high = (found.quantile(measure, at).get(year) for at in (0.1, 0.9))
    return Estimate(low, found.median(measure, year), high, found.units[measure])


def _reason(verdict: Verdict) -> Cell:
    reason = verdict.answer.reason if isinstance(verdict.answer, NoAnswer) else None
    return capital(reason or _NO_REASON)


def _needed(verdict: Verdict) -> Cell:
    said = verdict.answer
    return Estimate(said.low, said.median, said.high, said.need_unit) if isinstance(said, Need) else None


def _driver(tables: RunTables, verdict: Verdict, language: Language) -> Cell:
    said = verdict.answer
    if not isinstance(said, Need):
        return None
    known = tables.measures.get(said.driver)
    return capital(known.name) if known else measure_name(said.driver, language)


def published_source(source: str) -> Words | Quoted:
    """Where a figure was published: a title stays in its own language, and is marked as such."""
    found = re.fullmatch(r"(\d{4}) census", source)
    return tr("{year} census", year=found[1]) if found else Quoted(source)
