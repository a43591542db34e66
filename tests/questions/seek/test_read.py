"""What a command may say of targets, levers and weights, and the message where it may not."""

from math import log
from pathlib import Path

import pytest
import yaml

from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES
from sim.questions.seek.ask import Asked
from tests.questions.seek.cases import JOBS, PILOT, fitted, fitted_spread, question
from tests.scenarios import JIESHOU


def ask(*vary: str, target: str = "T205", weights: tuple[str, ...] = (), probability: float = 0.8) -> Asked:
    return question(PILOT, [target], vary, probability, 20, weights)


def faults(*vary: str, target: str = "T205", weights: tuple[str, ...] = (), probability: float = 0.8) -> str:
    with pytest.raises(InvalidInput) as raised:
        ask(*vary, target=target, weights=weights, probability=probability)
    assert raised.value.message("zh")
    return raised.value.message("en")


def extending(folder: Path, **content: object) -> Path:
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump({"name": "own", "extends": str(PILOT), **content}, allow_unicode=True), "utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "measure", "op", "value", "year"),
    [
        ("T207", "urbanization_rate", "at_least", 0.55, 2025),
        ("urbanization_rate", "urbanization_rate", "at_least", 0.55, 2025),
        ("urbanization_rate>=60%@2030", "urbanization_rate", "at_least", 0.6, 2030),
        ("urbanization_rate ≥ 0.6 @ 2030", "urbanization_rate", "at_least", 0.6, 2030),
        ("city>=25万人@2025", "city", "at_least", 250_000.0, 2025),
        ("away<=200000@2035", "away", "at_most", 200_000.0, 2035),
    ],
)
def test_targets(words: str, measure: str, op: str, value: float, year: int) -> None:
    (goal,) = ask(JOBS, target=words).goals
    target = goal.target
    assert (target.measure, target.op, target.year) == (measure, op, year)
    assert target.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("T999", "there is no target T999 that can be judged; allowed: T205, T206, T207"),
        ("urbanisation_rate", "did you mean urbanization_rate?"),
        ("urbanisation_rate>=55%@2025", "no measure is called urbanisation_rate; did you mean urbanization_rate?"),
        ("city", "several targets of the plan are of it, give an id: T205, T244"),
        ("births", "write births>=VALUE@YEAR"),
        ("urbanization_rate>=55@2025", "write 55% or a decimal"),
        ("urbanization_rate>=55人@2025", "unit 人 does not fit; allowed: 1, share, %"),
        ("urbanization_rate>=5.5.5@2025", "5.5.5 is not a number"),
        ("urbanization_rate>=55%@2040", "2040 must be in 2021…2035"),
        ("resident>=65@2025", "65 person cannot be of this place"),
        ("urbanization_rate>=0.55%@2025", "0.55 % cannot be of this place"),
        ("T219", "there is no target T219 that can be judged"),
        ("T213", "T213 hangs on something assumed for it, so it has a condition and no probability"),
    ],
)
def test_targets_that_are_none(words: str, said: str) -> None:
    assert said in faults(JOBS, target=words)


