"""The economy of a run in its report: homes, facilities, projects, money and land, jobs, and what policies add."""

from sim.language import Language
from sim.report.contributions import contributions
from sim.report.facilities import facilities
from sim.report.homes import homes
from sim.report.jobs import jobs
from sim.report.money import money
from sim.report.part import Part
from sim.report.pipeline import projects
from sim.tables import RunTables


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
