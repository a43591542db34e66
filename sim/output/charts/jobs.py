"""Work and incomes: labour force and jobs in towns, jobs opened a year, incomes in towns and villages."""

from typing import Final

from sim.common.language import Language
from sim.output.charts.axes import value_axis, years_axis
from sim.output.charts.notes import unit_note
from sim.output.charts.over_years import Chart, Series
from sim.output.charts.style import INK, SCENARIOS, ZONES, Axis, Figure, Spec, figure, tint
from sim.output.charts.traces import columns, whiskers
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

NEW_JOBS: Final = "new_jobs_gross"

LABOUR: Final = Chart(
    section="jobs",
    id="labour",
    title=tr("Labour force and jobs in towns"),
    note=tr("Medians and 80% bands; a job for a person"),
    series=(
        Series("urban_labour_force", tr("Urban labour force"), SCENARIOS[0]),
        Series("urban_jobs", tr("Urban jobs"), SCENARIOS[1]),
    ),
)
INCOMES: Final = Chart(
    section="jobs",
    id="incomes",
    title=tr("Disposable income per person"),
    note=tr("Prices of 2020; medians and 80% bands"),
    series=(
        Series("income_urban", tr("In towns"), ZONES["city"]),
        Series("income_rural", tr("In villages"), ZONES["rural"]),
    ),
)
INCOME_RATIO: Final = Chart(
    section="jobs",
    id="income-ratio",
    title=tr("Income in towns over that in villages"),
    note=tr("Median and 80% band"),
    series=(Series("income_ratio", tr("Towns over villages"), SCENARIOS[3]),),
)


def new_jobs(tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
    """Gross new jobs in towns a year, median and 80% band [person a year]; None where policies and projects open none.

    Whiskers are the bands.
    """
    found = curves(tables, [NEW_JOBS], region)
    if not any(found.mean(NEW_JOBS).values()):
        return None
    axis = Axis(1.0, tr("people a year").in_(language), tr("", context="people").in_(language), 0)
    low, middle, high = (found.quantile(NEW_JOBS, at) for at in (0.1, 0.5, 0.9))
    above = [axis.scaled(high[year] - middle[year]) for year in middle]
    below = [axis.scaled(middle[year] - low[year]) for year in middle]
    name = tr("Median and 80% band").in_(language)
    trace = columns(middle, axis, name, tint(SCENARIOS[0], 0.5)) | {"error_y": whiskers(above, below, INK, 1.2, 3)}
    layout: Spec = {
        "showlegend": False,
        "bargap": 0.35,
        "xaxis": years_axis(min(found.years), max(found.years), language),
        "yaxis": value_axis(axis) | {"rangemode": "tozero"},
        "annotations": [unit_note(axis, language)],
    }
    title = tr("New urban jobs by policies and projects").in_(language)
    subtitle = tr("Gross, jobs lost not taken off; medians and 80% bands")
    return figure([trace], title, subtitle.in_(language), layout, language)
