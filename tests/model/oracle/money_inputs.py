"""What projects are given in a year: money, land, approvals and crews."""

from dataclasses import dataclass

from sim.model.arrays import ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money for construction, what adds to it, and debt."""

    capital: ByRegion
    growth: ByRegion
    per_settled: ByRegion
    grants: ByRegion
    land_price: ByRegion
    debt_ceiling: ByRegion
    repayment: ByRegion
    carry: ByRegion
    interest: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Quota of construction land, and what is left inside the development boundary in the base year."""

    quota: ByRegion
    per_settled: ByRegion
    extra: ByRegion
    boundary: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """Factor on the time of approvals, and projects under construction at once."""

    approval_time: ByRegion
    crews: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyInputs:
    """The parameters of money, land and projects, by path."""

    budget: Budget
    land: Land
    projects: Building
