"""The compiled year against the textbook one, and the invariants of every year."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Array
from sim.model.axes import (
    AWAY,
    CITY,
    FEMALE,
    MALE,
    N_AGES,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RURAL,
    RURAL_REGISTRATION,
    URBAN_REGISTRATION,
)
from sim.model.engine import trajectory
from sim.model.people.changes import BOUNDARY_CHANGES, CHANGES
from sim.model.people.flows import FLOWS
from sim.model.people.kernels.year import (
    LEDGER_ARRIVALS,
    LEDGER_BIRTHS,
    LEDGER_DEATHS,
    LEDGER_FLOWS,
    LEFT_BEHIND,
    N_LEADING,
    TFR,
)
from sim.model.people.state import State
from sim.model.people.step import FLOW_PATHS, Broken, YearInputs, step
from sim.model.registry import PARAMETERS
from tests import lanes, oracle

seeds = st.integers(0, 2**32 - 1)
EXIT = "hukou.settle_elsewhere"
EXIT_COLUMN = N_LEADING + FLOW_PATHS.index(EXIT)


@settings(max_examples=12, deadline=None)
@given(seed=seeds, high=st.sampled_from([0.02, 0.2, 0.9]))
def test_kernel_is_the_textbook_year(seed: int, high: float) -> None:
    rng = np.random.default_rng(seed)
    of, before, given_ = lanes.constants(rng, 2), lanes.state(rng, (2, 2)), lanes.inputs(rng, (2, 2), high=high)
    before.pop[1, 1, RURAL] = 0.0  # a region without villages
    after, _ = step(of, before, given_)
    for draw, region in np.ndindex(2, 2):
        expected = oracle.lane_year(before.pop[draw, region], lanes.oracle_year(of, given_, draw, region))
        np.testing.assert_allclose(after.pop[draw, region], expected, rtol=1e-11, atol=1e-9)


@pytest.mark.parametrize("villages", [True, False])
def test_children_of_women_away_are_born_once(villages: bool) -> None:
    """The same women, away in one account and there in the other: residents' births of both are all their births."""
    rng = np.random.default_rng(9)
    of, given_ = lanes.constants(rng, 2), lanes.inputs(rng, (1, 2))
    fertility = np.broadcast_to(of.fertility[0, CITY], of.fertility.shape).copy()
    pop = np.zeros((1, 2, *lanes.POP_SHAPE))
    women = rng.gamma(2.0, 100.0, size=N_AGES)
    pop[0, 0, AWAY, RURAL_REGISTRATION, FEMALE] = pop[0, 1, CITY, OUTSIDE_REGISTRATION, FEMALE] = women
    pop[0, :, RURAL, RURAL_REGISTRATION, MALE, 70] = 100.0 if villages else 0.0
    rates = np.zeros_like(given_.rates)
    rates[..., LEFT_BEHIND], rates[..., TFR : TFR + AWAY + 1] = 0.6, 1.5
    after, flows = step(
        replace(of, fertility=fertility), State(2020, pop), YearInputs(2021, rates, np.zeros_like(given_.counts))
    )
    born = flows.ledger[..., LEDGER_BIRTHS:LEDGER_DEATHS].reshape(1, 2, -1, len(REGISTRATIONS)).sum(-1)
    middle = 0.5 * (women + after.pop[0, 0, AWAY, RURAL_REGISTRATION, FEMALE])
    assert born[..., :AWAY].sum() == pytest.approx(1.5 * (fertility[0, CITY] * middle).sum())
    assert born[0, 0, RURAL if villages else CITY] > 0.0
    assert not villages or not born[0, 0, CITY]


