"""Members: each is what `townward run --set …` gives, to the last digit, and a bad one spoils no other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.county import Course
from sim.model.people.step import Broken
from sim.questions.sweep import block as blocks
from sim.questions.sweep.block import run_block
from sim.questions.sweep.design import points, values
from sim.questions.sweep.plan import Sweep
from sim.questions.sweep.read import read
from sim.questions.sweep.template import described, template
from sim.run import warm
from sim.run.moves import changed
from sim.run.scenario_run import run
from sim.scenario import scenario as resolve
from tests.questions.sweep.sweeps import FACTORS, OUTPUTS, PILOT, small
from tests.scenarios import JIESHOU

QUANTILES = {"median": 0.5, "q10": 0.1}


def members(sweep: Sweep) -> np.ndarray[Any, Any]:
    return values(sweep.factors, points(sweep))


def by_command(sweep: Sweep, at: np.ndarray[Any, Any]) -> list[float]:
    """The outputs of a member from the tables that `townward run` writes."""
    asked = [factor.override(value) for factor, value in zip(sweep.factors, at, strict=True)]
    tables = run(resolve(sweep.scenario, [*asked, f"draws={sweep.draws}"]), 1).tables
    found = []
    for output in sweep.outputs:
        if output.target is not None:
            found.append(next(v.probability for v in tables.verdicts if v.id == output.target.id))
            continue
        series = tables.series.frame()
        own = series[(series["measure"] == output.measure) & (series["year"] == output.year)]
        own = own[own["region"] == tables.regions[output.row][0]]
        if output.statistic == "mean":
            found.append(own[own["statistic"] == "mean"]["value"].item())
        else:
            found.append(own[own["quantile"] == QUANTILES[output.statistic]]["value"].item())
    return [float(value) for value in found]


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "changes of parameters": (
        {
            "away.return_to_city": {"change": "times", "low": 0.8, "high": 1.2},
            "fertility.tfr": {"low": 1.0, "high": 1.5},
            "outside.arrive_city": {"change": "add", "low": 0.01, "high": 0.05, "unit": "万人/年"},
            "transfer.rural_to_city.times": {"value": 1.0, "dist": {"lognormal": {"sd": 0.1}}},
            "household.headship_trend": {"low": -0.01, "high": 0.0},
            "mortality.level": {"value": 1.0, "dist": {"triangular": {"low": 0.8, "high": 1.3}}},
        },
        PILOT,
    ),
    "intensities of policies": (
        {
            "policies.industrial-park-jobs.intensity": {"low": 0, "high": 2},
            "policies.schools-in-town.intensity": {"values": [0, 1]},
            "policies.all.intensity": {"low": 0, "high": 2},
            "transfer.rural_to_city": {"change": "times", "low": 0.9, "high": 1.1},
        },
        PILOT,
    ),
    "what is fixed for a run": (
        {
            "horizon": {"values": [2026, 2030]},
            "profile.leave.peak": {"low": 20, "high": 24},
            "policies.industrial-park-jobs.amount": {"low": 1000, "high": 4000},
            "policies.bus-integration.from": {"low": 2021, "high": 2024},
            "fertility.tfr": {"change": "times", "low": 0.9, "high": 1.1},
        },
        PILOT,
    ),
}
JUDGED = [
    *OUTPUTS,
    {"target": "T205"},
    {"target": "T207"},
    {"measure": "households", "year": 2025},
    {"measure": "rate_change.transfer", "year": 2025, "statistics": ["median"]},
]


@pytest.mark.parametrize("case", CASES)
def test_a_member_is_the_run_of_its_overrides_bit_for_bit(tmp_path: Path, case: str) -> None:
    factors, scenario = CASES[case]
    sweep = small(tmp_path, factors, {"kind": "latin", "size": 3}, JUDGED, scenario, draws=7)
    at = members(sweep)
    done = run_block(sweep, range(3), at)
    assert not done.failures
    assert np.isfinite(done.outputs).all()
    for row in range(3):
        assert done.outputs[row].tolist() == by_command(sweep, at[row])


SWEEPS = sorted(JIESHOU.parent.glob("*/sweeps/*policies.yaml"))


def test_a_sweep_of_all_policies_ships_for_every_plan() -> None:
    plans = {file.parent.name for file in JIESHOU.parent.glob("*/trend.yaml")}
    assert plans - {"haidong"} == {file.parents[1].name for file in SWEEPS if file.name == "policies.yaml"}
    assert [file.name for file in SWEEPS if file.parents[1].name == "haidong"] == [
        "haidong-2021-policies.yaml",
        "haidong-2022-policies.yaml",
    ]


@pytest.mark.parametrize("file", SWEEPS, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_all_policies_are_one_factor_of_every_plan(file: Path) -> None:
    """Members with none of the policies, with all, and with more differ in something that the sweep keeps."""
    sweep = read(file, 2)
    at = members(sweep)
    column = next(number for number, one in enumerate(sweep.factors) if one.key == "policies.all.intensity")
    rows = [int(np.flatnonzero(at[:, column] == value)[0]) for value in sweep.factors[column].values[:2]]
    outputs = tuple(replace(one, year=2026) for one in sweep.outputs)
    done = run_block(replace(sweep, outputs=outputs), range(2), at[rows])
    assert not done.failures
    assert (done.outputs[0] != done.outputs[1]).any()


def test_a_region_without_villages_is_the_same_in_a_sweep(tmp_path: Path) -> None:
    file = tmp_path / "yuexiu.yaml"
    file.write_text("name: yuexiu\nregion: yuexiu\nhorizon: 2024\ntest_year: 2023\n", "utf-8")
    factors = {"outside.arrive_city": {"change": "times", "low": 0.9, "high": 1.1}}
    outputs = [{"measure": measure, "year": 2024} for measure in ("rural", "resident", "homes")]
    sweep = small(tmp_path, factors, {"kind": "latin", "size": 2}, outputs, str(file), draws=3)
    at = members(sweep)
    done = run_block(sweep, range(2), at)
    for row in range(2):
        assert done.outputs[row].tolist() == by_command(sweep, at[row])


def test_a_service_standard_may_be_a_factor(tmp_path: Path) -> None:
    factors = {"service.nurses.standard": {"low": 3, "high": 6}}
    outputs = [{"measure": "need.nurses", "year": 2025}]
    sweep = small(tmp_path, factors, {"kind": "grid", "size": 2}, outputs)
    low, high = run_block(sweep, range(2), members(sweep)).outputs[:, 0]
    np.testing.assert_allclose(high, 2.0 * low, rtol=1e-6)


def test_its_settings_are_those_of_the_command_line(tmp_path: Path) -> None:
    factors, scenario = CASES["changes of parameters"]
    sweep = small(tmp_path, factors, {"kind": "latin", "size": 2}, scenario=scenario)
    for at in members(sweep):
        asked = [factor.override(value) for factor, value in zip(sweep.factors, at, strict=True)]
        theirs = resolve(sweep.scenario, asked).settings["jieshou"]
        of = template(sweep, ())
        ours = changed(of.case, of.moves, at).regions[0].settings
        assert [one.key for one in ours] == [one.key for one in theirs]
        assert [replace(one, origin=theirs[0].origin, source=theirs[0].source) for one in ours] == [
            replace(one, origin=theirs[0].origin, source=theirs[0].source) for one in theirs
        ]


def test_more_draws_than_lanes_go_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path, design={"kind": "latin", "size": 5}, draws=7)
    at = members(sweep)
    whole = run_block(sweep, range(5), at).outputs
    for together in (1, 3, 7, 14):
        monkeypatch.setattr(warm, "LANES", together)
        np.testing.assert_array_equal(run_block(sweep, range(5), at).outputs, whole)
    monkeypatch.setattr(blocks, "_SLICE", 1)
    np.testing.assert_array_equal(run_block(sweep, range(5), at).outputs, whole)


@given(order=st.permutations(range(6)), cut=st.integers(1, 5))
@settings(max_examples=8, deadline=None)
def test_members_do_not_know_each_other(tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int) -> None:
    sweep = small(tmp_path_factory.mktemp("sweep"))
    at = members(sweep)
    whole = run_block(sweep, range(6), at).outputs
    parts = [run_block(sweep, range(len(part)), at[part]).outputs for part in (order[:cut], order[cut:])]
    np.testing.assert_array_equal(np.concatenate(parts), whole[order])


def test_a_member_that_leaves_the_allowed_range_is_listed_and_no_other_is_touched(tmp_path: Path) -> None:
    factors = {"fertility.tfr": {"low": 1, "high": 6}, "fertility.tfr.times": {"low": 0.5, "high": 5}}
    sweep = small(tmp_path, factors, {"kind": "grid", "size": 2})
    at = members(sweep)
    done = run_block(sweep, range(4), at)
    assert done.members.tolist() == [0, 1, 2]
    ((member, error, asked),) = done.failures
    assert member == 3
    assert "fertility.tfr is 30" in error
    assert asked == described(sweep.factors, at[3]) == "--set 'fertility.tfr=6.0' --set 'fertility.tfr.times=5.0'"
    good = run_block(sweep, range(3), at[:3])
    np.testing.assert_array_equal(done.outputs, good.outputs)


def _broken_above(limit: float, monkeypatch: pytest.MonkeyPatch, error: type[Exception] | None) -> None:
    """Makes years raise, or lose their numbers, in lanes whose fertility is above a limit."""
    real = Course.step

    def step(way: Course, which: range) -> None:
        wrong = (way.given.rates[:, which.start : which.stop, 0, 3] > limit).any(axis=0)
        if wrong.any() and error is not None:
            raise error("a lane broke")
        real(way, which)
        way.into.sums[:, :, which.start : which.stop][:, :, wrong] = np.nan

    monkeypatch.setattr(Course, "step", step)


@pytest.mark.parametrize("error", [Broken, ValueError, FloatingPointError, None])
def test_a_member_that_raises_or_gives_no_number_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception] | None
) -> None:
    sweep = small(
        tmp_path,
        {"fertility.tfr": {"values": [1.1, 5.0, 1.2]}, "noise.fertility.deviation": {"values": [0.0]}},
        {"kind": "grid"},
    )
    at = members(sweep)
    good = run_block(sweep, range(3), at)
    assert not good.failures
    _broken_above(3.0, monkeypatch, error)
    done = run_block(sweep, range(3), at)
    assert done.members.tolist() == [0, 2]
    assert [failure[0] for failure in done.failures] == [1]
    assert ("a lane broke" if error else "is not a number in 3 of 3 draws") in done.failures[0][1]
    np.testing.assert_array_equal(done.outputs, good.outputs[[0, 2]])


def test_a_design_of_none_is_the_scenario_itself(tmp_path: Path) -> None:
    sweep = small(tmp_path, {}, {"kind": "grid"})
    done = run_block(sweep, range(1), members(sweep))
    assert done.outputs[0].tolist() == by_command(sweep, np.empty(0))


def test_factors_do_what_they_say(tmp_path: Path) -> None:
    sweep = small(tmp_path, FACTORS, {"kind": "grid", "size": 2})
    rate, births = (run_block(sweep, range(4), members(sweep)).outputs[:, column] for column in (0, 3))
    assert rate[2] > rate[0]
    assert births[1] > births[0]
