"""How many new homes a year asks for, and what is lost: growth, improvement, replacement, vacancy."""

from math import erfc, sqrt

import numpy as np

from sim.model.compiled import rule
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import Homes, HomesYear
from sim.model.homes.zones import ratio, usual_vacancy

MOST_VACANCY = 0.9


@rule
def target_vacancy(stock: Homes, now: HomesInputs, zone: int) -> float:
    """The vacancy that the market builds for [1]: the usual one, moved by what was declared since."""
    target = stock.usual[zone] + (usual_vacancy(now, zone) - stock.declared[zone])
    found: float = np.minimum(np.maximum(target, 0.0), MOST_VACANCY)
    return found


@rule
def floor_per_person(stock: Homes, zone: int) -> float:
    """Floor area that households live in per resident [m²/person]."""
    return ratio(lived_floor(stock, zone), stock.residents[zone])


@rule
def lived_floor(stock: Homes, zone: int) -> float:
    """Floor area of homes that are lived in [m²]."""
    lived: float = stock.floor[zone] * ratio(np.minimum(stock.households[zone], stock.homes[zone]), stock.homes[zone])
    return lived


@rule
def share_below(mean: float, norm: float, spread: float) -> float:
    """Share of households whose floor area per person is below the norm [1], lognormal around the mean."""
    distance = np.log(norm) - np.log(mean) + spread**2 / 2.0
    return 0.5 * erfc(-(distance / spread) / sqrt(2.0))


@rule
def improving(stock: Homes, now: HomesInputs, zone: int) -> float:
    """Households that move to a better home in a year [home/year]."""
    housed: float = np.minimum(stock.households[zone], stock.homes[zone])
    if not housed > 0.0:
        return housed * 0.0
    return housed * share_below(floor_per_person(stock, zone), now.floor_norm, now.floor_spread) * now.improvement


@rule
def losses(stock: Homes, now: HomesInputs, zone: int, flows: HomesYear) -> None:
    """Homes demolished for their age, and homes that improving households leave for good [home/year]."""
    improved = improving(stock, now, zone)
    ageing = stock.homes[zone] * now.demolition
    flows.improvement[zone], flows.ageing[zone] = improved, ageing
    flows.withdrawn[zone] = np.minimum(improved * (1.0 - now.reuse), stock.homes[zone] - ageing)


@rule
def demand(change: float, zone: int, flows: HomesYear) -> None:
    """The year's demand for new homes by part [home/year]. change: of households.

    Where households become fewer, the homes that they leave serve the other parts first; what is beyond them stands
    empty.
    """
    target, improved = flows.target[zone], flows.improvement[zone]
    growth = np.maximum(change, 0.0)
    replacement = flows.ageing[zone] + flows.renewal[zone]
    frictional = growth * target / (1.0 - target)
    freed = improved - flows.withdrawn[zone] + np.maximum(-change, 0.0) / (1.0 - target)
    gross = growth + improved + replacement + frictional
    reused = -np.minimum(freed, gross)
    flows.growth[zone], flows.replacement[zone], flows.vacancy[zone] = growth, replacement, frictional
    flows.reused[zone] = reused
    flows.demand[zone] = gross + reused
