"""Verdicts: probabilities with their error, words, shortfalls, needs, and nothing left out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.common.errors import Place
from sim.common.language import Text
from sim.run.answers import Delivery, Met
from sim.run.ensemble import simulate
from sim.run.grounds import grounds
from sim.run.reaching import probability, reaches, word
from sim.run.verdict import verdicts
from sim.scenario.resolved import Comparison, Plan, Target
from tests.scenarios import prepared, resolved


def target(
    op: Comparison | None = "at_least",
    value: float | None = 230_000.0,
    measure: str | None = "city",
    year: int | None = 2025,
    kind: str = "outcome",
    driver: str | None = None,
    unit: str = "person",
    tolerance: float = 0.0,
) -> Target:
    return Target(
        id="X1",
        title=Text("目标", "target"),
        kind=kind,
        measure=measure,
        driver=driver,
        op=op,
        value=value,
        tolerance=tolerance,
        unit=unit,
        written_value=value,
        written_unit=unit,
        year=year,  # type: ignore[arg-type]
        source=Text("规划", "plan"),
        note=None,
        reason=Text("无", "none"),
        place=Place("plan.yaml"),
    )


def judged(*targets: Target) -> tuple:
    scenario, ready = resolved("trend", "horizon=2030"), prepared("trend", "horizon=2030")
    run = simulate(ready.case, range(200))
    plan = Plan(
        id="p",
        title=Text("计划", "plan"),
        document=Text("", ""),
        issuer=Text("", ""),
        date=Text("", ""),
        region="jieshou",
        base_year=2020,
        targets=targets,
    )
    return run, verdicts(plan, run, grounds(scenario), scenario.policies, scenario.seed)


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        (1.0, "certain"),
        (0.95, "certain"),
        (0.9499, "likely"),
        (0.8, "likely"),
        (0.5, "possible"),
        (0.2, "unlikely"),
        (0.1999, "out of reach"),
        (0.0, "out of reach"),
    ],
)
def test_words_of_probabilities(chance: float, expected: str) -> None:
    assert word(chance) == expected


def test_nothing_is_certain_whose_error_reaches_below() -> None:
    assert word(0.96, 0.02) == "likely"
    assert word(0.96, 0.01) == "certain"
    assert word(0.9, 0.2) == "likely"


def test_what_the_base_year_has_and_no_draw_loses_is_met() -> None:
    run, (met, lost, gain) = judged(
        target(value=1.0),
        target("at_most", 1e9, "births", unit="person/year"),
        target("at_most", 1e9, "city_growth", unit="share"),
    )
    assert (met.status, met.class_, met.probability) == ("met", "met", None)
    assert isinstance(met.answer, Met)
    assert met.answer.since == run.years[0]
    assert lost.class_ == gain.class_ == "verdict"
    base = float(run.of("city")[0, 0])
    ends = run.of("city")[run.years.index(2025)]
    _, (not_yet,) = judged(target(value=base * 1.001))
    assert not_yet.class_ == "verdict"
    _, (at_risk,) = judged(target("at_most", base, "city"))
    assert (ends > base).any()
    assert at_risk.class_ == "verdict"


def test_what_the_scenario_sets_is_an_echo() -> None:
    _, (said,) = judged(target(measure="trained", kind="commitment", unit="person-time"))
    assert (said.status, said.class_, said.probability) == ("echo", "echo", None)


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_error_of_a_probability_is_never_zero_and_shrinks_with_draws(n: int, hits: int) -> None:
    reached = np.arange(n) < min(hits, n)
    chance, error = probability(reached)
    assert chance == pytest.approx(min(hits, n) / n)
    assert 0.0 < error <= 0.5 / np.sqrt(n) + 1e-12


def test_error_of_a_probability_covers_repeated_runs() -> None:
    rng = np.random.default_rng(0)
    seen = [probability(rng.random(400) < 0.3) for _ in range(500)]
    spread = np.std([chance for chance, _ in seen])
    assert np.mean([error for _, error in seen]) == pytest.approx(spread, rel=0.1)


def test_an_outcome_is_the_share_of_draws_that_reach_it() -> None:
    run, (said,) = judged(target())
    outcome = run.of("city")[run.years.index(2025)].astype(float)
    assert said.probability == pytest.approx((outcome >= 230_000).mean())
    assert said.answer.median == pytest.approx(np.quantile(outcome, 0.5))
    assert said.shortfall == pytest.approx(max(230_000 - np.quantile(outcome, 0.5), 0.0))
    medians = np.median(run.of("city"), axis=1)
    first = next(year for year, median in zip(run.years, medians, strict=True) if median >= 230_000)
    assert said.first_year == first
    assert said.status == word(said.probability, said.probability_error)


def test_at_most_about_and_tolerance() -> None:
    values = np.array([1.0, 2.0, 3.0])
    assert reaches(values, target("at_most", 2.0)).tolist() == [True, True, False]
    assert reaches(values, target("about", 2.0, tolerance=0.5)).tolist() == [False, True, False]
    assert reaches(values, target("at_least", 2.5, tolerance=0.5)).tolist() == [False, True, True]


def test_a_standard_says_what_is_needed_and_doubling_it_doubles_the_need() -> None:
    of = {"measure": None, "kind": "standard", "driver": "resident", "unit": "bed/person"}
    run, (one, two) = judged(target(value=0.0075, **of), target(value=0.015, **of))
    residents = np.quantile(run.of("resident")[run.years.index(2025)].astype(float), 0.5)
    assert one.status == "need"
    assert one.answer.need_unit == "bed"
    assert one.answer.median == pytest.approx(0.0075 * residents, rel=1e-9)
    assert two.answer.median == pytest.approx(2 * one.answer.median, rel=1e-12)


def test_what_cannot_be_assessed_is_kept_with_its_reason() -> None:
    _, said = judged(
        target(op=None, value=None, measure=None),
        target(kind="commitment", measure=None),
        target(year=2099),
        target(year=None),
    )
    assert [verdict.status for verdict in said] == ["not assessed", "tracked", "not assessed", "not assessed"]
    assert all(verdict.probability is None for verdict in said)
    assert "2099" in said[2].answer.reason.en


def test_what_holds_a_target_back_is_what_moves_it() -> None:
    _, (said,) = judged(target())
    assert said.answer.holds_back
    paths = [driver.path for driver in said.answer.holds_back]
    assert set(paths) & {"transfer.rural_to_city", "away.return_to_city", "away.leave_city", "transfer.town_to_city"}
    shifts = [abs(driver.shift) for driver in said.answer.holds_back]
    assert shifts == sorted(shifts, reverse=True)


def test_every_line_of_the_plan_has_a_verdict() -> None:
    scenario, ready = resolved("pilot", "draws=40"), prepared("pilot", "draws=40")
    run = simulate(ready.case, range(40))
    assert scenario.plan is not None
    said = verdicts(scenario.plan, run, grounds(scenario), scenario.policies, scenario.seed)
    assert [verdict.id for verdict in said] == [one.id for one in scenario.plan.targets]
    assert len(said) == 92
    for verdict in said:
        told = {"need", "met", "echo", "tracked", "conditional", "not assessed"}
        assert (verdict.probability is not None) or verdict.status in told
        if verdict.status in {"tracked", "not assessed"}:
            assert isinstance(verdict.answer, Delivery) or verdict.answer.reason is not None, verdict.id


def test_an_indicator_that_the_scenario_does_not_define_is_named() -> None:
    run, (said,) = judged(target(measure="indicator.green", unit="share"))
    assert "indicator.green" not in run.measures
    assert said.status == "not assessed"
    assert said.answer.reason is not None
    assert "indicator.green" in said.answer.reason.en


def test_what_the_pool_would_deliver_says_so_in_a_scenario_without_one() -> None:
    scenario, ready = resolved("trend", "draws=40"), prepared("trend", "draws=40")
    run = simulate(ready.case, range(40))
    assert scenario.plan is not None
    said = {one.id: one for one in verdicts(scenario.plan, run, grounds(scenario), scenario.policies, scenario.seed)}
    for name in ("T265", "T336"):
        assert said[name].status == "tracked"
        assert "project" in said[name].answer.reason.en


@pytest.mark.parametrize(("written", "said"), [("百分点", "points"), ("percentage points", "points"), ("%", "share")])
def test_a_gain_written_in_points_is_said_in_points_and_judged_as_a_share(written: str, said: str) -> None:
    gain = replace(target(value=0.076, measure="urbanization_rate_gain", unit="share"), written_unit=written)
    run, (verdict,) = judged(gain)
    outcome = run.of("urbanization_rate_gain", 0)[run.years.index(2025)]
    assert verdict.unit == said
    assert verdict.answer.median == pytest.approx(float(np.median(outcome)), rel=1e-6)
    assert verdict.probability == (outcome >= 0.076).mean()
