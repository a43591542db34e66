"""What a run reports of homes: quantities that add up over regions, of which the table makes ratios."""

from typing import Any, Final

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import CITY, RURAL, TOWN
from sim.model.compiled import rule
from sim.model.homes.demand import lived_floor
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import (
    AFFORDABLE,
    N_ZONES,
    PROGRAMMES,
    PUBLIC_RENTAL,
    RENOVATION,
    SLOTS,
    TALENT,
    TENURES,
    Homes,
    HomesYear,
)
from sim.model.homes.tenure import TenureSums, tenure_totals
from sim.model.homes.zones import county, of_zone, vacancy
from sim.model.records import layout

PARTS: Final = ("growth", "improvement", "replacement", "vacancy", "reused")
"""Parts of the demand for new homes; the last one is negative."""

_PAID: Final = ("market", "public_rental", "affordable", "talent", "resettlement", "shanty", "renovation")
_PLACES: Final = ("home_shortage", "floor_lived", "home_demand", *(f"home_demand.{part}" for part in PARTS))
_COUNTY: Final = (
    *("homes_under_construction", "homes_started", "homes_completed", *(f"homes_completed.{one}" for one in TENURES)),
    *("homes_demolished", *(f"homes_demolished.{one}" for one in ("age", "renewal", "withdrawn"))),
    *("homes_land", "homes_land_new", "home_investment", *(f"home_investment.{one}" for one in _PAID)),
    "home_investment.rural_improved",
)
HOMES_SUMS: Final = np.dtype(
    [(name, np.float64, (5,)) for name in ("homes", "homes_empty")]
    + [(name, np.float64, (3,)) for name in (*_PLACES, "home_floor_completed")]
    + [(name, np.float64) for name in _COUNTY]
    + [(name, np.float64) for name in layout(TenureSums).names or ()]
)
"""Sums of a county; those of three are also of towns and of villages, those of five of city and town besides."""

N_TENURES: Final = len(TENURES)
N_PROGRAMMES: Final = len(PROGRAMMES)


@rule
def places(amount: Array, found: Array) -> None:
    """An amount by zone in all, of towns and of villages, and where there is room of city and town."""
    urban = amount[CITY] + amount[TOWN]
    found[0], found[1], found[2] = urban + amount[RURAL], urban, amount[RURAL]
    if found.shape[0] > 3:
        found[3], found[4] = amount[CITY], amount[TOWN]


@rule
def vacancy_change(stock: Homes, zone: int) -> float:
    """Vacancy against what people are used to [1]: what the pull of moves is given."""
    return vacancy(stock, zone) - stock.felt[zone] if stock.homes[zone] > 0.0 else 0.0


@rule
def stock_totals(stock: Homes, now: HomesInputs, sums: Any, scratch: Array) -> None:
    """Stocks that add up over regions; NaN where the base year's is not known. scratch: work space [zone]."""
    places(stock.homes, sums["homes"])
    for zone in range(N_ZONES):
        scratch[zone] = np.maximum(stock.homes[zone] - stock.households[zone], 0.0)
    places(scratch, sums["homes_empty"])
    for zone in range(N_ZONES):
        scratch[zone] = np.maximum(stock.households[zone] - stock.homes[zone], 0.0)
    places(scratch, sums["home_shortage"])
    for zone in range(N_ZONES):
        scratch[zone] = lived_floor(stock, zone)
    places(scratch, sums["floor_lived"])
    building = 0.0
    for slot in range(SLOTS):
        building += county(stock.market[slot])
        for kind in range(RENOVATION):
            building += stock.programmes[slot, kind]
    sums["homes_under_construction"] = building if county(stock.homes) >= 0.0 else np.nan
    tenure_totals(stock, now, sums)


@rule
def flow_totals(flows: HomesYear, now: HomesInputs, sums: Any) -> None:
    """Flows of a year that add up over regions."""
    places(flows.demand, sums["home_demand"])
    places(flows.growth, sums["home_demand.growth"])
    places(flows.improvement, sums["home_demand.improvement"])
    places(flows.replacement, sums["home_demand.replacement"])
    places(flows.vacancy, sums["home_demand.vacancy"])
    places(flows.reused, sums["home_demand.reused"])
    places(flows.floor_completed, sums["home_floor_completed"])
    sums["homes_demolished"] = county(flows.demolished)
    sums["homes_demolished.age"] = county(flows.ageing)
    sums["homes_demolished.renewal"] = county(flows.renewal)
    sums["homes_demolished.withdrawn"] = county(flows.withdrawn)
    sums["homes_completed.market"] = county(flows.completed[0])
    sums["homes_completed.public_rental"] = county(flows.completed[1])
    sums["homes_completed.affordable"] = county(flows.completed[2])
    sums["homes_completed.talent"] = county(flows.completed[3])
    sums["homes_completed.resettlement"] = county(flows.completed[4])
    sums["homes_started"] = sums["homes_completed"] = 0.0
    for tenure in range(N_TENURES):
        sums["homes_started"] += county(flows.started[tenure])
        sums["homes_completed"] += county(flows.completed[tenure])
    land(flows, now, sums)
    investment(flows, now, sums)


@rule
def land(flows: HomesYear, now: HomesInputs, sums: Any) -> None:
    """Land under homes started in towns, and less the land that demolition clears in the same zone [m²/year]."""
    sums["homes_land"] = sums["homes_land_new"] = 0.0
    for zone in (CITY, TOWN):
        floor = 0.0
        for tenure in range(N_TENURES):
            floor += flows.started[tenure, zone] * flows.new_size[tenure, zone]
        under = floor / now.floor_area_ratio
        cleared = flows.demolished[zone] * flows.old_size[zone] / now.floor_area_ratio
        sums["homes_land"] += under
        sums["homes_land_new"] += np.maximum(under - cleared, 0.0)


@rule
def built(flows: HomesYear, now: HomesInputs, tenure: int) -> float:
    """What the homes of a tenure that are started in a year cost [yuan]."""
    total = 0.0
    for zone in range(N_ZONES):
        cost = of_zone(zone, now.build_cost, now.build_cost, now.build_cost_rural)
        total += flows.started[tenure, zone] * flows.new_size[tenure, zone] * cost
    return total


@rule
def investment(flows: HomesYear, now: HomesInputs, sums: Any) -> None:
    """Investment in homes by measure [yuan/year], in the year when building starts.

    Homes of projects are not in it: their cost is the project's. Shantytown renewal includes its resettlement homes;
    those under way before the base year are paid when they are delivered.
    """
    market, public = built(flows, now, 0), built(flows, now, 1 + PUBLIC_RENTAL)
    affordable, talent = built(flows, now, 1 + AFFORDABLE), built(flows, now, 1 + TALENT)
    resettlement = flows.backlog * now.resettlement_floor * now.build_cost
    shanty, renovation = flows.by_policy * now.shanty_cost, flows.begun[RENOVATION] * now.renovation_cost
    rural = flows.rural_improved * now.rural_improvement_cost
    sums["home_investment.market"], sums["home_investment.public_rental"] = market, public
    sums["home_investment.affordable"], sums["home_investment.talent"] = affordable, talent
    sums["home_investment.resettlement"], sums["home_investment.shanty"] = resettlement, shanty
    sums["home_investment.renovation"], sums["home_investment.rural_improved"] = renovation, rural
    sums["home_investment"] = market + resettlement + shanty + renovation + rural + public + affordable + talent
