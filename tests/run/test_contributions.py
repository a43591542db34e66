"""Contributions of policies: additive where policies are, whatever their order, and always the whole difference."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.errors import InvalidInput
from sim.model.arrays import Array
from sim.model.draws.setting import Setting
from sim.run.contributions import Members, affordable, contributions, over_orders, sampled_orders, shapley
from sim.run.scenario_run import run
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.scenarios import JIESHOU, resolved

DRAWS = 10


def worth(seed: int, n: int, draws: int = 3) -> Callable[[Members], Array]:
    """A game in which every set of members is worth something of its own."""
    table = np.random.default_rng(seed).normal(size=(2**n, draws))
    return lambda members: table[sum(1 << one for one in members)]


def test_what_simply_adds_up_is_each_ones_own() -> None:
    own = np.array([[1.0, 2.0], [-0.5, 0.25], [0.0, 3.0]])
    found = shapley(lambda members: 7.0 + own[sorted(members)].sum(axis=0), 3)
    assert found[:, 0] == pytest.approx(own)


def test_the_textbook_gloves() -> None:
    """Owners of two left gloves and one right glove: 1/6, 1/6, 2/3 (Shapley 1953's game of a market)."""
    found = shapley(lambda members: np.array([float(2 in members and len(members) > 1)]), 3)
    assert found[:, 0, 0] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


@given(st.integers(0, 10_000), st.integers(1, 5))
@settings(max_examples=30)
def test_the_sum_is_the_whole_difference_in_every_draw(seed: int, n: int) -> None:
    value = worth(seed, n)
    whole = value(frozenset(range(n))) - value(frozenset())
    assert shapley(value, n).sum(axis=0)[0] == pytest.approx(whole)
    by_order = over_orders(value, sampled_orders(n, seed, 3))
    assert by_order.sum(axis=0) == pytest.approx(np.tile(whole, (6, 1)))


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_every_order_together_is_the_exact_value(seed: int) -> None:
    value = worth(seed, 4)
    every = over_orders(value, list(permutations(range(4))))
    assert every.mean(axis=1) == pytest.approx(shapley(value, 4)[:, 0])


@given(st.integers(0, 10_000), st.permutations(range(4)))
@settings(max_examples=20)
def test_naming_the_members_otherwise_changes_nothing(seed: int, names: list[int]) -> None:
    value = worth(seed, 4)
    renamed = shapley(lambda members: value(frozenset(names[one] for one in members)), 4)
    assert renamed == pytest.approx(shapley(value, 4)[names])


def test_sampled_orders_are_orders_that_a_seed_gives_again_each_with_its_reverse() -> None:
    orders = sampled_orders(9, 5)
    assert orders == sampled_orders(9, 5) != sampled_orders(9, 6)
    assert all(sorted(order) == list(range(9)) for order in orders)
    assert all(one == other[::-1] for one, other in zip(orders[::2], orders[1::2], strict=True))


def without(settings: Sequence[Setting], policies: Collection[str]) -> tuple[Setting, ...]:
    """The settings less those of some policies."""
    return tuple(one for one in settings if one.policy not in policies)


def small(name: str = "pilot", most: int = 3) -> ResolvedScenario:
    """A shipped scenario with few draws and only some of its policies."""
    whole = resolved(name, f"draws={DRAWS}")
    kept = whole.policies[:most]
    dropped = {policy.id for policy in whole.policies[most:]}
    chains = {region: without(chain, dropped) for region, chain in whole.settings.items()}
    return replace(whole, policies=kept, settings=chains, projects=())


def test_a_run_gives_the_difference_between_all_policies_and_none() -> None:
    scenario = small()
    found = contributions(scenario, draws=DRAWS)
    assert (found.year, found.draws, found.runs, found.exact) == (2025, DRAWS, 8, True)
    assert sum(row.mean for row in found.rows) == pytest.approx(found.after - found.before, abs=1e-12)
    assert [row.policy for row in found.rows] == [policy.id for policy in scenario.policies]
    assert found.rows[0].mean > 0.0, "jobs draw people to towns"
    assert all(row.low <= row.mean <= row.high for row in found.rows)


def test_both_ends_are_what_whole_runs_say() -> None:
    scenario = small()
    found = contributions(scenario, "city", 2023, DRAWS)
    ids = {policy.id for policy in scenario.policies}
    bare = replace(scenario, settings={region: without(chain, ids) for region, chain in scenario.settings.items()})
    for one, mean in ((scenario, found.after), (bare, found.before)):
        ensemble = run(one, 1).ensemble
        assert ensemble.of("city")[ensemble.years.index(2023)].mean(dtype=float) == pytest.approx(mean, rel=1e-12)


def test_the_order_in_which_a_scenario_lists_its_policies_does_not_matter() -> None:
    scenario = small()
    turned = replace(scenario, policies=scenario.policies[::-1])
    one, other = contributions(scenario, draws=DRAWS), contributions(turned, draws=DRAWS, jobs=2)
    assert {row.policy: row for row in one.rows} == {row.policy: row for row in other.rows}


def test_more_policies_than_can_all_be_combined_are_sampled_and_still_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.run.contributions.MOST_EXACT", 2)
    scenario = small()
    found = contributions(scenario, draws=DRAWS)
    assert not found.exact
    assert sum(row.mean for row in found.rows) == pytest.approx(found.after - found.before, abs=1e-12)
    monkeypatch.undo()
    for sampled, exact in zip(found.rows, contributions(scenario, draws=DRAWS).rows, strict=True):
        assert abs(sampled.mean - exact.mean) <= 4.0 * sampled.error + 1e-6


def test_a_policy_without_strength_adds_nothing() -> None:
    scenario = small(most=2)
    weak = {policy.id for policy in scenario.policies[1:]}
    chains = {
        region: tuple(replace(one, intensity=0.0) if one.policy in weak else one for one in chain)
        for region, chain in scenario.settings.items()
    }
    policies = tuple(replace(one, intensity=0.0) if one.id in weak else one for one in scenario.policies)
    found = contributions(replace(scenario, settings=chains, policies=policies), draws=DRAWS)
    assert (found.rows[1].mean, found.rows[1].error) == (0.0, 0.0)
    assert found.rows[0].mean == pytest.approx(found.after - found.before, abs=1e-15)


def test_a_scenario_without_policies_has_no_contributions() -> None:
    found = contributions(small(most=0), draws=DRAWS)
    assert (found.rows, found.runs, found.before) == ((), 1, found.after)


def test_what_the_scenario_does_not_have_is_said_at_once() -> None:
    with pytest.raises(InvalidInput, match="no measure is called urbanisation_rate") as caught:
        contributions(small(), "urbanisation_rate", 2050)
    assert "did you mean urbanization_rate" in str(caught.value)
    assert "2050 must be in 2021…" in str(caught.value)


def test_what_control_totals_give_no_policy_adds_to() -> None:
    fitted = scenario(JIESHOU / "control-total.yaml")
    assert affordable(scenario(JIESHOU / "pilot.yaml")) > 0
    assert affordable(fitted) == 0
    with pytest.raises(InvalidInput, match="control totals give urbanization rate of 2025: no policy adds to it"):
        contributions(fitted, draws=2)
    later = replace(fitted, totals=tuple(one for one in fitted.totals if one.path == "control.residents"))
    assert affordable(later) > 0, "policies move people between towns and villages"
