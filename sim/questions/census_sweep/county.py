"""One county of a census table, run on the rates that counties like it have taught."""

from typing import Final

import numpy as np

from sim.common.errors import Place
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.prior import Expected, load_prior, rates_expected
from sim.evidence.calibrate.rates import Rate, Rates
from sim.model.arrays import Array
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.registry import PARAMETERS
from sim.places.base_year.homes import base_homes
from sim.places.census import CensusRow
from sim.places.china.national import load_national
from sim.questions.census_sweep.goal import MEASURE, Goal
from sim.questions.texts import tr
from sim.run.case import Case, RegionCase, case
from sim.run.experiment import unmoved
from sim.run.lanes import Wanted
from sim.run.reaching import BAND, probability, reaches, word
from sim.scenario import closure

YEARS: Final = (
    "rate_low",
    "rate",
    "rate_high",
    "residents_low",
    "residents",
    "residents_high",
    "urban",
    "age_60_plus",
    "age_0_14",
    "probability",
)
"""What is kept of every year: 10%, median and 90% of the urbanization rate [1] and of residents [persons], medians of
urban residents [persons] and of the shares of ages [1], and the probability that the target's rate is reached [1]."""
_MEASURES: Final = (MEASURE, "resident", "urban", "age_60_plus", "age_0_14")
TFR: Final = "fertility.tfr"
_MALES: Final = "fertility.males_per_female"
_SOURCE: Final = tr("learnt from counties with two censuses")


@quickclass(frozen=True, slots=True)
class Asked:
    """What is asked of every county. draws: of each; horizon: the last year that is run."""

    draws: int = 100
    horizon: int = 2035
    seed: int = 2020


@quickclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a county: urbanization rate [1] and residents [persons] at two years' ends, and a verdict.

    rate, horizon_rate: (10%, median, 90%); residents, horizon_residents: medians; probability of reaching the target
    with its Monte Carlo error; status: that probability in a word; years: YEARS of each year from the census on.
    """

    rate: tuple[float, float, float]
    residents: float
    horizon_rate: tuple[float, float, float]
    horizon_residents: float
    probability: float
    error: float
    status: str
    years: tuple[tuple[float, ...], ...]


def outlook(row: CensusRow, goal: Goal, asked: Asked, expected: Expected | None = None) -> Outlook:
    """The trend of a county from its census on, held against a target. expected: as for `county_case`.

    Raises InvalidInput where the row cannot be built, ValueError where the model gives no number.
    """
    wanted = [Wanted(measure, 0, year) for year in range(row.year, asked.horizon + 1) for measure in _MEASURES]
    found = unmoved(county_case(row, asked, expected), wanted, range(asked.draws)).astype(np.float64)
    if not np.isfinite(found).all():
        raise ValueError("the model gives no number")
    by_year = found.reshape(-1, len(_MEASURES), asked.draws)
    years, at = _years(by_year, goal), goal.year - row.year
    then, last = (dict(zip(YEARS, years[one], strict=True)) for one in (at, -1))
    likely, error = probability(reaches(by_year[at, 0], goal.target))
    return Outlook(
        rate=(then["rate_low"], then["rate"], then["rate_high"]),
        residents=then["residents"],
        horizon_rate=(last["rate_low"], last["rate"], last["rate_high"]),
        horizon_residents=last["residents"],
        probability=likely,
        error=error,
        status=word(likely, error),
        years=years,
    )


def _years(draws: Array, goal: Goal) -> tuple[tuple[float, ...], ...]:
    """YEARS of each year. draws: _MEASURES [year, measure, draw]."""
    rate, residents, urban, old, young = draws.transpose(1, 0, 2)
    bands = np.quantile(draws[:, :2], BAND, axis=-1).transpose(1, 2, 0).reshape(len(draws), -1)
    medians = np.median(np.stack([urban, old / residents, young / residents], axis=1), axis=-1)
    likely = [probability(reaches(one, goal.target))[0] for one in rate]
    numbers = np.concatenate([bands, medians, np.array(likely)[:, np.newaxis]], axis=1)
    return tuple(tuple(row) for row in numbers.tolist())


def county_case(row: CensusRow, asked: Asked, expected: Expected | None = None) -> Case:
    """The case of a county by itself: its base year from the row, its rates from the learnt prior, no policy.

    expected: what that prior expects of it, where it was found together with other counties.
    """
    expected, national = expected or load_prior().expected(row), load_national()
    rates = rates_expected(row, expected)
    spread = [i for i, rate in enumerate(rates.uncertain) if rate.value > 0.0]
    paths = tuple(rates.uncertain[i].path for i in spread)
    region = RegionCase(
        id=row.code,
        settings=(*settings(rates), *closure.settings(row.kind, row.year, paths, "learnt")),
        correlation_paths=paths,
        correlation=rates.correlation[np.ix_(spread, spread)] if spread else None,
        pop=expected.lanes.pop[0],
        households=row.households,
        homes=base_homes(row),
    )
    return case(row.year, asked.horizon, asked.seed, [region], national)


def settings(rates: Rates) -> tuple[Setting, ...]:
    """Learnt rates as the settings that a region's `rates.yaml` of them would give."""
    tfr = next(rate for rate in rates.rates if rate.path == TFR)
    others = (rate for rate in rates.rates if rate.path != TFR)
    return (
        _setting(TFR, rates.tfr, _spread(tfr)),
        _setting(_MALES, rates.males_per_female, None),
        *(_setting(rate.path, {0: rate.value}, _spread(rate)) for rate in others),
    )


def _spread(rate: Rate) -> Distribution | None:
    """The uncertainty of a rate; one of 0 is certain, since it has no logarithm to spread."""
    return Distribution("lognormal", sd=rate.deviation) if rate.deviation and rate.value > 0.0 else None


def _setting(path: str, by_year: dict[int, float], dist: Distribution | None) -> Setting:
    origin = Origin(Place("--census"), _SOURCE, None, "", PARAMETERS[path].unit)
    return Setting(
        path=path,
        change="set",
        years=tuple(by_year),
        values=tuple(by_year.values()),
        dist=dist,
        source=Given("census"),
        origin=origin,
    )
