"""Seek files: what they may say, where they are wrong, and that the shipped ones are answered."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.cli.kinds import schema
from sim.common.errors import InvalidInput
from sim.questions.seek.ask import Asked, seek
from sim.questions.seek.folder import record, scenario_parts
from sim.questions.seek.read import Options, read
from sim.questions.seek.seek_file import SeekFile
from sim.questions.seek.start import started
from sim.run.moves import stacks
from sim.run.reaching import probability, reaches
from sim.run.scenario_run import ready, run
from sim.scenario import scenario
from tests.questions.seek.cases import JOBS, PILOT, beside, question
from tests.questions.seek.test_jieshou import promised, shown
from tests.scenarios import JIESHOU

SEEKS = sorted(JIESHOU.parent.glob("*/seeks/*.yaml"))
PLANS = {file.parent.name for file in JIESHOU.parent.glob("*/trend.yaml")}
EVERY = "policies.all.intensity"
MOVES = "transfer.rural_to_city"


def written(folder: Path, **changes: Any) -> Path:
    """A seek file; None takes a key away."""
    content: dict[str, Any] = {
        "name": "small",
        "scenario": str(PILOT),
        "targets": ["T205"],
        "vary": {JOBS: {"low": 0, "high": 10}},
        "draws": 20,
    }
    whole = {key: value for key, value in (content | changes).items() if value is not None}
    file = folder / "small.yaml"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def faults(folder: Path, options: Options | None = None, **changes: Any) -> str:
    with pytest.raises(InvalidInput) as raised:
        read(written(folder, **changes), options or Options())
    assert raised.value.message("zh")
    return raised.value.message("en")


def outline(asked: Asked) -> list[object]:
    """What is asked, whoever asks it."""
    return [asked.goals, asked.levers, asked.scenario.draws, asked.scenario.seed, asked.scenario.settings]


def test_a_file_asks_what_the_command_asks(tmp_path: Path) -> None:
    vary = {JOBS: {"low": 0, "high": 10, "weight": 3}, MOVES: {"change": "times", "low": 1, "high": 4}}
    of_file = read(written(tmp_path, targets=["T205", "away<=200000@2030"], vary=vary, seed=7), Options())
    of_command = read(
        PILOT,
        Options(("T205", "away<=200000@2030"), (f"{JOBS}=0:10", f"{MOVES}.times=1:4"), (f"{JOBS}=3",), None, 20, 7),
    )
    assert outline(of_file) == outline(of_command)
    assert (of_file.name, of_command.name) == ("small", None)
    assert of_file.file == of_command.file


def test_options_go_before_what_the_file_says(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        targets=[{"target": "T205", "probability": 0.5}, "T207"],
        probability=0.9,
        seed=3,
        set={f"{MOVES}.times": 1.5, "horizon": 2030},
    )
    plain = read(file, Options())
    assert [goal.probability for goal in plain.goals] == [0.5, 0.9]
    assert plain.probability is None
    assert (plain.scenario.draws, plain.scenario.seed, plain.scenario.horizon) == (20, 3, 2030)
    over = read(file, Options((), (f"{MOVES}.times",), (), 0.6, 11, 0, ("horizon=2028", "fertility.tfr=1.2")))
    assert [goal.probability for goal in over.goals] == [0.6, 0.6]
    assert [lever.key for lever in over.levers] == [f"{MOVES}.times"]
    assert (over.scenario.draws, over.scenario.seed, over.scenario.horizon) == (11, 0, 2028)
    assert set(over.start.content["set"]) == {MOVES, "fertility.tfr"}
    other = read(file, Options(("T206",), (), (f"{JOBS}=2",)))
    assert [(goal.id, goal.probability) for goal in other.goals] == [("T206", 0.9)]
    assert other.levers[0].weight == 2.0


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"targets": ["T205", "T999"]}, "5:3: targets[1]", "there is no target T999 that can be judged"),
        ({"targets": [{"target": "city"}]}, "4:3: targets[0]", "several targets of the plan are of it"),
        ({"targets": [{"target": "T205", "probability": 80}]}, "5:16: targets[0].probability", "must be < 1"),
        ({"targets": [{"traget": "T205"}]}, "4:3: targets[0].traget", "did you mean target?"),
        ({"targets": []}, "3:10: targets", "must not be empty"),
        ({"vary": {}}, "5:7: vary", "must not be empty"),
        ({"vary": {"away.retrun_to_city": {"low": 0, "high": 1}}}, "6:3: vary.away.retrun_to_city", "did you mean"),
        ({"vary": {JOBS: {"low": 0}}}, f"7:5: vary.{JOBS}", "give both low and high, or neither"),
        ({"vary": {JOBS: {"low": 2, "high": 1}}}, f"7:5: vary.{JOBS}", "low must be below high"),
        ({"vary": {JOBS: {"low": 2, "high": 3}}}, f"6:3: vary.{JOBS}", "its present value 1 must lie in 2:3"),
        ({"vary": {JOBS: {"low": 0, "high": 11}}}, f"8:5: vary.{JOBS}.high", "must be ≤ 10"),
        ({"vary": {JOBS: {"low": 0, "high": 3, "weight": 0}}}, f"9:13: vary.{JOBS}.weight", "must be > 0"),
        ({"vary": {JOBS: {"weigth": 1}}}, f"7:5: vary.{JOBS}.weigth", "did you mean weight?"),
        ({"set": {"fertility.tfrr": 1}}, "11:3: set.fertility.tfrr", "did you mean fertility.tfr?"),
        ({"set": {"fertility.tfr": 99}}, "11:3: set.fertility.tfr", "outside the allowed"),
        ({"set": {"policies.nursery.intensity": 1}}, "11:3: set.policies.nursery.intensity", "uses no policy nursery"),
        ({"set": {"region": "haidong"}}, "11:3: set.region", "write it in a scenario file"),
        ({"set": {MOVES: 0.01, f"{MOVES}.times": 2}}, f"11:3: set.{MOVES}", "is changed twice"),
        ({"scenario": "pilto.yaml"}, "2:11: scenario", "no such scenario: pilto.yaml"),
        ({"probability": 1}, "10:14: probability", "must be < 1"),
        ({"draws": 0}, "9:8: draws", "must be ≥ 1"),
        ({"vari": {}}, "10:1: vari", "did you mean vary?"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, changes: dict[str, Any], line: str, said: str) -> None:
    message = faults(tmp_path, **changes)
    assert f"small.yaml:{line}" in message
    assert said in message


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    vary = {"nothing.here": {}, JOBS: {"low": 2, "high": 3}}
    message = faults(tmp_path, targets=["T999", "T998"], vary=vary)
    assert all(words in message for words in ("targets[0]", "targets[1]", "vary.nothing.here", f"vary.{JOBS}"))


def test_a_fault_of_the_command_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    assert "--target: T999" in faults(tmp_path, Options(targets=("T999",)))
    assert "--vary: no.path" in faults(tmp_path, Options(vary=("no.path",)))
    assert "--set: set.fertility.tfr: " in faults(tmp_path, Options(overrides=("fertility.tfr=99",)), set={})
    assert "--set: set.fertility.tfr: " in faults(
        tmp_path, Options(overrides=("fertility.tfr=99",)), set={"fertility.tfr": 1.1}
    )
    assert "--probability" in faults(tmp_path, Options(probability=80.0))


def test_what_is_set_acts_as_the_same_words_of_a_run() -> None:
    """The search starts from what `run --set` gives, where no policy acts on the same parameter."""
    overrides = (
        "boundary.rural_to_city=0.001",
        "away.leave_city.times=0.8",
        "policies.industrial-park-jobs.intensity=2",
    )
    asked = read(PILOT, Options(("city>=240000@2024",), (f"{MOVES}.times=1:3",), (), 0.5, 30, 11, overrides))
    assert not asked.start.notes
    target = asked.goals[0].target
    done = run(scenario(PILOT, [*overrides, "draws=30", "seed=11"]), 1)
    values = done.ensemble.of("city", 0)[done.ensemble.years.index(2024)].astype(float)
    assert seek(asked).present.judged[0].probability == probability(reaches(values, target))[0]


def test_the_order_of_policies_is_said_where_it_matters() -> None:
    assert not started(PILOT, (f"{MOVES}.times=1.2",)).notes
    (note,) = started(PILOT, (f"{MOVES}=0.012",)).notes
    assert "schools-in-town" in note.en
    assert "schools-in-town" in note.zh


def test_the_found_scenario_holds_what_was_set(tmp_path: Path) -> None:
    """A value set, a policy changed and a seed are in what is written, and it shows the promised probability."""
    overrides = (f"{MOVES}=0.012", "policies.schools-in-town.intensity=2", "horizon=2030")
    asked = read(PILOT, Options(("T205",), (f"{MOVES}.times=1:8",), (), 0.5, 40, 5, overrides))
    answer = seek(asked)
    assert answer.status == "found"
    file = shown(answer, tmp_path / "found")
    assert {path.name for path in file.parent.iterdir()} == {"found.yaml", "start.yaml"}
    resolved = scenario(file)
    assert (resolved.seed, resolved.draws, resolved.horizon) == (5, 40, 2030)
    assert next(use for use in resolved.policies if use.id == "schools-in-town").intensity == 2.0
    promised(answer, file)
    assert record(answer)["set"]["set"][MOVES]["value"] == 0.012


def test_a_policy_of_ones_own_comes_along_with_what_was_set(tmp_path: Path) -> None:
    policy = yaml.safe_load((JIESHOU.parent / "policies" / "schools-in-town.yaml").read_text("utf-8"))
    (tmp_path / "policies").mkdir()
    own = tmp_path / "policies" / "own-schools.yaml"
    own.write_text(yaml.safe_dump(policy | {"id": "own-schools", "mechanism": "own"}, allow_unicode=True), "utf-8")
    file = tmp_path / "own.yaml"
    use = {"use": "own-schools", "intensity": 0.0}
    file.write_text(yaml.safe_dump({"name": "own", "extends": str(PILOT), "policies": [use]}), "utf-8")
    overrides = ("policies.own-schools.intensity=1",)
    goal = beside("city", 1.02)
    answer = seek(read(file, Options((goal,), (f"{MOVES}.times=1:8",), (), 0.5, 20, None, overrides)))
    promised(answer, shown(answer, tmp_path / "results" / "found"))


def test_each_target_has_its_own_probability(tmp_path: Path) -> None:
    goals = [beside("city", 1.02), beside("urbanization_rate", 1.01)]
    wanted = [{"target": goal, "probability": share} for goal, share in zip(goals, (0.3, 0.7), strict=True)]
    answer = seek(
        read(written(tmp_path, targets=wanted, vary={f"{MOVES}.times": {"low": 1, "high": 8}}, draws=60), Options())
    )
    assert answer.found is not None
    promised(answer, shown(answer, tmp_path / "found"))
    harder = seek(question(PILOT, goals, [f"{MOVES}.times=1:8"], 0.7, 60))
    assert harder.found is not None
    assert answer.found.effort < harder.found.effort  # asking 30% of one costs less than 70% of both
    said = record(answer)
    assert said["probability_asked"] is None
    assert [target["probability_asked"] for target in said["targets"]] == [0.3, 0.7]
    assert "30%" in said["sentences"]["en"][0]
    assert "70%" in said["sentences"]["zh"][0]


def test_a_lever_of_a_scenarios_own_parameters(tmp_path: Path) -> None:
    """What services and indicators are set to may be varied too, and aimed at."""
    path = "service.elder_beds.standard"
    answer = seek(question(PILOT, ["need.elder_beds<=5000@2025"], [f"{path}.times=0.1:1"], 0.5, 10))
    of = ready(answer.asked.scenario).case
    assert not stacks(of, answer.asked.levers[0].move)
    assert answer.status == "found"
    promised(answer, shown(answer, tmp_path / "found"))


def test_a_policy_that_acts_on_a_service_may_be_varied(tmp_path: Path) -> None:
    use = {"use": "family-care-beds", "from": 2021, "intensity": 0.0}
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump({"name": "own", "extends": str(PILOT), "policies": [use]}), "utf-8")
    vary = ["policies.family-care-beds.intensity=0:8", "fertility.tfr.times=0.9:1.1"]
    answer = seek(question(file, ["need.elder_beds<=5000@2025"], vary, 0.5, 10))
    of = ready(answer.asked.scenario).case
    assert [stacks(of, lever.move) for lever in answer.asked.levers] == [False, True]
    assert answer.status == "found"
    promised(answer, shown(answer, tmp_path / "found"))


def test_the_schema_lists_every_key() -> None:
    made = schema("seek")
    assert set(made["properties"]) == {field.alias or name for name, field in SeekFile.model_fields.items()}
    assert set(made["required"]) == {"name", "scenario", "targets", "vary"}
    json.dumps(made)


def test_seeks_ship_for_every_plan() -> None:
    of_all = [file for file in SEEKS if EVERY in file.read_text("utf-8")]
    assert {file.parents[1].name for file in of_all} == PLANS
    asked = [read(file, Options()) for file in SEEKS if file.parents[1] == JIESHOU]
    assert {len(one.levers) for one in asked} >= {1, 2, 4}
    assert all(one.title.zh != one.title.en for one in asked)
    assert len({one.name for one in asked}) == len(asked)


def test_all_policies_are_one_lever(tmp_path: Path) -> None:
    """A factor on every strength, on top of what is said of one; what is found runs with the promised probability."""
    goal = beside("city", 1.005)
    vary = {EVERY: {"low": 0, "high": 5}, JOBS: {"low": 0.5, "high": 2}}
    answer = seek(read(written(tmp_path, targets=[goal], vary=vary, probability=0.5, draws=40), Options()))
    assert answer.status == "found"
    file = shown(answer, tmp_path / "found")
    promised(answer, file)
    strength = {use.id: use.intensity for use in scenario(file).policies}
    every, jobs = answer.found.at if answer.found else (0.0, 0.0)
    own = {id_: every * (jobs if id_ == "industrial-park-jobs" else 1.0) for id_ in strength}
    assert strength == pytest.approx(own)


@pytest.mark.parametrize("file", SEEKS, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_a_shipped_seek_is_answered(file: Path, tmp_path: Path) -> None:
    answer = seek(read(file, Options(draws=4 if file.parents[1] == JIESHOU else 2)))
    assert answer.status in ("found", "not reachable", "met already")
    if answer.found is None:
        assert not scenario_parts(answer, tmp_path)
    else:
        promised(answer, shown(answer, tmp_path / "found"))
    assert (answer.region is not None) == (len(answer.asked.levers) == 2)