@settings(max_examples=15, deadline=None)
@given(seed=seeds, high=st.sampled_from([0.05, 0.9]))
def test_persons_are_conserved_and_never_negative(seed: int, high: float) -> None:
    rng = np.random.default_rng(seed)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (3, 1)), lanes.inputs(rng, (3, 1), high=high)
    after, flows = step(of, before, given_)
    births = flows.ledger[..., LEDGER_BIRTHS:LEDGER_DEATHS].sum(-1)
    deaths = flows.ledger[..., LEDGER_DEATHS:LEDGER_ARRIVALS].sum(-1)
    arrivals = flows.ledger[..., LEDGER_ARRIVALS:LEDGER_FLOWS].sum(-1)
    leaving = [*(flow.path for flow in FLOWS if flow.destination < 0), EXIT]
    departures = sum(flows.ledger[..., LEDGER_FLOWS + FLOW_PATHS.index(path)] for path in leaving)
    expected = before.pop.sum((2, 3, 4, 5)) + births - deaths + arrivals - departures
    np.testing.assert_allclose(after.pop.sum((2, 3, 4, 5)), expected, rtol=1e-9)
    assert after.pop.min() >= 0.0
    assert not after.pop[:, :, AWAY, OUTSIDE_REGISTRATION].any()


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_reclassification_and_settlement_move_nobody_in_or_out(seed: int) -> None:
    rng = np.random.default_rng(seed)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (2, 1)), lanes.inputs(rng, (2, 1))
    still = given_.rates.copy()
    still[..., 0] = still[..., 3:10] = still[..., N_LEADING : N_LEADING + len(FLOWS)] = still[..., EXIT_COLUMN] = 0.0
    after, _ = step(of, before, YearInputs(2021, still, np.zeros_like(given_.counts)))
    # nobody dies, moves or is born: only zones and hukou change, within each sex and age one year on
    np.testing.assert_allclose(after.pop.sum((2, 3, 4, 5)), before.pop.sum((2, 3, 4, 5)), rtol=1e-12)
    aged = np.zeros_like(before.pop.sum((2, 3)))
    people = before.pop.sum((2, 3))
    aged[..., 1:] = people[..., :-1]
    aged[..., -1] += people[..., -1]
    np.testing.assert_allclose(after.pop.sum((2, 3)), aged, rtol=1e-12)


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_the_registered_change_by_births_deaths_and_settlement_here_and_elsewhere(seed: int) -> None:
    rng = np.random.default_rng(seed)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (2, 1)), lanes.inputs(rng, (2, 1))
    after, flows = step(of, before, given_)

    def registered(by_cell: Array) -> Array:
        of_cells: Array = by_cell.reshape(2, 1, -1, len(REGISTRATIONS))
        return of_cells[..., URBAN_REGISTRATION].sum(-1) + of_cells[..., RURAL_REGISTRATION].sum(-1)

    def moved(path: str) -> Array:
        people: Array = flows.ledger[..., LEDGER_FLOWS + FLOW_PATHS.index(path)]
        return people

    births = registered(flows.ledger[..., LEDGER_BIRTHS:LEDGER_DEATHS])
    deaths = registered(flows.ledger[..., LEDGER_DEATHS:LEDGER_ARRIVALS])
    change = births - deaths + moved("hukou.settle_outside") - moved(EXIT)
    people = [registered(state.pop.sum((4, 5))) for state in (before, after)]
    np.testing.assert_allclose(people[1] - people[0], change, rtol=1e-7, atol=1e-6)


@settings(max_examples=10, deadline=None)
@given(seed=seeds, share=st.floats(0.001, 0.5))
def test_whoever_is_registered_in_a_village_that_becomes_urban_is_registered_in_town(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (1, 1)), lanes.inputs(rng, (1, 1))
    still = np.zeros_like(given_.rates)
    for path in ("boundary.rural_to_town", "hukou.reclassified_away"):
        still[..., N_LEADING + FLOW_PATHS.index(path)] = share
    after, _ = step(of, before, YearInputs(2021, still, np.zeros_like(given_.counts)))
    aged = before.pop[0, 0].sum(axis=(-1, -2))
    people = after.pop[0, 0].sum(axis=(-1, -2))
    rural = aged[[RURAL, AWAY], RURAL_REGISTRATION]
    np.testing.assert_allclose(people[[RURAL, AWAY], RURAL_REGISTRATION], (1.0 - share) * rural)
    np.testing.assert_allclose(
        people[:, URBAN_REGISTRATION].sum() - aged[:, URBAN_REGISTRATION].sum(), share * rural.sum()
    )
    np.testing.assert_allclose(people[:, OUTSIDE_REGISTRATION].sum(), aged[:, OUTSIDE_REGISTRATION].sum())


def test_a_change_follows_shares_that_are_parameters() -> None:
    assert all(path in PARAMETERS for change in CHANGES for path in change.shares)


def test_zero_rates_change_nothing_but_age() -> None:
    rng = np.random.default_rng(1)
    of, before = lanes.constants(rng, 1), lanes.state(rng, (1, 1))
    given_ = lanes.inputs(rng, (1, 1))
    zero = np.zeros_like(given_.rates)
    after, flows = step(of, before, YearInputs(2021, zero, np.zeros_like(given_.counts)))
    np.testing.assert_array_equal(after.pop[..., 1:-1], before.pop[..., :-2])
    np.testing.assert_array_equal(after.pop[..., 0], 0.0)
    assert not flows.ledger.any()


