"""The charts of a report, section by section, in the order in which they are shown: one entry each."""

from collections.abc import Callable
from typing import Final

from sim.common.language import Language
from sim.common.quickclass import quickclass
from sim.output.charts import facilities, growth, homes, jobs, money, pipeline, zones
from sim.output.charts.over_years import Chart
from sim.output.charts.style import Figure
from sim.run.tables import RunTables


@quickclass(frozen=True, slots=True)
class Drawn:
    """A chart with a function of its own, which gives None where there is nothing to draw."""

    section: str
    id: str
    draw: Callable[[RunTables, Language, str | None], Figure | None]


CHARTS: Final[tuple[Chart | Drawn, ...]] = (
    zones.POPULATION,
    Drawn("people", "sources", growth.sources),
    jobs.LABOUR,
    Drawn("jobs", "new-jobs", jobs.new_jobs),
    jobs.INCOMES,
    jobs.INCOME_RATIO,
    Drawn("homes", "home-demand", homes.waterfall),
    Drawn("facilities", "need-growth", facilities.growth),
    Drawn("facilities", "adequacy", facilities.adequacy),
    Drawn("projects", "gantt", pipeline.gantt),
    money.BUDGET,
    money.LAND,
)
"""Charts over the years are data (`over_years.Chart`); to add one is to add it here, and no more."""


def of_section(section: str, tables: RunTables, language: Language, region: str | None = None) -> dict[str, Figure]:
    """The figures of a section of the report by id, those left out that have nothing to show."""
    drawn = {one.id: one.draw(tables, language, region) for one in CHARTS if one.section == section}
    return {id_: figure for id_, figure in drawn.items() if figure is not None}
