"""The report of one scenario: the answer first, everything else below it."""

from collections.abc import Sequence
from pathlib import Path

from sim.common.language import Language, Text
from sim.output.charts import comparison
from sim.output.charts.style import Figure
from sim.output.layout.parts import Answers, Charts, Heading, Page, Part, Section
from sim.output.layout.render import write_page
from sim.output.report import economy
from sim.output.report.assumptions import assumptions_table
from sim.output.report.came import clashes, outcomes_table
from sim.output.report.carried import carried_section
from sim.output.report.choices import fans, people
from sim.output.report.contents import contents
from sim.output.report.contributions import contributions
from sim.output.report.crosschecks import crosscheck_section
from sim.output.report.held import held_section
from sim.output.report.listing import (
    key_figures,
    marks_table,
    needs_table,
    observed_table,
    provenance,
    regions_table,
    unassessed_table,
)
from sim.output.report.panel import panel, supply_panels
from sim.output.report.since import since
from sim.output.report.totals import totals_section
from sim.output.report.unusual import unusual_line, unusual_table
from sim.output.report.words import headline
from sim.output.texts import tr
from sim.run.curves import assessed
from sim.run.tables import RunTables


def write(tables: RunTables, path: Path, language: Language, others: Sequence[RunTables] = ()) -> None:
    """Write the report of a run to one HTML file; `others` are runs of other scenarios to set beside it."""
    write_page(page(tables, language, others), Path(path), language)


def page(tables: RunTables, language: Language, others: Sequence[RunTables] = ()) -> Page:
    """The report of a run, before it is put into a file."""
    beside = Charts(_beside([tables, *others], language) if others else {})
    body = (
        _answer(tables, language),
        contents(tables, language),
        contributions(tables, language),
        since(tables, language),
        carried_section(tables),
        totals_section(tables, language),
        Section("held", tr("Held to published figures"), held_section(tables, language)),
        Section("course", tr("Over the years"), (Charts({"fan": fans(tables, language)}, wide=True),)),
        Section("lines", tr("Other lines of the plan"), supply_panels(tables, language)),
        Section("people", tr("People and moves"), _people(tables, language)),
        *economy.sections(tables, language),
        crosscheck_section(tables, language),
        Section("scenarios", tr("Scenarios side by side"), (beside,)),
        *_tables(tables, language, others),
    )
    return Page(_heading(tables), _about(tables, language), body)


def _answer(tables: RunTables, language: Language) -> Section:
    first, *more = headline(tables, language)
    parts: tuple[Part, ...] = (
        Answers((first, *more[-1:], *([noticed] if (noticed := unusual_line(tables, language)) else ()))),
        panel(tables, language),
        outcomes_table(tables, language),
        *_clashing(tables),
    )
    return Section("answer", tr("The answer"), parts)


def _clashing(tables: RunTables) -> tuple[Part, ...]:
    """The plan against itself, of a run that has lines of one."""
    return (Heading(tr("The plan against itself")), clashes(tables)) if len(tables.verdicts) > 1 else ()


def _people(tables: RunTables, language: Language) -> tuple[Part, ...]:
    """Charts and key figures; of a run of several regions also all of them in one table."""
    parts: list[Part] = [Charts(people(tables, language)), key_figures(tables, language)]
    return (*parts, regions_table(tables)) if len(tables.regions) > 1 else tuple(parts)


def _beside(runs: Sequence[RunTables], language: Language) -> dict[str, Figure]:
    figures = {f"medians-{name}": comparison.medians(runs, name, language) for name in ("urbanization_rate", "city")}
    if any(assessed(run) for run in runs):
        figures["probabilities"] = comparison.probabilities(runs, language)
    return figures


def _tables(tables: RunTables, language: Language, others: Sequence[RunTables]) -> tuple[Section, ...]:
    return (
        Section("unusual", tr("Outside what counties have shown"), (unusual_table(tables, language),)),
        Section("needs", tr("Needs"), (needs_table(tables, language),)),
        Section("unassessed", tr("Lines not assessed"), (unassessed_table(tables, language),)),
        Section("assumptions", tr("Assumptions"), (assumptions_table(tables),)),
        Section("data", tr("Data"), (marks_table(tables), observed_table(tables, language))),
        Section("provenance", tr("Provenance"), (provenance([tables, *others]),)),
    )


def _heading(tables: RunTables) -> Text:
    name = tables.regions[0][1]
    return tr("{name}: {title}", name=name, title=tables.title)


def _about(tables: RunTables, language: Language) -> str:
    first, last, many = tables.base_year, tables.horizon, len(tables.regions)
    said = [
        tables.plan_title,
        tr("base year {first}, run to {last}", first=first, last=last),
        tr("{draws:,} draws", draws=tables.draws),
        tr("{many} regions", many=many) if many > 1 else None,
    ]
    return " · ".join(words.in_(language) for words in said if words)
