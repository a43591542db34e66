"""Work and incomes: labour force and jobs in towns, jobs opened a year, incomes in towns and villages."""

from typing import Final

from sim.common.language import Language, Text
from sim.output.charts.lines import Line, lines
from sim.output.charts.style import (
    INK,
    SCENARIOS,
    ZONES,
    Axis,
    Figure,
    Spec,
    figure,
    tint,
    unit_note,
    value_axis,
    years_axis,
)
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

NEW_JOBS: Final = "new_jobs_gross"


def labour(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Labour force and jobs in towns, medians and 80% bands [person, job]."""
    wanted = (
        Line("urban_labour_force", tr("Urban labour force"), SCENARIOS[0]),
        Line("urban_jobs", tr("Urban jobs"), SCENARIOS[1]),
    )
    return lines(
        tables,
        wanted,
        tr("Labour force and jobs in towns"),
        tr("Medians and 80% bands; a job for a person"),
        language,
        region,
    )


def incomes(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Disposable income per person in towns and in villages, medians and 80% bands [yuan of 2020]."""
    wanted = (
        Line("income_urban", tr("In towns"), ZONES["city"]),
        Line("income_rural", tr("In villages"), ZONES["rural"]),
    )
    return lines(
        tables,
        wanted,
        tr("Disposable income per person"),
        tr("Prices of 2020; medians and 80% bands"),
        language,
        region,
    )


def ratio(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Income in towns over that in villages, median and 80% band [1]."""
    wanted = (Line("income_ratio", tr("Towns over villages"), SCENARIOS[3]),)
    title = tr("Income in towns over that in villages")
    return lines(tables, wanted, title, tr("Median and 80% band"), language, region)


def has_new_jobs(tables: RunTables, region: str | None = None) -> bool:
    """Whether policies or projects open any job."""
    return any(curves(tables, [NEW_JOBS], region).mean(NEW_JOBS).values())


def new_jobs(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """Gross new jobs in towns a year by policies and projects, median and 80% band [person a year]."""
    found = curves(tables, [NEW_JOBS], region)
    axis = Axis(1.0, tr("people a year").in_(language), Text(" 人", "").in_(language), 0)
    low, middle, high = (found.quantile(NEW_JOBS, at) for at in (0.1, 0.5, 0.9))
    trace = {
        "type": "bar",
        "name": tr("Median and 80% band").in_(language),
        "x": list(middle),
        "y": [axis.scaled(value) for value in middle.values()],
        "marker": {"color": tint(SCENARIOS[0], 0.5)},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [axis.scaled(high[year] - middle[year]) for year in middle],
            "arrayminus": [axis.scaled(middle[year] - low[year]) for year in middle],
            "color": INK,
            "thickness": 1.2,
            "width": 3,
        },
        "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
    }
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
