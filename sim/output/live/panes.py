"""The panes below the answer: the report's own sections of one region and year, as markup and figures."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.common.language import Language, Text
from sim.output.charts import moves, pyramid
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Section
from sim.output.layout.render import fragment
from sim.output.live.figures import untitled
from sim.output.report.assumptions import assumptions_table
from sim.output.report.facilities import facilities
from sim.output.report.homes import homes
from sim.output.report.jobs import jobs
from sim.output.report.listing import (
    key_figures,
    marks_table,
    needs_table,
    observed_table,
    regions_table,
    unassessed_table,
)
from sim.output.report.money import money
from sim.output.report.panel import supply_panels
from sim.output.report.pipeline import projects
from sim.output.texts import tr
from sim.run.tables import RunTables

Made = Callable[[RunTables, Language], tuple[Section, ...]]


def pane(name: str, tables: RunTables, language: Language) -> dict[str, Any]:
    """A pane of that name as markup, with its figures by id. Raises KeyError where there is none."""
    sections = [section for section in _PANES[name][1](tables, language) if section]
    figures = {id_: untitled(figure) for section in sections for id_, figure in section.figures.items()}
    return {"markup": "".join(fragment(section, language) for section in sections), "figures": figures}


def _ages(tables: RunTables, language: Language) -> tuple[Section, ...]:
    drawn = {"pyramid": pyramid.residents(tables, language)}
    return (Section("ages", tr("Ages"), (Charts(drawn, wide=True),)),)


def _people(tables: RunTables, language: Language) -> tuple[Section, ...]:
    region = tables.regions[0][0]
    drawn = of_section("people", tables, language, region)
    flow = moves.sankey(tables, language, region)
    drawn |= {} if flow is None else {"moves": flow}
    many = (regions_table(tables),) if len(tables.regions) > 1 else ()
    return (Section("people", tr("People and moves"), (key_figures(tables, language), *many, Charts(drawn))),)


def _needs(tables: RunTables, language: Language) -> tuple[Section, ...]:
    return (facilities(tables, language),)


def _economy(tables: RunTables, language: Language) -> tuple[Section, ...]:
    return jobs(tables, language), money(tables, language)


def _plan(tables: RunTables, language: Language) -> tuple[Section, ...]:
    """Every line of the plan that the answer above does not show."""
    panels = supply_panels(tables, language)
    return (
        Section("lines", tr("Lines of the plan"), panels),
        Section("needs", tr("Needs"), (needs_table(tables, language),)),
        Section("unassessed", tr("Lines not assessed"), (unassessed_table(tables, language),)),
    )


def _sources(tables: RunTables, language: Language) -> tuple[Section, ...]:
    return (
        Section("assumptions", tr("Assumptions"), (assumptions_table(tables),)),
        Section("data", tr("Data"), (marks_table(tables), observed_table(tables, language))),
    )


_PANES: Final[Mapping[str, tuple[Text, Made]]] = {
    "ages": (tr("Ages"), _ages),
    "people": (tr("People and moves"), _people),
    "homes": (tr("Homes"), lambda tables, language: (homes(tables, language),)),
    "needs": (tr("Facilities"), _needs),
    "projects": (tr("Projects"), lambda tables, language: (projects(tables, language),)),
    "economy": (tr("Jobs, money and land"), _economy),
    "plan": (tr("Lines of the plan"), _plan),
    "sources": (tr("Sources"), _sources),
}
NAMES: Final[Mapping[str, Text]] = {name: title for name, (title, _) in _PANES.items()}
"""Panes by name, in the order in which they are shown."""
