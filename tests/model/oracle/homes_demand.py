"""How many new homes a year asks for, and what is lost: growth, improvement, replacement, vacancy."""

import numpy as np
from scipy.special import ndtr

from sim.model.arrays import ByRegion, ByZone
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import Demand, Homes
from tests.model.oracle.homes_zones import ratio

MOST_VACANCY = 0.9


def target_vacancy(stock: Homes, declared: ByZone) -> ByZone:
    """The vacancy that the market builds for [1]: the usual one, moved by what was declared since."""
    target: ByZone = np.clip(stock.usual + (declared - stock.declared), 0.0, MOST_VACANCY)
    return target


def floor_per_person(stock: Homes) -> ByZone:
    """Floor area that households live in per resident [m²/person]."""
    return ratio(lived_floor(stock), stock.residents)


def lived_floor(stock: Homes) -> ByZone:
    """Floor area of homes that are lived in [m²]."""
    return stock.floor * ratio(np.minimum(stock.households, stock.homes), stock.homes)


def share_below(mean: ByZone, norm: ByRegion, spread: ByRegion) -> ByZone:
    """Share of households whose floor area per person is below the norm [1], lognormal around the mean."""
    with np.errstate(divide="ignore"):
        distance = np.log(norm) - np.log(mean) + spread**2 / 2.0
    share: ByZone = ndtr(distance / spread)
    return share


def improving(stock: Homes, now: HomesInputs) -> ByZone:
    """Households that move to a better home in a year [home/year]."""
    norm, spread = now.floor_norm[..., np.newaxis], now.floor_spread[..., np.newaxis]
    housed = np.minimum(stock.households, stock.homes)
    below = share_below(floor_per_person(stock), norm, spread)
    return housed * np.where(housed > 0.0, below, 0.0) * now.improvement[..., np.newaxis]


def losses(stock: Homes, improved: ByZone, now: HomesInputs) -> tuple[ByZone, ByZone]:
    """Homes demolished for their age, and homes that improving households leave for good [home/year]."""
    ageing = stock.homes * now.demolition[..., np.newaxis]
    withdrawn = np.minimum(improved * (1.0 - now.reuse[..., np.newaxis]), stock.homes - ageing)
    return ageing, withdrawn


def demand(change: ByZone, improved: ByZone, lost: tuple[ByZone, ByZone], renewal: ByZone, target: ByZone) -> Demand:
    """The year's demand for new homes by part [home/year], [draw, region, zone].

    change: of households; lost: as `losses`; renewal: homes demolished in it; target: vacancy built for.
    Where households become fewer, the homes that they leave serve the other parts first; what is beyond them stands
    empty.
    """
    ageing, withdrawn = lost
    growth = np.maximum(change, 0.0)
    replacement = ageing + renewal
    frictional = growth * target / (1.0 - target)
    freed = improved - withdrawn + np.maximum(-change, 0.0) / (1.0 - target)
    gross = growth + improved + replacement + frictional
    return Demand(
        growth=growth,
        improvement=improved,
        replacement=replacement,
        vacancy=frictional,
        reused=-np.minimum(freed, gross),
    )