def test_flows_beyond_the_ceiling_are_scaled_together() -> None:
    rng = np.random.default_rng(2)
    of, before = lanes.constants(rng, 1), lanes.state(rng, (1, 1))
    given_ = lanes.inputs(rng, (1, 1), high=1.0)
    rates = given_.rates.copy()
    rates[..., 0] = rates[..., 3:10] = 0.0
    rates[..., N_LEADING:] = 1.0
    rates[..., N_LEADING + len(FLOWS) : N_LEADING + len(FLOWS) + len(BOUNDARY_CHANGES)] = 0.0
    after, _ = step(of, before, YearInputs(2021, rates, np.zeros_like(given_.counts)))
    expected = oracle.lane_year(
        before.pop[0, 0], lanes.oracle_year(of, YearInputs(2021, rates, np.zeros_like(given_.counts)), 0, 0)
    )
    np.testing.assert_allclose(after.pop[0, 0], expected, rtol=1e-11, atol=1e-9)
    assert after.pop.min() >= 0.0


def test_a_restarted_run_equals_the_whole_run_exactly() -> None:
    rng = np.random.default_rng(3)
    of, start = lanes.constants(rng, 2), lanes.state(rng, (4, 2))
    years = [lanes.inputs(rng, (4, 2), 2021 + i, high=0.1) for i in range(8)]
    one_year = partial(step, of)
    whole, _ = trajectory(one_year, start, years, lambda state, _: state.year)
    half, seen = trajectory(one_year, start, years[:3], lambda state, _: state.year)
    rest, more = trajectory(one_year, half, years[3:], lambda state, _: state.year)
    np.testing.assert_array_equal(whole.pop, rest.pop)
    assert [*seen, *more] == list(range(2021, 2029))


def test_a_step_leaves_its_input_as_it_was() -> None:
    rng = np.random.default_rng(4)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (2, 1)), lanes.inputs(rng, (2, 1))
    kept = before.pop.copy()
    step(of, before, given_)
    np.testing.assert_array_equal(before.pop, kept)


def test_a_broken_invariant_stops_the_run() -> None:
    rng = np.random.default_rng(5)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (1, 1)), lanes.inputs(rng, (1, 1))
    profiles = of.profiles.copy()
    profiles[:, 0] = -5.0  # a move that takes people who are not there
    rates = given_.rates.copy()
    rates[..., N_LEADING] = 0.2
    with pytest.raises(Broken):
        step(replace(of, profiles=profiles), before, YearInputs(2021, rates, given_.counts))


def test_no_more_than_everybody_dies() -> None:
    rng = np.random.default_rng(8)
    of, before, given_ = lanes.constants(rng, 1), lanes.state(rng, (1, 1)), lanes.inputs(rng, (1, 1))
    rates = given_.rates.copy()
    rates[..., 0] = 50.0
    after, _ = step(of, before, YearInputs(2021, rates, given_.counts))
    assert after.pop.min() >= 0.0


def test_people_away_from_elsewhere_cannot_be_made() -> None:
    rng = np.random.default_rng(6)
    pop = lanes.population(rng, (1, 1))
    pop[0, 0, AWAY, OUTSIDE_REGISTRATION, 0, 30] = 1.0
    with pytest.raises(ValueError, match="away"):
        State(2020, pop)


def test_two_states_tend_to_the_dominant_eigenvector() -> None:
    """Two zones that exchange people tend to shares in the ratio of the rates between them."""
    rng = np.random.default_rng(7)
    of = lanes.constants(rng, 1)
    flat = np.ones_like(of.profiles)
    pop = np.zeros((1, 1, 4, 3, 2, 101))
    pop[0, 0, 2, 1, 0, 100] = 1000.0  # everyone in the open age group, immortal
    rates = np.zeros((1, 1, lanes.N_LEADING + lanes.N_FLOWS))
    paths = [flow.path for flow in FLOWS]
    out, back = 0.03, 0.01
    rates[..., N_LEADING + paths.index("transfer.rural_to_city")] = out
    rates[..., N_LEADING + paths.index("transfer.city_to_rural")] = back
    still = replace(of, profiles=flat)
    state = State(2020, pop)
    for year in range(2021, 2421):
        state, _ = step(still, state, YearInputs(year, rates, np.zeros((1, 1, lanes.N_FLOWS))))
    city = state.pop[0, 0, 0].sum() / state.pop.sum()
    assert city == pytest.approx(out / (out + back), rel=1e-6)
