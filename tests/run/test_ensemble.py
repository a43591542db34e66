"""Many draws: the same numbers however they are cut, and members that stand alone."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Setting
from sim.model.measures import SOURCES
from sim.model.registry import MEASURES, PARAMETERS
from sim.run import ensemble
from sim.run.ensemble import simulate
from tests.run.one_draw import run_one
from tests.scenarios import prepared


def test_results_do_not_depend_on_blocks_or_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    case = prepared("pilot", "horizon=2027").case
    whole = simulate(case, range(120), (2020, 2025), jobs=1)
    threads = simulate(case, range(120), (2020, 2025), jobs=4)
    monkeypatch.setattr(ensemble, "BLOCK", 7)
    blocks = simulate(case, range(120), (2020, 2025), jobs=3)
    np.testing.assert_array_equal(whole.values, threads.values)
    np.testing.assert_array_equal(whole.values, blocks.values)
    np.testing.assert_array_equal(whole.pyramids, threads.pyramids)
    np.testing.assert_allclose(whole.pyramids, blocks.pyramids, rtol=1e-12)


def test_a_member_alone_has_the_numbers_it_has_in_the_ensemble() -> None:
    case = prepared("pilot", "horizon=2027").case
    whole = simulate(case, range(40))
    alone = simulate(case, range(23, 24))
    for name in whole.measures:
        np.testing.assert_array_equal(whole.of(name)[:, 23:24], alone.of(name), err_msg=name)


def test_a_run_stopped_and_started_again_equals_the_whole_run() -> None:
    case = prepared("pilot").case
    whole = run_one(case, 5)
    half = run_one(case, 5, stop=2028)
    assert half.people.year == 2028
    again = run_one(case, 5, resume=half)
    for one, other in zip(_arrays(again), _arrays(whole), strict=True):
        np.testing.assert_array_equal(one, other)


def _arrays(value: Any) -> Iterator[Any]:
    """Everything that a county at a year's end is made of."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _arrays(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _arrays(part)
    elif isinstance(value, np.ndarray) and value.dtype.names:
        for name in value.dtype.names:  # a record with a number that is none is not equal to itself, its fields are
            yield from _arrays(value[name])
    else:
        yield value


def test_scenarios_share_their_noise() -> None:
    """With a policy that does nothing, every draw is the same; with one that does, draws stay close to their twin."""
    trend = simulate(prepared("trend", "horizon=2026").case, range(64))
    pilot = simulate(prepared("pilot", "horizon=2026").case, range(64))
    own = trend.of("city")[-1]
    paired = pilot.of("city")[-1] - own
    assert paired.std() < 0.7 * own.std()


def test_the_change_of_the_rate_is_the_sum_of_its_parts() -> None:
    run = simulate(prepared("trend").case, range(20))
    rate = run.of("urbanization_rate").astype(np.float64)
    parts = sum(run.of(f"rate_change.{key}").astype(np.float64) for key in SOURCES)
    np.testing.assert_allclose(np.diff(rate, axis=0), parts[1:], atol=5e-7)
    urban = run.of("urban").astype(np.float64)
    grown = sum(run.of(f"urban_growth.{key}").astype(np.float64) for key in SOURCES)
    np.testing.assert_allclose(np.diff(urban, axis=0), grown[1:], atol=0.5)


def test_measures_fit_together() -> None:
    run = simulate(prepared("open-hukou").case, range(20))
    of = {name: run.of(name).astype(np.float64) for name in MEASURES}
    np.testing.assert_allclose(of["resident"], of["city"] + of["town"] + of["rural"], rtol=1e-6)
    np.testing.assert_allclose(of["urbanization_rate"], of["urban"] / of["resident"], rtol=1e-6)
    np.testing.assert_allclose(of["registered"], of["resident"] - of["outsiders"] + of["away"], rtol=1e-6)
    ages = ("age_0_2", "age_3_5", "age_6_11", "age_12_14", "age_15_17", "age_18_59", "age_60_64", "age_65_plus")
    np.testing.assert_allclose(sum(of[name] for name in ages), of["resident"], rtol=1e-6)
    np.testing.assert_allclose(of["household_size"], of["resident"] / of["households"], rtol=1e-6)
    assert (of["hukou_urbanization_rate"] < 1.0).all()


def test_the_base_year_is_the_census() -> None:
    run = simulate(prepared("trend", "horizon=2026").case, range(3), (2020,))
    assert run.of("resident")[0, 0] == pytest.approx(650_870, rel=1e-6)
    assert run.of("urban")[0, 0] == pytest.approx(308_493, rel=1e-6)
    assert run.of("city")[0, 0] == pytest.approx(207_420, rel=1e-6)
    assert run.of("households")[0, 0] == pytest.approx(236_616, rel=1e-6)
    assert run.pyramids[0, 0, :3, 0].sum() == pytest.approx(328_045, rel=1e-9)


def test_with_every_flow_at_zero_nobody_moves() -> None:
    case = prepared("trend", "horizon=2026").case
    origin = case.regions[0].settings[0].origin
    still = tuple(
        Setting(
            path=path,
            change="set",
            years=(2020,),
            values=(0.0,),
            dist=Distribution("certain"),
            ramp=1,
            source=Given("scenario"),
            origin=origin,
        )
        for path in PARAMETERS
        if path.startswith(("transfer.", "away.", "outside.", "boundary.", "hukou."))
    )
    region = replace(case.regions[0], settings=(*case.regions[0].settings, *still))
    run = simulate(replace(case, regions=(region,)), range(2))
    for name in MEASURES:
        if name.startswith("moves."):
            assert not run.of(name).any(), name
    grown = run.of("births")[1:] - run.of("deaths")[1:]
    np.testing.assert_allclose(np.diff(run.of("resident"), axis=0), grown, atol=2.0)
