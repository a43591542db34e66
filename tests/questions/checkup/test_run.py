"""Whole check-ups: chained years equal all at once, thresholds, evaluation, what is said and refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Language
from sim.common.typography import has_chinese
from sim.evidence.figures.frame import frame
from sim.questions.checkup.findings import Checkup
from sim.questions.checkup.judge import crossing, odds_by_figure
from sim.questions.checkup.last import FIGURES, RECORD, Last, read_last
from sim.questions.checkup.record import observed_rows, record
from sim.questions.checkup.run import Asked, checkup
from sim.questions.checkup.watch import watched
from sim.questions.checkup.words import headline, target_line, threshold_words, worth_words
from sim.run.folder import json_file, records_csv
from sim.run.scenario_run import run
from tests.questions.checkup.scenes import figure, jieshou

RATES = {2021: 0.487, 2022: 0.499, 2023: 0.508, 2024: 0.517, 2025: 0.526}
PEOPLE = {2021: 650_000.0, 2022: 649_500.0, 2023: 648_000.0, 2024: 647_000.0, 2025: 646_000.0}
FIGURES_OF = [figure("urbanization_rate", y, v) for y, v in RATES.items()]
FIGURES_OF += [figure("resident", y, v) for y, v in PEOPLE.items()]


def check(year: int | None = None, last: Last | None = None, span: tuple[int, int] | None = None) -> Checkup:
    scenario = jieshou()
    extra = watched(["urbanization_rate>=53%@2026"], scenario)
    return checkup(scenario, FIGURES_OF, Asked(year, extra, span, 2), last)


def kept(found: Checkup, folder: Path) -> Last:
    """The check-up written to a folder, and read again."""
    folder.mkdir()
    json_file(record(found))(folder / RECORD)
    records_csv(observed_rows(found))(folder / FIGURES)
    return read_last(folder, found.scenario, frame(jieshou()))


@pytest.fixture(scope="module")
def whole() -> Checkup:
    return check(2023)


def test_the_outset_is_what_a_run_of_the_scenario_says(whole: Checkup) -> None:
    verdicts = {verdict.id: verdict for verdict in run(jieshou(), 2).tables.verdicts}
    for one in whole.targets:
        said = verdicts.get(one.id)
        if one.kind == "outcome" and said is not None and said.probability is not None:
            assert one.outset.probability == pytest.approx(said.probability)
            assert one.outset.error == pytest.approx(said.probability_error)
            assert one.outset.band.median == pytest.approx(said.band[1])
            assert one.outset.status == said.status


def test_year_after_year_ends_where_all_at_once_does(whole: Checkup, tmp_path: Path) -> None:
    first = check(2021)
    second = check(2022, kept(first, tmp_path / "2021"))
    third = check(2023, kept(second, tmp_path / "2022"))
    assert third.last_year == 2022
    for chained, together, before in zip(third.targets, whole.targets, second.targets, strict=True):
        assert chained.now == together.now
        assert chained.last is not None
        assert chained.last.probability == before.now.probability
    assert third.inputs == whole.inputs
    assert third.worth == whole.worth
    said = {(one.figure.measure, one.figure.year): one.said for one in third.figures}
    coming = {(one.measure, 2023): one.next for one in second.curves}
    for key, band in coming.items():
        assert said[key] == band


def test_only_figures_up_to_the_year_count(whole: Checkup) -> None:
    early = check(2021)
    assert {one.figure.year for one in early.figures} == {2021}
    assert {one.year for one in early.known} == {2021}
    assert early.worth[0] > whole.worth[0]


def test_high_figures_raise_the_chances_and_the_inputs_that_make_them(whole: Checkup) -> None:
    watched_target = next(one for one in whole.targets if one.id == "W1")
    assert watched_target.now.probability is not None
    assert watched_target.outset.probability is not None
    assert watched_target.now.probability > watched_target.outset.probability
    shift = {one.path: one.shift for one in whole.inputs}
    assert shift["away.return_to_city"] > 0.0
    assert [abs(one.shift) for one in whole.inputs] == sorted((abs(one.shift) for one in whole.inputs), reverse=True)


def test_what_moves_the_least_likely_target_is_told_from_chance() -> None:
    priority = check(2021).priority  # of one year's figures, which leave most draws their weight
    assert priority is not None
    assert priority.influences
    shifts = [abs(one.shift) for one in priority.influences]
    assert shifts == sorted(shifts, reverse=True)


def test_a_target_whose_year_has_come_is_met_or_missed_by_its_figure() -> None:
    found = {one.id: one for one in check(2025).targets}
    rate = found["T207"]
    assert (rate.came, rate.met, rate.threshold) == (pytest.approx(0.526), False, None)
    assert found["W1"].met is None


def test_five_years_are_evaluated(whole: Checkup) -> None:
    assert whole.evaluation is None
    found = check(2025).evaluation
    assert found is not None
    assert (found.first, found.last, len(found.tests)) == (2020, 2025, 10)
    inside = [test.band.holds(test.figure.value) for test in found.tests]
    assert found.held80 == pytest.approx(np.mean(inside))
    assert found.held95 >= found.held80
    assert {id_: met for id_, met, _ in found.met}["T207"] is False
    later = check(2025, span=(2023, 2025)).evaluation
    assert later is not None
    assert len(later.tests) == 4
    rate = {test.figure.year: test for test in found.tests if test.figure.measure == "urbanization_rate"}[2025]
    nearer = {test.figure.year: test for test in later.tests if test.figure.measure == "urbanization_rate"}[2025]
    assert abs(nearer.error) < abs(rate.error)
    assert nearer.band.high - nearer.band.low < rate.band.high - rate.band.low


def test_odds_of_next_years_figure_are_those_of_a_known_case() -> None:
    """Outcome equal to next year's model value, N(0, 1), figure with error 1: P(outcome ≥ 0 | x) = Φ(x/√2)."""
    draws = np.random.default_rng(4).normal(size=40_000)
    weights = np.full(len(draws), 1.0 / len(draws))
    grid = np.linspace(-3.0, 3.0, 121)
    odds, worth = odds_by_figure(draws >= 0.0, weights, draws, 1.0, grid)
    assert (worth > 100.0).all()
    assert crossing(grid, odds, 0.5, rising=True) == pytest.approx(0.0, abs=0.05)
    assert crossing(grid, odds, 0.8, rising=True) == pytest.approx(0.8416 * np.sqrt(2.0), abs=0.06)
    assert crossing(grid, 1.0 - odds, 0.8, rising=False) == pytest.approx(-0.8416 * np.sqrt(2.0), abs=0.06)
    assert crossing(grid, np.full(121, 0.6), 0.8, rising=True) is None


