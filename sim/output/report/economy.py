"""The economy of a run in its report: homes, facilities, projects, money and land, jobs, and what policies add."""

from sim.common.language import Language
from sim.output.report.contributions import contributions
from sim.output.report.facilities import facilities
from sim.output.report.homes import homes
from sim.output.report.jobs import jobs
from sim.output.report.money import money
from sim.output.report.part import Part
from sim.output.report.pipeline import projects
from sim.run.tables import RunTables


def parts(tables: RunTables, language: Language) -> tuple[Part, ...]:
    """The sections in their order: what policies add, jobs, homes, facilities, projects, money and land."""
    return (
        contributions(tables, language),
        jobs(tables, language),
        homes(tables, language),
        facilities(tables, language),
        projects(tables, language),
        money(tables, language),
    )
