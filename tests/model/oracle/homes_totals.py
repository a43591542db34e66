"""What a run reports of homes: quantities that add up over regions, of which the table makes ratios."""

from typing import Final

import numpy as np

from sim.model.arrays import ByRegion, ByZone, Values
from sim.model.axes import CITY, RURAL, TOWN
from tests.model.oracle.homes_demand import lived_floor
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import AFFORDABLE, PUBLIC_RENTAL, RENOVATION, TALENT, TENURES, Homes, HomesYear
from tests.model.oracle.homes_tenure import tenure_totals
from tests.model.oracle.homes_zones import by_zone, county, ratio, vacancy

PARTS: Final = ("growth", "improvement", "replacement", "vacancy", "reused")
"""Parts of the demand for new homes; the last one is negative."""


def vacancy_change(stock: Homes) -> ByZone:
    """Vacancy against what people are used to [1]: what the pull of moves is given."""
    return np.where(stock.homes > 0.0, vacancy(stock) - stock.felt, 0.0)


def adequacy(stock: Homes) -> ByRegion:
    """Homes of a county against what its households need with the usual vacancy, at most 1 [1]."""
    needed = stock.households / (1.0 - stock.usual)
    enough = county(np.minimum(stock.homes, needed))
    whole = county(needed)
    return np.where(whole > 0.0, ratio(enough, whole), 1.0)


def stock_totals(stock: Homes, now: HomesInputs) -> Values:
    """Stocks that add up over regions by measure, each [draw, region]; NaN where the base year's is not known."""
    building = county(stock.market.sum(axis=0)) + county(stock.programmes.sum(axis=0)[..., :RENOVATION])
    lacking = np.maximum(stock.households - stock.homes, 0.0)
    values = _zones("homes", stock.homes) | _zones("homes_empty", np.maximum(stock.homes - stock.households, 0.0))
    values |= _places("home_shortage", lacking) | _places("floor_lived", lived_floor(stock))
    return values | {"homes_under_construction": building} | tenure_totals(stock, now)


def flow_totals(flows: HomesYear, now: HomesInputs) -> Values:
    """Flows of a year by measure, each [draw, region], additive over regions."""
    values = _places("home_demand", flows.demand.total) | _places("home_floor_completed", flows.floor_completed)
    for part in PARTS:
        values |= _parts(part, getattr(flows.demand, part))
    values |= {
        "homes_started": county(flows.started.sum(axis=0)),
        "homes_completed": county(flows.completed.sum(axis=0)),
        "homes_demolished": county(flows.demolished),
        "homes_demolished.age": county(flows.ageing),
        "homes_demolished.renewal": county(flows.renewal),
        "homes_demolished.withdrawn": county(flows.withdrawn),
    }
    for index, tenure in enumerate(TENURES):
        values[f"homes_completed.{tenure}"] = county(flows.completed[index])
    return values | _land(flows, now) | investment(flows, now)


def _land(flows: HomesYear, now: HomesInputs) -> Values:
    """Land under homes started in towns, and less the land that demolition clears in the same zone [m²/year]."""
    per_land = now.floor_area_ratio[..., np.newaxis]
    under = ((flows.started * flows.new_size).sum(axis=0) / per_land)[..., :RURAL]
    cleared = (flows.demolished * flows.old_size / per_land)[..., :RURAL]
    return {
        "homes_land": county(under),
        "homes_land_new": county(np.maximum(under - cleared, 0.0)),
    }


def investment(flows: HomesYear, now: HomesInputs) -> Values:
    """Investment in homes by measure [yuan/year], each [draw, region], in the year when building starts.

    Homes of projects are not in it: their cost is the project's. Shantytown renewal includes its resettlement homes;
    those under way before the base year are paid when they are delivered.
    """
    cost = by_zone(now.build_cost, now.build_cost, now.build_cost_rural)
    value = {
        "market": county(flows.started[0] * flows.new_size[0] * cost),
        "resettlement": flows.from_backlog * now.resettlement_floor * now.build_cost,
        "shanty": flows.renewed_by_policy * now.shanty_cost,
        "renovation": flows.renovation_by_policy * now.renovation_cost,
        "rural_improved": flows.rural_improved * now.rural_improvement_cost,
    }
    for tenure, column in (("public_rental", PUBLIC_RENTAL), ("affordable", AFFORDABLE), ("talent", TALENT)):
        value[tenure] = county(flows.started[column + 1] * flows.new_size[column + 1] * cost)
    total = sum(value.values(), np.zeros_like(flows.rural_improved))
    return {"home_investment": total} | {f"home_investment.{part}": amount for part, amount in value.items()}


def _places(name: str, amount: ByZone) -> Values:
    urban = amount[..., CITY] + amount[..., TOWN]
    return {name: urban + amount[..., RURAL], f"urban_{name}": urban, f"rural_{name}": amount[..., RURAL]}


def _zones(name: str, amount: ByZone) -> Values:
    return _places(name, amount) | {f"city_{name}": amount[..., CITY], f"town_{name}": amount[..., TOWN]}


def _parts(part: str, amount: ByZone) -> Values:
    return {f"{key}.{part}": value for key, value in _places("home_demand", amount).items()}
