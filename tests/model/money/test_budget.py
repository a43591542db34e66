"""Money and land of projects: nothing appears and nothing is lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.model.economy import economy
from tests.model.oracle import money_budget as budget
from tests.model.oracle.money_budget import Income, Purse

NOW = economy().money
RESIDENTS, URBAN = np.array([[500_000.0]]), np.array([[250_000.0]])
amounts = st.floats(0.0, 1e10)


def _one(value: float) -> np.ndarray:
    return np.array([[value]])


@given(amounts, amounts, st.floats(0.0, 1e6), amounts, st.floats(0.0, 1.0), st.floats(0.0, 1e7))
def test_money_and_land_are_conserved(
    money: float, debt: float, settled: float, recurrent: float, share: float, land: float
) -> None:
    before = Purse(money=_one(money), debt=_one(debt), land=_one(land), boundary=_one(1e8))
    income = Income(_one(settled), _one(10_000.0), _one(recurrent))
    supply = budget.supply(before, RESIDENTS, URBAN, income, 3, NOW)
    spent, used = share * (supply.money + supply.credit), share * supply.land
    after, called_in = budget.after(before, supply, spent, used, NOW)
    repaid = before.debt * NOW.budget.repayment
    borrowed = after.debt - (before.debt - repaid)
    came = before.money + supply.revenue + borrowed
    scale = (np.abs(before.money) + np.abs(supply.revenue) + spent + 1.0).item()
    assert abs((came - spent - after.money - called_in.money).item()) < 1e-9 * scale
    assert after.money.item() >= 0.0
    assert after.land.item() >= 0.0
    assert borrowed.item() >= -1e-6 * scale
    granted = np.minimum(before.land + supply.quota, before.boundary)
    np.testing.assert_allclose(granted, after.land + used + called_in.land, rtol=1e-12)
    np.testing.assert_allclose(before.boundary - after.boundary, used, rtol=1e-9, atol=1e-6)


def test_the_debt_ceiling_holds() -> None:
    purse = budget.start(RESIDENTS, URBAN, NOW.land)
    for year in range(1, 15):
        supply = budget.supply(purse, RESIDENTS, URBAN, Income(_one(0.0), _one(0.0), _one(0.0)), year, NOW)
        purse, _ = budget.after(purse, supply, supply.money + supply.credit, _one(0.0), NOW)
    ceiling = RESIDENTS * NOW.budget.capital * NOW.budget.debt_ceiling
    assert 0.9 * ceiling < purse.debt <= ceiling * (1.0 + 1e-12)


def test_people_who_settle_bring_money_and_land() -> None:
    purse = budget.start(RESIDENTS, URBAN, NOW.land)
    without = budget.supply(purse, RESIDENTS, URBAN, Income(_one(0.0), _one(0.0), _one(0.0)), 1, NOW)
    with_them = budget.supply(purse, RESIDENTS, URBAN, Income(_one(1000.0), _one(0.0), _one(0.0)), 1, NOW)
    np.testing.assert_allclose(with_them.revenue - without.revenue, 1000.0 * NOW.budget.per_settled)
    np.testing.assert_allclose(with_them.quota - without.quota, 1000.0 * NOW.land.per_settled)


def test_the_boundary_limits_land() -> None:
    purse = Purse(money=_one(0.0), debt=_one(0.0), land=_one(0.0), boundary=_one(100.0))
    supply = budget.supply(purse, RESIDENTS, URBAN, Income(_one(0.0), _one(0.0), _one(0.0)), 1, NOW)
    assert supply.land == 100.0
