"""Money, land and project pools of a county: groups of draws share them."""

import numpy as np

from sim.model.arrays import Array, ByRegion, Values
from sim.model.axes import RESIDENT_ZONES
from sim.model.inputs import R, each
from sim.model.projects.project import HOME_THINGS, THINGS
from tests.model.oracle import money_budget as budget
from tests.model.oracle import projects_pools as project_groups
from tests.model.oracle.county_inputs import CountyInputs
from tests.model.oracle.county_state import County, Frame, Setup
from tests.model.oracle.draws_groups import Groups
from tests.model.oracle.homes_stock import Opened
from tests.model.oracle.money_budget import Income, Purse
from tests.model.oracle.projects_pools import Limits, Outcome, Pipelines
from tests.model.oracle.services_services import Prices


def year(
    setup: Setup, before: County, settled: ByRegion, given: CountyInputs
) -> tuple[Purse, Pipelines, Outcome, Values]:
    """Purse and pipelines after the year, what projects did, and the measures of it.

    What serves a group is shown for each of its draws.
    """
    groups = setup.groups
    now = means(groups, given.economy.money)
    base = {name: groups.mean(setup.base[name]) for name in ("resident", "urban")}
    recurrent = _recurrent(setup, before, given.prices)
    land_sold = np.nan_to_num(before.land_sold)  # not known where households are not: nothing is counted on
    income = Income(groups.mean(settled), groups.mean(land_sold), groups.mean(recurrent))
    like = base["urban"].shape
    elapsed = given.year - setup.frame.base_year
    supply = budget.supply(before.purse, base["resident"], base["urban"], income, elapsed, now)
    limits = Limits(
        money=supply.money + supply.credit,
        land=supply.land,
        crews=np.broadcast_to(now.projects.crews, like),
        approval_time=np.broadcast_to(now.projects.approval_time, like),
    )
    pool, things = setup.programme, setup.frame.things
    pipelines, outcome = project_groups.year_of(pool, before.pipelines, given.year, limits, things)
    purse, called_in = budget.after(before.purse, supply, outcome.spent, outcome.land, now)
    found = {
        "money_year": supply.revenue,
        "money_spent": outcome.spent,
        "money_left": purse.money,
        "money_called_in": called_in.money,
        "debt": purse.debt,
        "land_year": supply.quota,
        "land_used": outcome.land,
        "land_called_in": called_in.land,
        "land_left": purse.land,
        "boundary_left": purse.boundary,
        "projects_open": outcome.completed,
        "projects_building": outcome.building,
        "projects_waiting": outcome.waiting,
    }
    return purse, pipelines, outcome, {name: groups.spread(value) for name, value in found.items()}


def means(groups: Groups, now: R) -> R:
    """Group means of a record of parameters, each [group or 1, region]."""
    return each(now, lambda value: value if len(value) == 1 else groups.mean(value))


def homes_opened(opened: Array) -> Opened:
    """What projects did to homes. opened: by zone and thing [draw, region, zone, thing]."""
    inside = opened[..., : len(RESIDENT_ZONES), :]
    return Opened(
        np.stack([inside[..., THINGS.index(thing)] for thing in HOME_THINGS]),
        inside[..., THINGS.index("demolished_homes")],
        inside[..., THINGS.index("renovated_homes")].sum(axis=-1),
    )


def delivered_sums(frame: Frame, amounts: Array) -> Values:
    """What projects have delivered, by thing. amounts: [draw, region, thing]."""
    return {f"delivered.{thing}": amounts[..., index] for index, thing in enumerate(frame.things)}


def _recurrent(setup: Setup, before: County, year: Prices) -> ByRegion:
    """Running cost of what projects have delivered [yuan/year]; what is not known costs nothing."""
    each = np.nan_to_num(year.running_cost)
    total: ByRegion = (setup.frame.by_service(before.delivered) * each).sum(axis=-1)
    return total
