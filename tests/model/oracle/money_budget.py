"""Money and land of a year: what projects may start with, and what is left of it.

One purse serves a group of draws, with the group's mean revenue: a project pool is one programme, not a thousand.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array
from tests.model.oracle.money_inputs import Land, MoneyInputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What is left at a year's end: money and debt [yuan], land quota and boundary [m²]."""

    money: Array
    debt: Array
    land: Array
    boundary: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What the year's projects may use.

    revenue: money of the year after debt service; credit: what may still be borrowed; quota: land granted in the
    year; money, land: in all, with what was left before.
    """

    revenue: Array
    credit: Array
    quota: Array
    money: Array
    land: Array


@dataclass(frozen=True, slots=True)
class Income:
    """What a year brings, means of each group.

    settled: newly settled persons [person]; homes_land: land of new homes [m²]; recurrent: running cost of what
    projects opened [yuan].
    """

    settled: Array
    homes_land: Array
    recurrent: Array


def start(residents: Array, urban: Array, land: Land) -> Purse:
    """The base year's purse: no money left, no debt. residents, urban: persons of the base year."""
    nothing = np.zeros_like(residents)
    return Purse(money=nothing, debt=nothing, land=nothing, boundary=urban * land.boundary)


def supply(before: Purse, residents: Array, urban: Array, income: Income, elapsed: int, now: MoneyInputs) -> Supply:
    """What the year's projects may use. residents, urban: of the base year; elapsed: years since."""
    base = residents * now.budget.capital
    revenue = (
        base * (1.0 + now.budget.growth) ** elapsed
        + now.budget.per_settled * income.settled
        + now.budget.grants
        + now.budget.land_price * income.homes_land
        - income.recurrent
        - (now.budget.repayment + now.budget.interest) * before.debt
    )
    owed = before.debt * (1.0 - now.budget.repayment)
    credit = np.maximum(now.budget.debt_ceiling * base - owed, 0.0)
    quota = urban * now.land.quota + now.land.per_settled * income.settled + now.land.extra
    land = np.minimum(before.land + quota, before.boundary)
    money = np.maximum(before.money + revenue, 0.0)
    return Supply(
        revenue=np.broadcast_to(revenue, money.shape),
        credit=credit,
        quota=np.broadcast_to(quota, money.shape),
        money=money,
        land=land,
    )


@dataclass(frozen=True, slots=True)
class CalledIn:
    """What was left of money [yuan] and land quota [m²] beyond what may be carried over."""

    money: Array
    land: Array


def after(before: Purse, given: Supply, spent: Array, used: Array, now: MoneyInputs) -> tuple[Purse, CalledIn]:
    """The purse once the year's projects have started. spent [yuan], used [m²]: by projects.

    What was spent beyond the money at hand was borrowed, as was a deficit; nothing else changes the debt.
    """
    borrowed = np.maximum(spent - given.money, 0.0)
    deficit = np.maximum(-(before.money + given.revenue), 0.0)
    debt = before.debt * (1.0 - now.budget.repayment) + borrowed + deficit
    money, land = np.maximum(given.money - spent, 0.0), given.land - used
    kept = np.minimum(money, now.budget.carry * np.maximum(given.revenue, 0.0))
    held = np.minimum(land, now.budget.carry * given.quota)
    return Purse(money=kept, debt=debt, land=held, boundary=before.boundary - used), CalledIn(money - kept, land - held)
