"""Money and land of a year: what projects may start with, and what is left of it."""

import numpy as np

from sim.model.compiled import rule
from sim.model.money.inputs import Land, MoneyInputs


class Purse:
    """What is left at a year's end: money and debt [yuan], land quota and boundary [m²]."""

    money: float
    debt: float
    land: float
    boundary: float


class Supply:
    """What the year's projects may use.

    revenue: money of the year after debt service; credit: what may still be borrowed; quota: land granted in the
    year; money, land: in all, with what was left before.
    """

    revenue: float
    credit: float
    quota: float
    money: float
    land: float


class MoneySums:
    """What is reported of money [yuan] and land [m²], and adds up over regions; called in: beyond what may be kept."""

    money_year: float
    money_spent: float
    money_left: float
    money_called_in: float
    debt: float
    land_year: float
    land_used: float
    land_called_in: float
    land_left: float
    boundary_left: float


@rule
def start(purse: Purse, urban: float, land: Land) -> None:
    """The base year's purse: no money left, no debt. urban: residents of the base year [person]."""
    purse.money = purse.debt = purse.land = 0.0
    purse.boundary = urban * land.boundary


@rule
def supply(
    purse: Purse,
    base: tuple[float, float],
    income: tuple[float, float, float],
    elapsed: float,
    now: MoneyInputs,
    found: Supply,
) -> None:
    """What the year's projects may use. base: all and urban residents of the base year [person]; elapsed: years since.

    income: newly settled persons, land of new homes in the year before [m²], running cost of what projects opened
    [yuan].
    """
    (residents, urban), (settled, homes_land, recurrent) = base, income
    capital = residents * now.budget.capital
    found.revenue = (
        capital * (1.0 + now.budget.growth) ** elapsed
        + now.budget.per_settled * settled
        + now.budget.grants
        + now.budget.land_price * homes_land
        - recurrent
        - (now.budget.repayment + now.budget.interest) * purse.debt
    )
    owed = purse.debt * (1.0 - now.budget.repayment)
    found.credit = np.maximum(now.budget.debt_ceiling * capital - owed, 0.0)
    found.quota = urban * now.land.quota + now.land.per_settled * settled + now.land.extra
    found.land = np.minimum(purse.land + found.quota, purse.boundary)
    found.money = np.maximum(purse.money + found.revenue, 0.0)


@rule
def after(purse: Purse, given: Supply, spent: float, used: float, now: MoneyInputs, sums: MoneySums) -> None:
    """The purse once the year's projects have started, in place. spent [yuan], used [m²]: by projects.

    What was spent beyond the money at hand was borrowed, as was a deficit; nothing else changes the debt.
    """
    borrowed = np.maximum(spent - given.money, 0.0)
    deficit = np.maximum(-(purse.money + given.revenue), 0.0)
    purse.debt = purse.debt * (1.0 - now.budget.repayment) + borrowed + deficit
    money, land = np.maximum(given.money - spent, 0.0), given.land - used
    purse.money = np.minimum(money, now.budget.carry * np.maximum(given.revenue, 0.0))
    purse.land = np.minimum(land, now.budget.carry * given.quota)
    purse.boundary -= used
    sums.money_year, sums.money_spent, sums.money_left = given.revenue, spent, purse.money
    sums.money_called_in, sums.debt = money - purse.money, purse.debt
    sums.land_year, sums.land_used, sums.land_left = given.quota, used, purse.land
    sums.land_called_in, sums.boundary_left = land - purse.land, purse.boundary
