"""What projects are given in a year: money, land, approvals and crews."""

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money for construction, what adds to it, and debt."""

    capital: float
    growth: float
    per_settled: float
    grants: float
    land_price: float
    debt_ceiling: float
    repayment: float
    carry: float
    interest: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Quota of construction land, and what is left inside the development boundary in the base year."""

    quota: float
    per_settled: float
    extra: float
    boundary: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Building:
    """Factor on the time of approvals, and projects under construction at once."""

    approval_time: float
    crews: float


@quickclass(frozen=True, slots=True, kw_only=True)
class MoneyInputs:
    """The parameters of money, land and projects, by path."""

    budget: Budget
    land: Land
    projects: Building
