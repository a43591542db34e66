"""Jobs and incomes of a year: what policies and projects add, and how the gap that they open is filled.

The market keeps the base year's jobs per member of the urban labour force; jobs of policies open a gap that fades as
the market fills it (Carlino & Mills 1987, doi:10.1111/j.1467-9787.1987.tb01143.x).
"""

from dataclasses import dataclass, fields

import numpy as np

from sim.model.arrays import ByRegion, Values
from sim.model.registry import PARAMETERS
from tests.model.oracle.jobs_inputs import JobsInputs

_USUAL = {zone: PARAMETERS[f"income.{zone}_growth"].default for zone in ("urban", "rural")}
# part of the rates that were fitted: only what departs from it acts


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """Jobs at a year's end.

    gap: jobs opened by policies and projects and not yet filled; coming: persons who come with them in the year after;
    beyond: logarithm of market jobs per member of the labour force over the base year's; gross, trained, placed: since
    the base year; urban_income, rural_income: logarithm of income over the base year's.
    """

    gap: ByRegion
    coming: ByRegion
    beyond: ByRegion
    gross: ByRegion
    trained: ByRegion
    placed: ByRegion
    urban_income: ByRegion
    rural_income: ByRegion
    urban_departure: ByRegion
    rural_departure: ByRegion


def start(shape: tuple[int, int]) -> Jobs:
    """The base year: no gap, nothing added. shape: draws and regions."""
    return Jobs(**{field.name: np.zeros(shape) for field in fields(Jobs)})


def year(before: Jobs, opened: ByRegion, now: JobsInputs) -> tuple[Jobs, Values]:
    """Jobs a year later and the flows of the year.

    opened: gross jobs of projects that opened in the year before [job].
    """
    gross = now.jobs.new + opened
    net = gross * now.jobs.net_share * (1.0 + now.jobs.multiplier)
    urban, rural = np.log1p(now.income.urban_growth), np.log1p(now.income.rural_growth)
    after = Jobs(
        gap=before.gap * (1.0 - now.jobs.absorbed) + net * (1.0 - np.minimum(now.jobs.families, 1.0)),
        coming=np.broadcast_to(net * now.jobs.families, before.gap.shape),
        beyond=before.beyond + np.log1p(now.jobs.beyond_labour),
        gross=before.gross + gross,
        trained=before.trained + now.skills.trained,
        placed=before.placed + now.labour.placed,
        urban_income=before.urban_income + urban,
        rural_income=before.rural_income + rural,
        urban_departure=before.urban_departure + urban - np.log1p(_USUAL["urban"]),
        rural_departure=before.rural_departure + rural - np.log1p(_USUAL["rural"]),
    )
    full = np.broadcast_to(gross, before.gap.shape)
    return after, {"new_jobs_gross": full, "new_jobs_net": np.broadcast_to(net, before.gap.shape)}


def urban_jobs(jobs: Jobs, labour: ByRegion, now: JobsInputs) -> ByRegion:
    """Urban jobs [job]. labour: urban labour force [person]."""
    market = labour * (1.0 - now.labour.unemployment) * np.exp(jobs.beyond)
    total: ByRegion = market + jobs.gap
    return total


def vacancy(jobs: Jobs, labour: ByRegion, now: JobsInputs) -> ByRegion:
    """Jobs per member of the urban labour force over the base year's [share]; 0 in the base year."""
    opened = np.divide(jobs.gap, labour, out=np.zeros_like(jobs.gap), where=labour > 0.0)
    change: ByRegion = opened + (1.0 - now.labour.unemployment) * np.expm1(jobs.beyond)
    return change


def stocks(jobs: Jobs, labour: ByRegion, people: tuple[ByRegion, ByRegion], now: JobsInputs) -> Values:
    """What adds up over regions at a year's end, each [draw, region]; incomes are totals [yuan].

    labour: urban labour force; people: urban and rural residents [person].
    """
    urban, rural = people
    return {
        "urban_jobs": urban_jobs(jobs, labour, now),
        "job_gap": jobs.gap,
        "new_jobs_total": jobs.gross,
        "trained": jobs.trained,
        "placed": jobs.placed,
        "urban_income_total": urban * now.income.urban * np.exp(jobs.urban_income),
        "rural_income_total": rural * now.income.rural * np.exp(jobs.rural_income),
    }
