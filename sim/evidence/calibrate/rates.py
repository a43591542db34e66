"""What a fit means for the years after the second census: rates, their uncertainty, and how they move together."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.fit import Fit, county
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS, lasting
from sim.evidence.calibrate.replay import Decade, central
from sim.evidence.calibrate.split import loads, share_at
from sim.model.arrays import Array
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.china.national import National

OWN_DRIFT: Final = 0.05
"""Standard deviation of the logarithm by which each rate departs from the others of its parameter (assumption)."""

_NAMES: Final = [parameter.name for parameter in FREE_PARAMETERS]
_SPLIT: Final = _NAMES.index("reclassified")

TFR_YEARS: Final = (2010, 2015, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2030, 2040, 2050)


@quickclass(frozen=True, slots=True)
class Rate:
    """The central value of a parameter from the second census on, and the deviation of its logarithm (0: certain)."""

    path: str
    value: float
    deviation: float


@quickclass(frozen=True, slots=True)
class Rates:
    """All fitted rates; correlation: of the logarithms of those that are uncertain, in their order."""

    rates: tuple[Rate, ...]
    tfr: dict[int, float]
    males_per_female: dict[int, float]
    correlation: Array

    @property
    def uncertain(self) -> tuple[Rate, ...]:
        """Rates with a deviation, in the order of the correlation."""
        return tuple(rate for rate in self.rates if rate.deviation)

    @property
    def at_bounds(self) -> tuple[str, ...]:
        """Paths whose value stands at a bound of the parameter, so that the fit could not go on; 0 is none of them."""
        return tuple(rate.path for rate in self.rates if rate.value and rate.value in _bounds(rate.path))


def rates(decade: Decade, fit: Fit, headship_trend: float) -> Rates:
    """Rates from the end of the decade on: those fitted to it, with the posterior and the drift of each parameter."""
    values = central(county(decade), lasting(FREE_PARAMETERS, fit.parameters)[np.newaxis])
    touched = list(dict.fromkeys(path for parameter in FREE_PARAMETERS for path in parameter.paths))
    drift = np.diag([parameter.drift**2 for parameter in FREE_PARAMETERS])
    moving = [path for path in touched if not path.startswith(FIXED_PREFIXES)]
    share = share_at(np.array(decade.reclassified), fit.parameters[_SPLIT])
    slopes = loads(FREE_PARAMETERS, moving, float(share))
    covariance = slopes @ (fit.spread + drift) @ slopes.T + OWN_DRIFT**2 * np.eye(len(moving))
    deviations = np.sqrt(np.diag(covariance))
    found = [
        Rate(path, float(values[path][0, -1]), float(deviations[moving.index(path)]) if path in moving else 0.0)
        for path in touched
    ]
    found.append(Rate("household.headship_trend", headship_trend, 0.0))
    last = decade.years[-1]
    level = float(np.exp(fit.parameters[_NAMES.index("fertility")]))
    return Rates(
        rates=tuple(found),
        tfr={year: decade.national.tfr_of(year) * level for year in TFR_YEARS if year >= last},
        males_per_female=_males_per_female(decade.national, last),
        correlation=covariance / np.outer(deviations, deviations),
    )


def _bounds(path: str) -> tuple[float, float]:
    return PARAMETERS[path].low, PARAMETERS[path].high


def _males_per_female(national: National, first: int) -> dict[int, float]:
    return {year: national.males_per_female_of(year) for year in (first, first + 5, first + 15, first + 30)}
