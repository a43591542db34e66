"""Jobs: a gap that policies open and that fades, and no change at all without them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.model.economy import economy
from tests.model.oracle import jobs_jobs as jobs

LABOUR = np.array([[150_000.0]])
NOW = economy().jobs
NONE = np.zeros((1, 1))


def _years(count: int, **changes: float) -> jobs.Jobs:
    now = economy({path.replace("__", "."): value for path, value in changes.items()}).jobs
    state = jobs.start((1, 1))
    for _ in range(count):
        state, _ = jobs.year(state, NONE, now)
    return state


def test_without_policies_jobs_follow_people_exactly() -> None:
    state = _years(20)
    assert state.gap == 0.0
    assert jobs.vacancy(state, LABOUR, NOW) == 0.0
    assert jobs.urban_jobs(state, LABOUR, NOW) == LABOUR * (1.0 - NOW.labour.unemployment)


@given(st.floats(0.0, 1e5), st.integers(1, 40))
def test_a_steady_policy_opens_a_gap_that_tends_to_what_comes_over_what_is_absorbed(gross: float, years: int) -> None:
    state = _years(years, jobs__new=gross)
    net = gross * NOW.jobs.net_share * (1.0 + NOW.jobs.multiplier)
    fades = NOW.jobs.absorbed
    np.testing.assert_allclose(state.gap, net * (1.0 - (1.0 - fades) ** years) / fades, rtol=1e-10, atol=1e-9)
    np.testing.assert_allclose(state.gross, gross * years, rtol=1e-12)


def test_projects_count_as_gross_jobs() -> None:
    by_policy = _years(1, jobs__new=1000.0)
    by_project, flows = jobs.year(jobs.start((1, 1)), np.array([[1000.0]]), NOW)
    assert by_project.gap == by_policy.gap
    assert flows["new_jobs_gross"] == 1000.0


def test_incomes_on_their_usual_path_pull_nobody() -> None:
    state = _years(10)
    assert state.urban_departure == 0.0
    assert state.rural_departure == 0.0
    found = jobs.stocks(state, LABOUR, (LABOUR, LABOUR), NOW)
    np.testing.assert_allclose(
        found["urban_income_total"] / LABOUR, NOW.income.urban * (1.0 + NOW.income.urban_growth) ** 10
    )
    assert _years(10, income__rural_growth=0.08).rural_departure > 0.0


def test_training_and_placements_are_counted_and_nothing_more() -> None:
    state = _years(3, skills__trained=24_000.0, labour__placed=490_000.0)
    assert state.trained == 72_000.0
    assert state.placed == 1_470_000.0
    assert state.gap == 0.0
