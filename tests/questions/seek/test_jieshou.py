"""The pilot plan of Jieshou: what is found is what a run of the written scenario says."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.questions.seek.ask import Answer, Asked, seek
from sim.questions.seek.folder import FOUND, record, scenario_parts
from sim.questions.seek.model import Model, Question
from sim.run.answers import Sized
from sim.run.folder import publish
from sim.run.reaching import probability, reaches
from sim.run.scenario_run import ready, run
from sim.scenario import scenario
from tests.questions.seek.cases import JOBS, PILOT, beside, fitted_spread, question

DRAWS = 60


def shown(answer: Answer, folder: Path) -> Path:
    """The scenario that was found, written."""
    publish(folder, scenario_parts(answer, folder))
    return folder / FOUND


def promised(answer: Answer, file: Path) -> None:
    """A run of the file gives each goal the probability that was promised, to the last digit.

    What is promised is a share of draws. Where the plan's line is of a word that hangs on assumed sizes of policies, it
    says no probability but the median with them, which must be that of the same draws.
    """
    done = run(scenario(file), 1)
    assert answer.found is not None
    for judged in answer.found.judged:
        target = judged.goal.target
        values = done.ensemble.of(str(target.measure), judged.goal.row)[
            done.ensemble.years.index(int(target.year or 0))
        ]
        assert probability(reaches(values.astype(np.float64), target)) == (judged.probability, judged.error)
        assert judged.probability >= judged.goal.probability
        verdict = next((one for one in done.tables.verdicts if one.id == target.id), None)
        if verdict is None:
            continue
        assert answer.sized.get(target.id) == (verdict.answer if isinstance(verdict.answer, Sized) else None)
        if isinstance(verdict.answer, Sized):
            assert verdict.answer.with_them == pytest.approx(float(np.median(values.astype(np.float64))), rel=1e-12)
        else:
            assert verdict.probability == judged.probability


@pytest.mark.parametrize(
    ("measure", "times", "year", "op", "vary"),
    [
        ("city", 1.02, 2025, ">=", f"{JOBS}=0:10"),
        ("city", 1.02, 2025, ">=", "policies.industrial-park-jobs.amount=0:40000"),
        ("city", 1.01, 2025, ">=", "transfer.rural_to_city.times=0.5:4"),
        ("city", 1.05, 2025, ">=", "away.return_to_city=0.001:0.2"),
        ("city", 1.03, 2025, ">=", "outside.arrive_city.add=0:5000"),
        ("urbanization_rate", 1.01, 2022, ">=", "away.leave_rural.times=0.2:9"),
        ("away", 0.95, 2025, "<=", "away.leave_rural.times=0.2:2"),
        ("city", 0.999, 2025, "<=", "policies.industrial-park-jobs.from=2021:2024"),
    ],
)
def test_the_found_scenario_shows_the_promised_probability(
    measure: str, times: float, year: int, op: str, vary: str, tmp_path: Path
) -> None:
    answer = seek(question(PILOT, [beside(measure, times, year, op)], [vary], 0.5, DRAWS))
    assert answer.status == "found"
    promised(answer, shown(answer, tmp_path / "found"))


def test_two_levers_and_two_targets(tmp_path: Path) -> None:
    """A line of the plan, and a goal beside what the pilot comes to."""
    vary = [f"{JOBS}=0:10", "away.return_to_city.times=0.5:20"]
    answer = seek(question(PILOT, ["T205", beside("urbanization_rate", 1.02)], vary, 0.5, DRAWS))
    assert answer.status == "found"
    assert answer.region is not None
    promised(answer, shown(answer, tmp_path / "found"))
    assert record(answer)["found"]["binding"] in {judged.goal.target.id for judged in answer.found.judged}


def test_the_same_question_has_the_same_answer() -> None:
    asked = question(PILOT, ["T205"], [f"{JOBS}=0:10"], 0.6, 40)
    first, second = seek(asked), seek(asked)
    assert record(first) == record(second)


@pytest.mark.parametrize("members", [1, 2, 5])
def test_threads_give_the_same_outcomes(members: int) -> None:
    asked = question(PILOT, ["T205", "T207"], [f"{JOBS}=0:10"], 0.6, 8)
    moves = tuple(lever.move for lever in asked.levers)
    given = Question(ready(asked.scenario).case, moves, asked.goals, 8)
    at = np.linspace(0.0, 10.0, members)[:, np.newaxis]
    whole = Model(given, 1)(at)
    for jobs in (2, 3):
        assert np.array_equal(whole, Model(given, jobs)(at))


def test_levers_that_leave_a_range_together_are_not_enough(tmp_path: Path) -> None:
    """Each end is allowed alone; both together would put a rate above its highest."""
    policy = yaml.safe_load((PILOT.parents[1] / "policies" / "schools-in-town.yaml").read_text("utf-8"))
    policy["effects"][0] |= {"times": 3.0, "lag": 0, "ramp": 0}
    own = tmp_path / "policies"
    own.mkdir()
    (own / "schools-in-town.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True), "utf-8")
    use = {"use": "schools-in-town", "from": 2021, "intensity": 0.0}
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump({"name": "own", "extends": str(PILOT), "policies": [use]}), "utf-8")
    vary = ["policies.schools-in-town.intensity=0:10", "transfer.rural_to_city.times=0.5:30"]
    asked = question(file, [beside("city", 1.1, 2022)], vary, 0.5, 20)
    answer = seek(asked)
    assert answer.region is not None
    assert np.isnan(answer.region.probability[-1][-1])
    assert np.isfinite(answer.region.probability[0]).all()
    # the policy lies beside the scenario: the found one brings it along, and runs
    promised(answer, shown(answer, tmp_path / "results" / "found"))


def test_what_is_written_is_short_and_says_why(tmp_path: Path) -> None:
    vary = [f"{JOBS}=0:10", "fertility.tfr.times=0.8:1.2"]
    answer = seek(question(PILOT, [beside("city", 1.02)], vary, 0.5, DRAWS))
    file = shown(answer, tmp_path / "found")
    content = yaml.safe_load(file.read_text("utf-8"))
    assert content["extends"] == "jieshou/pilot.yaml"
    assert "set" not in content  # fertility does nothing for 2025, and is left alone
    assert [use["use"] for use in content["policies"]] == ["industrial-park-jobs"]
    assert content["policies"][0]["amount"]["value"] == 3000
    assert content["policies"][0]["from"] == 2021
    assert "# en: To have" in file.read_text("utf-8")


def test_a_change_says_its_source(tmp_path: Path) -> None:
    asked: Asked = question(PILOT, ["T205"], ["away.return_to_city=0.001:0.2"], 0.5, DRAWS)
    content = yaml.safe_load(shown(seek(asked), tmp_path / "found").read_text("utf-8"))
    entry = content["set"]["away.return_to_city"]
    assert entry["dist"] == {"lognormal": {"sd": fitted_spread("away.return_to_city")}}
    assert "sought" in entry["source"]["en"]
