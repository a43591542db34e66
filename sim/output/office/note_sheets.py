"""What stands behind a run, on sheets: assumptions, published figures, how the base year came about, provenance."""

from collections.abc import Sequence

import sim
from sim.common.language import Language, Text
from sim.common.numbers import unit_words
from sim.output.layout.parts import Column, Row, Table
from sim.output.office.sheet import Sheet, said, scaled
from sim.output.report.assumptions import amount, by_subject, short
from sim.output.report.listing import NATURE, published_source
from sim.output.report.of_regions import marks_of
from sim.output.texts import tr
from sim.run.curves import main_region, observations
from sim.run.tables import Assumption, RunTables
from sim.run.words import SERIES, measure_name, series_kind


def assumptions(tables: RunTables, language: Language) -> Sheet:
    """Every value that the run used, with unit, source and the place that set it; by subject."""
    columns = (
        Column(tr("Assumption")),
        *([Column(tr("Regions", context="sheet"))] if len(tables.regions) > 1 else []),
        Column(tr("Path")),
        Column(tr("Value", context="figure"), "number"),
        Column(tr("Unit")),
        Column(tr("Source")),
        Column(tr("Set in")),
    )
    rows: list[Row] = []
    for subject, mine in by_subject(tables):
        rows += [
            (subject.in_(language),),
            *(_assumed(one, _shared(tables, regions, language), language) for one, regions in mine),
        ]
    table = Table("assumptions", tr("Assumptions: every value that was used"), columns, tuple(rows))
    return Sheet(tr("Assumptions", context="sheet").in_(language), table, tr("files of the scenario").in_(language))


def _shared(tables: RunTables, regions: Text | None, language: Language) -> tuple[str, ...]:
    """The cell that says of which regions a value is; none in a run of one."""
    if len(tables.regions) < 2:
        return ()
    return (tr("all", context="regions").in_(language) if regions is None else regions.in_(language),)


def _assumed(one: Assumption, regions: tuple[str, ...], language: Language) -> Row:
    return (
        said(one.name, language),
        *regions,
        one.path,
        _number(one.value),
        unit_words(one.unit, language),
        _backing(one, language),
        "townward" if one.place == "townward" else short(one.place),
    )


def _backing(one: Assumption, language: Language) -> str | None:
    """What backs a value, and what acts on it besides."""
    more = [f"{does.in_(language)} {source.in_(language)}" for does, source, _ in one.changes]
    return tr("; ").in_(language).join(filter(None, (said(one.source, language), *more))) or None


def _number(written: str) -> float | str:
    """A value as a number, but for what goes from one to another."""
    try:
        return float(written)
    except ValueError:
        return " … ".join(amount(part) for part in written.split(" … "))


def published(tables: RunTables, language: Language) -> Sheet:
    """Published figures of the region, with their sources."""
    region = main_region(tables)
    rows: list[Row] = []
    for measure in dict.fromkeys(tables.observed["measure"].tolist()):
        for one in observations(tables, measure, region):
            unit = tables.measures[measure].unit if measure in tables.measures else ""
            how = scaled(unit, None, language)
            words = SERIES[series_kind(one.series)].in_(language)
            source = _source(one.source, language)
            rows.append((measure_name(measure, language), one.year, how.of(one.value), how.words, words, source))
    columns = (
        Column(tr("Measure")),
        Column(tr("Year"), "year"),
        Column(tr("Value", context="figure"), "number"),
        Column(tr("Unit")),
        Column(tr("Series")),
        Column(tr("Source")),
    )
    table = Table("published", tr("Published figures: {region}", region=tables.regions[0][1]), columns, tuple(rows))
    return Sheet(tr("Published", context="sheet").in_(language), table, tr("as given in the last column").in_(language))


def _source(written: str, language: Language) -> str:
    source = published_source(written)
    return source.in_(language) if isinstance(source, Text) else written


def provenance(runs: Sequence[RunTables], language: Language) -> Sheet:
    """What anyone needs to get the same numbers again, and how the base year came about."""
    rows: list[Row] = []
    for run in runs:
        rows.append((run.title.in_(language),))
        rows += [(said(name, language), value, None) for name, value in _facts(run, language)]
    first = runs[0]
    if first.marks:
        rows.append((tr("How the base year came about").in_(language),))
        rows += [
            (_of(what, regions, language), said(NATURE.get(kind, Text(kind, kind)), language), said(how, language))
            for (what, kind, how), regions in marks_of(first)
        ]
    columns = (Column(tr("What")), Column(tr("Value", context="figure")), Column(tr("Method")))
    table = Table("provenance", tr("The same inputs and seed give the same numbers"), columns, tuple(rows))
    return Sheet(tr("Provenance", context="sheet").in_(language), table, f"townward {sim.__version__}")


def _of(what: Text, regions: Text | None, language: Language) -> str | None:
    named = what if regions is None else tr("{what}: {regions}", what=what, regions=regions)
    return said(named, language)


def _facts(run: RunTables, language: Language) -> tuple[tuple[Text, str], ...]:
    names = tr(", ").in_(language).join(name.in_(language) for _, name in run.regions)
    return (
        (tr("Scenario"), run.scenario),
        (tr("Regions", context="sheet"), names),
        (tr("Plan"), run.plan_title.in_(language) if run.plan_title else "—"),
        (tr("Years"), f"{run.base_year}–{run.horizon}"),
        (tr("Draws"), f"{run.draws:,}"),
        (tr("Seed"), str(run.seed)),
        (tr("Version"), f"townward {sim.__version__}"),
    )