def test_present_values_and_ranges() -> None:
    found = ask(
        JOBS,
        "policies.industrial-park-jobs.amount",
        "policies.schools-in-town.from",
        "away.return_to_city.times",
        "away.leave_rural",
        "fertility.tfr.add=0:0.3",
        "profile.transfer.peak=18:30",
    ).levers
    by_key = {lever.key: lever for lever in found}
    jobs, amount, start = (
        by_key[f"policies.{key}"]
        for key in ("industrial-park-jobs.intensity", "industrial-park-jobs.amount", "schools-in-town.from")
    )
    assert (jobs.present, jobs.low, jobs.high) == (1.0, 0.0, 2.0)
    assert (amount.present, amount.low, amount.high, amount.unit) == (3000.0, 0.0, 6000.0, "人/年")
    assert (start.present, start.low, start.high, start.is_integer) == (2022.0, 2021.0, 2025.0, True)
    times = by_key["away.return_to_city.times"]
    assert times.low * times.high == pytest.approx(1.0)
    assert log(times.high) == pytest.approx(1.96 * fitted_spread("away.return_to_city"), rel=1e-4)
    rate = by_key["away.leave_rural"]
    assert rate.present == fitted("away.leave_rural")["value"]
    assert rate.dist is not None
    assert rate.dist.sd == fitted_spread("away.leave_rural")
    assert rate.low < rate.present < rate.high
    assert by_key["profile.transfer.peak"].present == 21.0
    assert all("default" in lever.range_of.en for lever in (jobs, amount, start, times, rate))
    assert by_key["fertility.tfr.add"].range_of.en == "given in the question"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("away.retrun_to_city", "did you mean away.return_to_city?"),
        ("away.retrun_to_city.times", "did you mean away.return_to_city.times?"),
        ("policies.industrial-park-job.intensity", "did you mean industrial-park-jobs?"),
        ("policies.hukou-zero-threshold.intensity", "put it in, with intensity 0"),
        ("policies.industrial-park-jobs.intensty", "did you mean intensity?"),
        ("policies.schools-in-town.amount", "this policy has no amount"),
        ("policies.schools-in-town.to", "the scenario gives it no to"),
        ("policies.schools-in-town.from=2021.5:2024", "a year is a whole number"),
        (f"{JOBS}=2:1", "expected PATH=LOW:HIGH with LOW below HIGH, got '2:1'"),
        (f"{JOBS}=2", "expected PATH=LOW:HIGH"),
        (f"{JOBS}=0:nan", "expected PATH=LOW:HIGH"),
        (f"{JOBS}=1:2:3", "expected PATH=LOW:HIGH"),
        (f"{JOBS}=2:3", "its present value 1 must lie in 2:3"),
        (f"{JOBS}=0:11", f"--vary: {JOBS}=11: must be ≤ 10"),
        ("away.return_to_city.times=0.5:100", "outside the allowed 0…0.5"),
        ("fertility.tfr.add", "give PATH=LOW:HIGH"),
        ("fertility.tfr", "vary fertility.tfr.times instead"),
        ("profile.transfer.peak.times=0.5:2", "it is only set"),
        ("horizon=2030:2035", "no parameter and no part of a policy is called horizon"),
    ],
)
def test_levers_that_are_none(words: str, said: str) -> None:
    assert said in faults(words)


def test_one_place_in_a_file_takes_one_lever() -> None:
    assert "is varied already" in faults("away.return_to_city.times", "away.return_to_city.add=0:0.001")
    assert "at most 8 levers" in faults(
        *(
            f"away.{path}.times"
            for path in (
                "leave_city",
                "leave_town",
                "leave_rural",
                "return_to_city",
                "return_to_town",
                "return_to_rural",
            )
        ),
        "transfer.rural_to_city.times",
        "transfer.rural_to_town.times",
        "transfer.town_to_city.times",
    )


def test_policies_of_one_mechanism_are_not_raised_together(tmp_path: Path) -> None:
    policies = JIESHOU.parent / "policies"
    jobs = yaml.safe_load((policies / "industrial-park-jobs.yaml").read_text("utf-8"))
    own = tmp_path / "policies"
    own.mkdir()
    (own / "other-jobs.yaml").write_text(yaml.safe_dump(jobs | {"id": "other-jobs"}, allow_unicode=True), "utf-8")
    file = extending(tmp_path, policies=[{"use": "other-jobs", "intensity": 0.0}])
    with pytest.raises(InvalidInput) as raised:
        question(file, ["T205"], [JOBS, "policies.other-jobs.intensity"], draws=20)
    assert "using both would count it twice" in raised.value.message("en")


def test_weights() -> None:
    first, second = ask(JOBS, "away.return_to_city.times", weights=(f"{JOBS}=3",)).levers
    assert (first.weight, second.weight) == (3.0, 1.0)
    assert f"did you mean {JOBS}?" in faults(JOBS, weights=("policies.industrial-park-jobs.intensit=3",))
    assert "a number above 0" in faults(JOBS, weights=(f"{JOBS}=0",))
    assert "a number above 0" in faults(JOBS, weights=(f"{JOBS}=x",))


def test_all_faults_are_said_at_once() -> None:
    said = faults("nothing.here", f"{JOBS}=2:1", target="T999", probability=1.0)
    assert all(words in said for words in ("nothing.here", "2:1", "T999", "1 must lie between 0 and 1"))
    with pytest.raises(InvalidInput) as raised:
        question(PILOT, [], [])
    for language in LANGUAGES:
        assert len(raised.value.message(language).splitlines()) == 2