def test_thresholds_part_what_is_lost_from_what_is_safe(whole: Checkup) -> None:
    found = next(one.threshold for one in whole.targets if one.id == "W1")
    assert found is not None
    assert (found.measure, found.year, found.rising) == ("urbanization_rate", 2024, True)
    known = [level for level in (found.lost, found.even, found.safe) if level is not None]
    assert known
    assert known == sorted(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_either_language(whole: Checkup, language: Language) -> None:
    lines = [*headline(whole, language), worth_words(whole, language)]
    lines += [warning.text.in_(language) for warning in whole.warnings]
    for one in whole.targets:
        lines += [target_line(one, language), threshold_words(one, language)]
    assert all(has_chinese(line) == (language == "zh") for line in lines if line)


def test_uncertain_inputs_have_names_of_their_own_and_a_sentence_names_none_twice(whole: Checkup) -> None:
    called = [one.name for one in whole.inputs if not one.path.startswith("policy/")]
    assert any(one.path.startswith("nation/") for one in whole.inputs)
    assert len(set(called)) == len(called)
    first, other = (replace(one, clear=True) for one in whole.inputs[:2])
    inputs = replace(first, shift=3.0), replace(first, shift=2.0, path="x"), replace(other, shift=-1.0)
    said = headline(replace(whole, inputs=inputs), "en")[1]
    assert said.count(first.name.en) == 1
    assert said.index("+3.0") < said.index(f"{other.name.en} −1.0")


def test_a_figure_outside_its_forecast_is_a_warning() -> None:
    rows = [figure("resident", 2021, 700_000.0)]
    found = checkup(jieshou(), rows, Asked(jobs=2))
    assert found.figures[0].is_outside
    assert "outside" in {one.kind for one in found.warnings}


def test_records_hold_plain_data(whole: Checkup) -> None:
    told = json.loads(json.dumps(record(whole), allow_nan=False))
    assert told["year"] == 2023
    assert {one["id"] for one in told["targets"]} == {one.id for one in whole.targets}
    assert told["effective_draws"][0] == pytest.approx(whole.worth[0], abs=0.1)


def test_what_does_not_fit_is_refused(whole: Checkup, tmp_path: Path) -> None:
    last = kept(whole, tmp_path / "last")
    with pytest.raises(InvalidInput, match="is not before"):
        check(2023, last)
    with pytest.raises(InvalidInput, match="must be in 2021"):
        check(2020)
    with pytest.raises(InvalidInput, match="FROM < TO"):
        check(2023, span=(2022, 2025))
    with pytest.raises(InvalidInput, match="check unit and region"):
        checkup(jieshou(), [figure("resident", 2021, 65.0)], Asked())
    with pytest.raises(InvalidInput, match="no figure is later"):
        checkup(jieshou(), [figure("resident", 2020, 650_870.0)], Asked())
    with pytest.raises(InvalidInput, match="holds no check-up"):
        read_last(tmp_path, "pilot", frame(jieshou()))
    with pytest.raises(InvalidInput, match="of the scenario pilot"):
        read_last(tmp_path / "last", "trend", frame(jieshou()))
    (tmp_path / "last" / RECORD).write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInput, match="not the record"):
        read_last(tmp_path / "last", "pilot", frame(jieshou()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("urbanisation_rate>=55%@2025", "did you mean urbanization_rate"),
        ("urbanization_rate>=55%@2019", "must be in 2021"),
        ("urbanization_rate=55%", "must be written"),
        ("urbanization_rate>=55人@2025", "does not fit"),
        ("jieshu:resident>=60万人@2025", "did you mean jieshou"),
        ("resident>=65人@2025", "cannot be of this place"),
        ("urbanization_rate>=0.55%@2025", "cannot be of this place"),
    ],
)
def test_watched_targets_are_checked(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        watched([text], jieshou())
