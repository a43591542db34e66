"""The brief: what a leader takes along, at most four A4 pages, without any program in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts import printed
from sim.output.layout.parts import Answers, Bullets, Column, Page, Paragraph, Part, Picture, Section, Table, listed
from sim.output.layout.values import Quoted, Words, capital, kept
from sim.output.report.conditions import condition
from sim.output.report.contents import policies
from sim.output.report.listing import key_figures, provenance, published_source, regions_table
from sim.output.report.panel import aim, panel
from sim.output.report.since import since
from sim.output.report.totals import total_lines
from sim.output.report.words import conditional, headline, needs
from sim.output.texts import tr
from sim.run.answers import Need, Supply
from sim.run.curves import assessed
from sim.run.tables import RunTables

_MOST_ROWS: Final = 8
"""Rows of a table in a brief; how many more there are is said."""
_MOST_REGIONS: Final = 16
_MOST_SOURCES: Final = 7
_MOST_PUBLISHED: Final = 3
_MOST_TOTALS: Final = 3
_DRAWN: Final = ("urbanization_rate", "city")


def brief(tables: RunTables, language: Language, day: date) -> Page:
    """The brief of a run, dated."""
    first, *more = headline(tables, language)
    answer = Section("answer", tr("The answer"), (Answers((first, *more[-1:])), _short(panel(tables, language))))
    body = (
        answer,
        Section(
            "course", tr("Over the years"), (Picture(tuple(printed.fan(tables, one, language) for one in _DRAWN)),)
        ),
        Section("contents", tr("What is in this scenario"), _contents(tables, language)),
        _one_paragraph(since(tables, language)),
        Section("totals", tr("Fitted to control totals"), (Bullets(tuple(_totals(tables, language))),)),
        Section("figures", tr("Key figures"), (key_figures(tables, language), _regions(tables))),
        Section("lines", tr("Other lines of the plan"), (_conditions(tables, language), _needs(tables, language))),
        Section("sources", tr("Sources"), (Bullets(tuple(_sources(tables))), provenance([tables]))),
    )
    name = tables.regions[0][1]
    heading = tr("{name}: {title}", name=name, title=tables.title)
    said = tr(
        "Brief of {day} · base year {base}, run to {last} · {draws:,} draws",
        day=day.isoformat(),
        base=tables.base_year,
        last=tables.horizon,
        draws=tables.draws,
    )
    return Page(heading, said, body)


def _short(table: Table, most: int = _MOST_ROWS) -> Table:
    """The first rows of a table, with a note of how many more there are."""
    rest = len(table.rows) - most
    if rest <= 0:
        return table
    notes = (*table.notes, tr("{n} more in the full report.", n=rest))
    return replace(table, rows=table.rows[:most], notes=notes)


def _regions(tables: RunTables) -> Table | None:
    """Residents and rate of each region, of a run of several."""
    return _short(regions_table(tables, short=True), _MOST_REGIONS) if len(tables.regions) > 1 else None


def _contents(tables: RunTables, language: Language) -> tuple[Part | None, ...]:
    found = tables.contents
    if found is None:
        return ()
    made = policies(tables, found, language)
    changed = Paragraph((tr("Changed by --set: "), ", ".join(found.changes)), "remark") if found.changes else None
    return changed, _short(made) if isinstance(made, Table) else made


def _totals(tables: RunTables, language: Language) -> list[str]:
    """What the last control totals take, and how many more there are."""
    lines = total_lines(tables, language)
    rest = len(lines) - _MOST_TOTALS
    return lines if rest <= 0 else [*lines[rest:], tr("{n} more in the full report.", n=rest).in_(language)]


def _one_paragraph(section: Section) -> Section:
    """A section with its tables cut to what a brief has room for."""
    return replace(section, parts=tuple(_short(one) if isinstance(one, Table) else one for one in section.parts))


def _conditions(tables: RunTables, language: Language) -> Table:
    made = listed(
        "conditions",
        tr("Conditional: lines that hang on a start or a growth that is assumed"),
        conditional(tables),
        (Column(tr("Target", context="indicator")), lambda one: capital(one.title)),
        (Column(tr("Value")), lambda one: kept(aim(one, language))),
        (Column(tr("Condition")), lambda one: capital(Text(condition(one, "zh"), condition(one, "en")))),
    )
    return _short(made)


def _needs(tables: RunTables, language: Language) -> Table:
    supplied = [one for one in assessed(tables) if isinstance(one.answer, Supply)]
    made = listed(
        "needs",
        tr("Needs of the plan’s standards"),
        (*supplied, *needs(tables)),
        (Column(tr("Service")), lambda one: capital(one.title)),
        (Column(tr("Year"), "year"), lambda one: one.year),
        (Column(tr("Need"), "number"), lambda one: _need(one.answer, language)),
    )
    return _short(made)


def _need(answer: object, language: Language) -> str:
    if isinstance(answer, Supply):
        return quantity(answer.need, answer.need_unit, language)
    return quantity(answer.median, answer.need_unit, language) if isinstance(answer, Need) else ""


def _sources(tables: RunTables) -> Sequence[Words | Quoted]:
    """The plan, then what most values of the run rest on."""
    counted = Counter(row.source for row in tables.assumptions if row.place != "townward" and row.source.en)
    found: list[Words | Quoted] = [tr("Plan: {title}", title=tables.plan_title)] if tables.plan_title else []
    found += [Quoted(capital(source)) for source, _ in counted.most_common(_MOST_SOURCES)]
    published = dict.fromkeys(tables.observed["source"].tolist())
    found += [published_source(one) for one in list(published)[:_MOST_PUBLISHED]]
    return found
