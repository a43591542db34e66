"""How scenarios differ, as their files and `--set` say it."""

from sim.run.differing import differing, of_one_place
from sim.scenario import explain, scenario
from tests.scenarios import JIESHOU

PILOT = JIESHOU / "pilot.yaml"


def test_policies_settings_and_years_that_differ_are_named_and_others_are_not() -> None:
    changes = ("policies.schools-in-town.intensity=2", "away.return_to_city.times=1.2", "horizon=2030")
    found = differing([scenario(PILOT), scenario(PILOT, changes)])
    assert [(one.kind, one.id) for one in found] == [
        ("key", "horizon"),
        ("policy", "schools-in-town"),
        ("setting", "away.return_to_city"),
    ]
    assert [value.en for value in found[1].values if value] == ["from 2022 · strength 1", "from 2022 · strength 2"]
    assert found[2].values[0] is None
    assert found[2].values[1] is not None
    assert found[2].values[1].en == "× 1.2"


def test_a_policy_and_a_project_of_one_alone_have_nothing_in_the_other() -> None:
    found = {one.id: one for one in differing([scenario(JIESHOU / "trend.yaml"), scenario(PILOT)])}
    assert found["industrial-park-jobs"].values[0] is None
    said = found["industrial-park-jobs"].values[1]
    assert said is not None
    assert said.en == "from 2021 · 3,000 people a year · strength 1"
    assert found["car-parks"].values[0] is None


def test_the_same_scenario_differs_in_nothing() -> None:
    assert differing([scenario(PILOT), scenario(PILOT)]) == ()


def test_other_regions_are_another_place() -> None:
    other = scenario(JIESHOU.parent / "hanyin" / "trend.yaml")
    assert of_one_place([scenario(PILOT), scenario(JIESHOU / "trend.yaml")])
    assert not of_one_place([scenario(PILOT), other])


def test_a_changed_run_has_another_name_for_each_change() -> None:
    changes = [(), ("draws=50",), ("draws=51",), ("away.return_to_city=0.02",), ("away.return_to_city={2021: 0.02}",)]
    names = [scenario(PILOT, one).folder_name for one in changes]
    assert names[0] == "jieshou-pilot"
    assert names[1] == "jieshou-pilot-draws-50"
    assert len(set(names)) == len(names)
    assert all(set(name).isdisjoint('\\/:*?"<>|= ') for name in names)
    changed = scenario(PILOT, changes[3])
    assert changed.full_title.en == "Pilot plan, changed: away.return_to_city=0.02"
    assert changed.title.en == "Pilot plan"


def test_what_was_set_is_its_own_source_and_the_rate_keeps_its_own() -> None:
    path = "transfer.rural_to_city"
    (plain,) = explain(scenario(PILOT), path)
    assert plain.source is not None
    assert "2020" in plain.source.en, "a policy that multiplies a fitted rate does not replace its source"
    assert plain.place.file.endswith("rates.yaml")
    (told,) = explain(scenario(PILOT, ["policies.schools-in-town.intensity=2"]), path)
    set_ = [one for one in told.changes if one.origin.place.file == "--set"]
    assert [one.policy for one in set_] == ["schools-in-town"]
    assert set_[0].origin.source is not None
    assert set_[0].origin.source.en.startswith("--set policies.schools-in-town.intensity=2; assumption")
    (given,) = explain(scenario(PILOT, [f"{path}=0.01"]), path)
    assert given.source is not None
    assert (given.source.en, given.place.file, given.changes) == ("--set", "--set", ())


def test_control_totals_differ_as_they_were_asked_for_and_not_as_the_steps_to_them() -> None:
    found = {one.id: one for one in differing([scenario(PILOT), scenario(JIESHOU / "control-total.yaml")])}
    assert list(found) == ["totals"]
    before, after = found["totals"].values
    assert before is None
    assert after is not None
    assert after.en == (
        "2025: residents 660,000 people, 2030: residents 680,000 people, 2030: urban residents 400,000 people"
    )
    assert after.zh == "2025 年常住人口 66万人、2030 年常住人口 68万人、2030 年城镇人口 40万人"
