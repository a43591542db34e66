"""Jobs and incomes of a year: what policies and projects add, and how the gap that they open is filled.

The market keeps the base year's jobs per member of the urban labour force; jobs of policies open a gap that fades as
the market fills it (Carlino & Mills 1987, doi:10.1111/j.1467-9787.1987.tb01143.x).
"""

from typing import Final

import numpy as np

from sim.model.compiled import rule
from sim.model.jobs.inputs import JobsInputs
from sim.model.registry import PARAMETERS

_USUAL_URBAN: Final = float(np.log1p(PARAMETERS["income.urban_growth"].default))
_USUAL_RURAL: Final = float(np.log1p(PARAMETERS["income.rural_growth"].default))
# part of the rates that were fitted: only what departs from it acts


class Jobs:
    """Jobs at a year's end, all 0 in the base year.

    gap: jobs opened by policies and projects and not yet filled; coming: persons who come with them next year;
    beyond: logarithm of market jobs per member of the labour force over the base year's; gross, trained, placed: since
    the base year; urban_income, rural_income: logarithm of income over the base year's, and over its usual path
    (departure).
    """

    gap: float
    coming: float
    beyond: float
    gross: float
    trained: float
    placed: float
    urban_income: float
    rural_income: float
    urban_departure: float
    rural_departure: float


class JobsSums:
    """What is reported of jobs and adds up over regions; incomes are totals [yuan]."""

    new_jobs_gross: float
    new_jobs_net: float
    urban_jobs: float
    job_gap: float
    new_jobs_total: float
    trained: float
    placed: float
    urban_income_total: float
    rural_income_total: float


@rule
def year(jobs: Jobs, opened: float, now: JobsInputs, sums: JobsSums) -> None:
    """Jobs a year later, in place, and the flows of the year. opened: gross jobs of projects that opened [job]."""
    gross = now.jobs.new + opened
    net = gross * now.jobs.net_share * (1.0 + now.jobs.multiplier)
    urban, rural = np.log1p(now.income.urban_growth), np.log1p(now.income.rural_growth)
    jobs.coming = net * now.jobs.families
    filled = min(now.jobs.families, 1.0)  # each by one of those who come, as far as there are as many
    jobs.gap = jobs.gap * (1.0 - now.jobs.absorbed) + net * (1.0 - filled)
    jobs.beyond += np.log1p(now.jobs.beyond_labour)
    jobs.gross += gross
    jobs.trained += now.skills.trained
    jobs.placed += now.labour.placed
    jobs.urban_income += urban
    jobs.rural_income += rural
    jobs.urban_departure = jobs.urban_departure + urban - _USUAL_URBAN
    jobs.rural_departure = jobs.rural_departure + rural - _USUAL_RURAL
    sums.new_jobs_gross = gross
    sums.new_jobs_net = net


@rule
def vacancy(jobs: Jobs, labour: float, now: JobsInputs) -> float:
    """Jobs per member of the urban labour force over the base year's [share]; 0 in the base year."""
    opened = jobs.gap / labour if labour > 0.0 else 0.0
    change: float = opened + (1.0 - now.labour.unemployment) * np.expm1(jobs.beyond)
    return change


@rule
def stocks(jobs: Jobs, labour: float, urban: float, rural: float, now: JobsInputs, sums: JobsSums) -> None:
    """What is reported at a year's end. labour: urban labour force; urban, rural: residents [person]."""
    sums.urban_jobs = labour * (1.0 - now.labour.unemployment) * np.exp(jobs.beyond) + jobs.gap
    sums.job_gap = jobs.gap
    sums.new_jobs_total = jobs.gross
    sums.trained = jobs.trained
    sums.placed = jobs.placed
    sums.urban_income_total = urban * now.income.urban * np.exp(jobs.urban_income)
    sums.rural_income_total = rural * now.income.rural * np.exp(jobs.rural_income)
