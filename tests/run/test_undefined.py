"""What does not exist or is not known is missing everywhere, and is never judged."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.places.china.national import load_national
from sim.questions.seek.ask import answer
from sim.run.answers import NoAnswer, Verdict
from sim.run.case import case
from sim.run.contributions import contributions
from sim.run.ensemble import Ensemble, simulate
from sim.run.grounds import grounds
from sim.run.results import series, summary
from sim.run.scenario_run import ready
from sim.run.verdict import verdicts
from sim.scenario import scenario
from sim.scenario.resolved import Plan, ResolvedScenario, Target
from tests.paths import ROOT
from tests.questions.seek.cases import asked, goal, lever
from tests.run.test_verdict import target
from tests.scenarios import prepared, resolved

GUANGZHOU = ROOT / "scenarios" / "guangzhou" / "trend.yaml"


@cache
def without_households() -> Ensemble:
    """Jieshou, had its census row no households."""
    whole = prepared("trend", "horizon=2027").case
    built = case(2020, 2027, whole.seed, [replace(whole.regions[0], households=None)], load_national())
    return simulate(replace(built, services=whole.services, indicators=whole.indicators), range(20))


@cache
def city() -> tuple[ResolvedScenario, Ensemble]:
    """Guangzhou, some of whose districts have no villages."""
    found = scenario(GUANGZHOU, ("horizon=2026", "test_year=2025"))
    return found, simulate(ready(found).case, range(10))


def plan(region: str, line: Target) -> Plan:
    """A plan of one line."""
    words = line.title
    return Plan(
        id="p", title=words, document=words, issuer=words, date=words, region=region, base_year=2020, targets=(line,)
    )


def said(of: ResolvedScenario, run: Ensemble, measure: str, region: str) -> Verdict:
    """What is said of a target on a measure."""
    unit = run.measures[measure].unit
    line = target("at_most", 1.0, measure, unit=unit)
    return verdicts(plan(region, line), run, grounds(of), of.policies, of.seed)[0]


@pytest.mark.parametrize(
    "measure",
    [
        "households",
        "household_size",
        "new_urban_households",
        "homes",
        "homes_under_construction",
        "vacancy_rate",
        "floor_per_person",
    ],
)
def test_without_households_nothing_is_said_of_them(measure: str) -> None:
    run, of = without_households(), resolved("trend", "horizon=2027")
    assert np.isnan(run.of(measure)).all()
    found = said(of, run, measure, "jieshou")
    assert found.status == "not assessed"
    assert isinstance(found.answer, NoAnswer)
    assert found.answer.reason is not None
    assert found.probability is None
    assert measure not in set(series("x", ["jieshou"], run)["measure"])


def test_without_households_people_go_on_as_they_are() -> None:
    run, whole = without_households(), simulate(prepared("trend", "horizon=2027").case, range(20))
    for measure in ("resident", "urban", "labour_force", "births", "urban_jobs"):
        assert run.of(measure) == pytest.approx(whole.of(measure), rel=0.02)
        assert np.isfinite(run.of(measure)).all()


def test_a_need_of_unknown_households_is_not_assessed() -> None:
    run, of = without_households(), resolved("trend", "horizon=2027")
    line = target("at_least", 30.0, None, kind="standard", driver="new_urban_households", unit="m²/household")
    (found,) = verdicts(plan("jieshou", line), run, grounds(of), of.policies, of.seed)
    assert found.status == "not assessed"
    assert isinstance(found.answer, NoAnswer)


def test_a_ratio_without_a_denominator_is_missing_and_its_group_has_one() -> None:
    of, run = city()
    names = [*(group.id for group in of.groups), *(region.id for region in of.regions)]
    district = names.index("yuexiu")
    for measure in ("income_ratio", "rural_vacancy_rate", "rural_floor_per_person", "income_rural"):
        assert np.isnan(run.of(measure, district)).all()
        assert np.isfinite(run.of(measure, 0)).all()
        found = said(of, run, measure, "yuexiu")
        assert found.status == "not assessed"
        assert isinstance(found.answer, NoAnswer)
        assert "does not exist here" in found.answer.reason.en  # type: ignore[union-attr]
    assert said(of, run, "income_ratio", names[0]).probability is not None


def test_a_ratio_that_some_draws_do_not_have_is_said_so() -> None:
    run, of = simulate(prepared("trend", "horizon=2027").case, range(20)), resolved("trend", "horizon=2027")
    values = run.values.copy()
    values[list(run.measures).index("city_growth"), 0, run.years.index(2025), :3] = np.nan
    found = said(of, replace(run, values=values), "city_growth", "jieshou")
    assert found.status == "not assessed"
    assert found.answer.reason.en == "it is undefined in 3 of 20 draws"  # type: ignore[union-attr]
    table = series("x", ["jieshou"], replace(run, values=values))
    assert 2025 not in set(table["year"][table["measure"] == "city_growth"])


def test_statistics_of_what_some_draws_do_not_have_are_missing() -> None:
    found = summary(np.array([[1.0, 2.0, np.nan], [1.0, 2.0, 3.0]], dtype=np.float32))
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


def test_questions_on_what_does_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        answer(asked([goal(1.0)], [lever()]), lambda at: np.full((1, len(at), 5), np.nan, dtype=np.float32))
    file = tmp_path / "seat.yaml"
    file.write_text("name: seat\nregion: yuexiu\nhorizon: 2026\ntest_year: 2025\n", encoding="utf-8")
    of = scenario(file)
    with pytest.raises(InvalidInput):
        contributions(of, "income_ratio", 2025, draws=5)
