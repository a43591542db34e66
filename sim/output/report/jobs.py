"""Work and incomes in the report."""

from typing import Final

from sim.common.language import Language
from sim.output.charts.registry import of_section
from sim.output.report.html import Html
from sim.output.report.listing import figures_table
from sim.output.report.page import charts
from sim.output.report.part import Part, part, remark
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

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


def jobs(tables: RunTables, language: Language) -> Part:
    """The section on jobs and incomes; empty where the run has none."""
    found = curves(tables, _KEY)
    if not found.has("urban_jobs"):
        return Part(Html(""))
    figures, said = of_section("jobs", tables, language), Html("")
    if "new-jobs" not in figures:
        said = remark(
            tr("No policy or project of the scenario opens jobs: jobs follow the labour force."),
            language,
        )
    shown = [measure for measure in _KEY if any(found.mean(measure).values())]
    caption = tr("Jobs and incomes: medians (80% band in brackets), incomes at prices of 2020")
    below = figures_table(tables, shown, caption, language)
    body = part("jobs", tr("Jobs and incomes"), language, said, charts(figures), below).body
    return Part(body, figures)
