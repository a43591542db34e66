"""Targets that a scenario holds itself, in its file or from the command line."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.scenario import scenario
from sim.scenario.targets import read
from tests.paths import ROOT

JIESHOU = ROOT / "scenarios" / "jieshou" / "pilot.yaml"
ENTRY = (
    "  - {id: %s, title: {zh: 一, en: one}, kind: outcome, measure: urbanization_rate, op: at_least, value: %s, "
    "unit: '%%', year: 2030, source: assumption}\n"
)


def own(folder: Path, *entries: tuple[str, float]) -> Path:
    lines = "".join(ENTRY % one for one in entries)
    (folder / "own.yaml").write_text(
        f"name: own\nextends: jieshou/trend.yaml\nplan: null\ntargets:\n{lines}", encoding="utf-8"
    )
    return folder / "own.yaml"


def test_a_scenario_without_a_plan_is_held_against_its_own_targets(tmp_path: Path) -> None:
    plan = scenario(own(tmp_path, ("A1", 54), ("A2", 56))).plan
    assert plan is not None
    assert [(one.id, one.value) for one in plan.targets] == [("A1", 0.54), ("A2", 0.56)]
    assert plan.region is None


def test_a_child_replaces_a_target_of_its_id(tmp_path: Path) -> None:
    own(tmp_path, ("A1", 54))
    (tmp_path / "child.yaml").write_text(f"name: child\nextends: own.yaml\ntargets:\n{ENTRY % ('A1', 58)}", "utf-8")
    plan = scenario(tmp_path / "child.yaml").plan
    assert plan is not None
    assert [one.value for one in plan.targets] == [0.58]


def test_targets_of_the_command_line_stand_after_those_of_the_plan() -> None:
    plain = scenario(JIESHOU).plan
    plan = scenario(JIESHOU, ("target:urbanization_rate >= 60% @ 2030", "target:jieshou:resident≤70万人@2030")).plan
    assert plan is not None
    assert plain is not None
    assert plan.targets[: len(plain.targets)] == plain.targets
    first, second = plan.targets[len(plain.targets) :]
    assert (first.id, first.measure, first.op, first.value, first.year) == (
        "Q1",
        "urbanization_rate",
        "at_least",
        0.6,
        2030,
    )
    assert (second.id, second.op, second.value, second.region) == ("Q2", "at_most", 700_000.0, "jieshou")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("urbanization_rate 60% 2030", "MEASURE >= VALUE UNIT @ YEAR"),
        ("urbanisation_rate >= 60% @ 2030", "did you mean urbanization_rate"),
        ("urbanization_rate >= 60人 @ 2030", "unit"),
        ("fuyang: urbanization_rate >= 60% @ 2030", "fuyang"),
    ],
)
def test_a_target_that_is_none_is_told(words: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        scenario(JIESHOU, (f"target:{words}",))


def test_the_template_of_a_plan_is_a_plan() -> None:
    (plan,) = read([str(ROOT / "scenarios" / "plans" / "templates" / "county.yaml")])
    assert {target.kind for target in plan.targets} == {"outcome", "standard", "commitment", "deadline", "rule"}


@pytest.mark.parametrize("place", ["anyang", "guangzhou", "haidong", "hanyin", "jieshou", "shijiazhuang"])
def test_every_place_has_an_outlook_that_is_held_to_figures(place: str) -> None:
    found = scenario(ROOT / "scenarios" / place / "outlook-2035.yaml")
    assert found.observed
    assert (found.horizon, found.test_year) == (2035, 2030)
    assert found.plan is not None
    assert found.plan.targets[0].year == 2030
