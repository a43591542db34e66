"""The economy of a run in its report: homes, facilities, projects, money and land, jobs."""

from sim.common.language import Language
from sim.output.layout.parts import Section
from sim.output.report.facilities import facilities
from sim.output.report.homes import homes
from sim.output.report.jobs import jobs
from sim.output.report.money import money
from sim.output.report.pipeline import projects
from sim.run.tables import RunTables


def sections(tables: RunTables, language: Language) -> tuple[Section, ...]:
    """Jobs, homes, facilities, projects, money and land."""
    made = (jobs, homes, facilities, projects, money)
    return tuple(section(tables, language) for section in made)
