"""Chinese and English names stand for ids: in keys, in lines of plans, in questions and sweeps."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.model.registry import PARAMETERS
from sim.questions.seek.read import Options
from sim.questions.seek.read import read as read_seek
from sim.questions.sweep.read import read as read_sweep
from sim.scenario import scenario
from sim.scenario.by_name import key_of, known_id
from tests.scenarios import JIESHOU

POLICIES = {"industrial-park-jobs": Text("园区扩容增岗", "jobs of growing industrial parks"), "b": Text("同名", "one")}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("外出→县城", "away.return_to_city"),
        ("外出→县城.times", "away.return_to_city.times"),
        ("away.return_to_city.times", "away.return_to_city.times"),
        ("Return to the county seat", "away.return_to_city"),
        ("policies.园区扩容增岗.intensity", "policies.industrial-park-jobs.intensity"),
        ("policies.b.from", "policies.b.from"),
        ("policies.没有.from", "policies.没有.from"),
        ("没有", "没有"),
        ("", ""),
        ("horizon", "horizon"),
    ],
)
def test_a_key_is_told_by_ids(said: str, key: str) -> None:
    assert key_of(said, PARAMETERS, POLICIES) == key


def test_a_name_that_two_have_is_nobodys() -> None:
    assert known_id("同名", POLICIES | {"c": Text("同名", "other")}) == "同名"


def test_a_target_and_a_plan_may_be_called_by_their_names(tmp_path: Path) -> None:
    own = scenario(JIESHOU / "trend.yaml", ("plan=null", "target:常住人口城镇化率 >= 60% @ 2030")).plan
    assert own is not None
    assert (own.targets[0].measure, own.targets[0].value) == ("urbanization_rate", 0.6)
    (tmp_path / "own.yaml").write_text(
        "name: own\nextends: jieshou/trend.yaml\nplan: 界首市新型城镇化试点实施方案\n", encoding="utf-8"
    )
    plan = scenario(tmp_path / "own.yaml").plan
    assert plan is not None
    assert plan.id == "jieshou"
    with pytest.raises(InvalidInput, match="城镇化概率"):
        scenario(JIESHOU / "trend.yaml", ("target:城镇化概率 >= 60% @ 2030",))


def test_a_question_takes_names_for_levers_and_targets() -> None:
    levers = ("policies.园区扩容增岗.intensity=0:2", "外出→县城.times=0.5:2")
    asked = read_seek(JIESHOU / "pilot.yaml", Options(("常住人口城镇化率>=55%@2025",), levers, (), 0.8, 20, None, ()))
    assert [lever.key for lever in asked.levers] == [
        "policies.industrial-park-jobs.intensity",
        "away.return_to_city.times",
    ]
    assert asked.goals[0].target.measure == "urbanization_rate"


def test_a_sweep_takes_names_for_factors_and_outputs(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "name: s\nscenario: jieshou/pilot.yaml\nfactors:\n"
        "  policies.园区扩容增岗.intensity: {low: 0, high: 2}\n  外出→县城: {change: times, low: 0.7, high: 1.3}\n"
        "design: {kind: grid, size: 2, seed: 1}\ndraws: 5\n"
        "outputs:\n  - {measure: 常住人口城镇化率, year: 2025, statistics: [median]}\n",
        encoding="utf-8",
    )
    sweep = read_sweep(tmp_path / "s.yaml")
    assert [factor.key for factor in sweep.factors] == [
        "policies.industrial-park-jobs.intensity",
        "away.return_to_city.times",
    ]
    assert sweep.factors[0].policy == "industrial-park-jobs"
    assert [output.column for output in sweep.outputs] == ["urbanization_rate_2025_median"]
