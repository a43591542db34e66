"""Work and incomes in the report."""

from typing import Final

from sim.common.language import Language
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Paragraph, Section
from sim.output.report.listing import figures_table
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

_TITLE: Final = tr("Jobs and incomes")
_NONE_OPENED: Final = tr("No policy or project of the scenario opens jobs: jobs follow the labour force.")
_KEY: Final = (
    "labour_force",
    "urban_labour_force",
    "urban_jobs",
    "new_jobs_total",
    "job_gap",
    "trained",
    "placed",
    "income_urban",
    "income_rural",
    "income_ratio",
)


def jobs(tables: RunTables, language: Language) -> Section:
    """The section on jobs and incomes; empty where the run has none."""
    found = curves(tables, _KEY)
    if not found.has("urban_jobs"):
        return Section("jobs", _TITLE)
    figures = of_section("jobs", tables, language)
    shown = [measure for measure in _KEY if any(found.mean(measure).values())]
    caption = tr("Jobs and incomes: medians (80% band in brackets), incomes at prices of 2020")
    said = None if "new-jobs" in figures else Paragraph(_NONE_OPENED, "remark")
    below = figures_table("jobs", tables, shown, caption, language)
    return Section("jobs", _TITLE, (said, Charts(figures), below))
