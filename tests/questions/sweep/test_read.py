"""Sweep files: what they may say, and where they are wrong."""

from pathlib import Path
from typing import Any

import pytest

from sim.common.errors import InvalidInput
from sim.questions.sweep.read import read
from tests.questions.sweep.sweeps import OUTPUTS, PILOT, small, written
from tests.scenarios import JIESHOU


def faults(folder: Path, **changes: Any) -> str:
    with pytest.raises(InvalidInput) as refused:
        small(folder, **changes)
    for language in ("zh", "en"):
        assert "Traceback" not in refused.value.message(language)
    return refused.value.message("en")


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ({"fertility.tfrr": {"low": 1, "high": 2}}, "did you mean fertility.tfr"),
        ({"policies.hukou-zero-treshold.intensity": {"low": 0, "high": 1}}, "the scenario uses no policy"),
        ({"policies.all.intensity": {"low": 0, "high": 1}}, "only the intensity is set, where a scenario uses any"),
        ({"policies.all.from": {"low": 2021, "high": 2022}}, "only the intensity is set"),
        ({"fertility.tfr": {"low": 1, "high": 99}}, "outside the allowed"),
        ({"fertility.tfr": {"low": 2, "high": 1}}, "low below high"),
        ({"fertility.tfr": {"low": 1}}, "both low and high"),
        ({"fertility.tfr": {"low": 1, "high": 2, "values": [1]}}, "give one of"),
        ({"fertility.tfr": {"values": []}}, "must not be empty"),
        ({"fertility.tfr": {"values": [1.1, 1.1]}}, "listed twice"),
        ({"fertility.tfr": {"dist": {"normal": {"sd": 1}}}}, "needs a value"),
        ({"fertility.tfr": {"low": 1, "high": 2, "unit": "人"}}, "does not fit"),
        ({"fertility.tfr": {"lo": 1, "high": 2}}, "did you mean low"),
        ({"horizon": {"values": [2030.5]}}, "whole numbers"),
        ({"draws": {"values": [1, 2]}}, "cannot be a factor"),
        ({"profile.leave.peak": {"change": "times", "low": 0.9, "high": 1.1}}, "fixed for"),
    ],
)
def test_what_is_wrong_with_a_factor_is_said_at_its_line(tmp_path: Path, factors: dict[str, Any], said: str) -> None:
    message = faults(tmp_path, factors=factors)
    assert f"factors.{next(iter(factors))}" in message
    assert said in message or "cannot change" in message
    assert "small.yaml:4:" in message or "small.yaml:5:" in message


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    message = faults(
        tmp_path,
        factors={"fertility.tfrr": {"low": 1, "high": 2}, "fertility.tfr": {"low": 1, "high": 99}},
        outputs=[{"measure": "urbanisation_rate", "year": 2023}, {"target": "T999"}],
    )
    for words in ("fertility.tfrr", "outside the allowed", "did you mean urbanization_rate", "T999"):
        assert words in message


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ({"measure": "city"}, "needs a year"),
        ({"measure": "city", "year": 2060}, "must be in 2021…2035"),
        ({"measure": "city", "year": 2020}, "must be in 2021…2035"),
        ({"measure": "city", "year": 2025, "statistics": ["mode"]}, "must be one of"),
        ({"measure": "city", "year": 2025, "region": "jieshuo"}, "did you mean jieshou"),
        ({"target": "T999"}, "allowed: T205"),
        ({"target": "T207", "year": 2025}, "neither year nor statistics"),
        ({}, "give one of measure and target"),
        ({"measure": "births", "year": 2022}, "is there already"),
    ],
)
def test_what_is_wrong_with_an_output(tmp_path: Path, output: dict[str, Any], said: str) -> None:
    assert said in faults(tmp_path, outputs=[*OUTPUTS, output])


@pytest.mark.parametrize(
    "design",
    [{"kind": "latin"}, {"kind": "latin", "size": 0}, {"kind": "lattin", "size": 3}, {"kind": "fast", "size": 10}],
)
def test_what_is_wrong_with_a_design(tmp_path: Path, design: dict[str, Any]) -> None:
    assert "design" in faults(tmp_path, design=design)


def test_an_output_after_the_earliest_horizon_is_refused(tmp_path: Path) -> None:
    factors = {"horizon": {"values": [2022, 2035]}}
    assert "must be in 2021…2022" in faults(tmp_path, factors=factors)


def test_a_missing_scenario_is_said_with_its_line(tmp_path: Path) -> None:
    assert "small.yaml:2:11: scenario: no such scenario" in faults(tmp_path, scenario="nowhere.yaml")


def test_columns_are_named_after_what_they_hold(tmp_path: Path) -> None:
    sweep = small(tmp_path, outputs=[*OUTPUTS, {"target": "T207"}, {"measure": "city", "year": 2021, "name": "seat"}])
    assert [output.column for output in sweep.outputs] == [
        "urbanization_rate_2023_mean",
        "urbanization_rate_2023_median",
        "urbanization_rate_2023_q10",
        "births_2022_median",
        "probability_T207",
        "seat",
    ]


def test_policies_of_one_mechanism_are_not_stacked(tmp_path: Path) -> None:
    scenario = tmp_path / "both.yaml"
    (tmp_path / "policies").mkdir()
    for name in ("left", "right"):
        text = (JIESHOU.parent / "policies" / "nursery-subsidy.yaml").read_text("utf-8")
        text = text.replace("id: nursery-subsidy", f"id: {name}\nmechanism: one")
        (tmp_path / "policies" / f"{name}.yaml").write_text(text, encoding="utf-8")
    uses = "\n".join(f"  - {{use: {name}, intensity: 0}}" for name in ("left", "right"))
    scenario.write_text(f"name: both\nregion: jieshou\nplan: jieshou\npolicies:\n{uses}\n", encoding="utf-8")
    factors = {f"policies.{name}.intensity": {"low": 0, "high": 1} for name in ("left", "right")}
    assert not small(tmp_path, factors=factors, scenario="both.yaml").stacked
    assert small(tmp_path, factors={"policies.left.intensity": {"low": 0, "high": 1}}, scenario="both.yaml").stacked


def test_policies_that_act_on_services_are_not_stacked(tmp_path: Path) -> None:
    scenario = tmp_path / "beds.yaml"
    uses = "policies: [{use: family-care-beds, from: 2021}, {use: nursery-subsidy, intensity: 1}]"
    scenario.write_text(f"name: beds\nregion: jieshou\nplan: jieshou\n{uses}\n", encoding="utf-8")
    factors = {"policies.family-care-beds.intensity": {"low": 0, "high": 1}}
    outputs = [{"measure": "need.elder_beds", "year": 2025}]
    assert not small(tmp_path, factors=factors, outputs=outputs, scenario="beds.yaml").stacked
    others = {"policies.nursery-subsidy.intensity": {"low": 0, "high": 1}}
    assert small(tmp_path, factors=others, outputs=outputs, scenario="beds.yaml").stacked


def test_the_shipped_sweeps_are_valid() -> None:
    files = sorted((JIESHOU / "sweeps").glob("*.yaml"))
    assert len(files) >= 3
    for file in files:
        sweep = read(file)
        assert sweep.factors
        assert file in sweep.inputs
        assert sweep.scenario in sweep.inputs


def test_draws_of_the_command_line_go_before_those_of_the_file(tmp_path: Path) -> None:
    assert read(written(tmp_path, scenario=PILOT), 11).draws == 11
    assert read(written(tmp_path, scenario=PILOT)).draws == 3
