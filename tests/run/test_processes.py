"""Lines that nothing in the model drives: the condition that what was done elsewhere gives them."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sim.common.language import same
from sim.output.report.conditions import condition
from sim.run.answers import Coverage, Lacking, PerHead, Repair, Rounds, Start, Verdict
from sim.run.counted import counted
from sim.run.processes import by_process, per_head
from sim.run.scenario_run import run
from sim.scenario import scenario
from sim.scenario.process import Award, NamedWorks, Process, Programme, Rate, Upkeep
from sim.scenario.resolved import Target
from sim.scenario.targets import read
from tests.paths import SCENARIOS

LINE: Final = next(one for one in read(("jieshou",))[0].targets if one.id == "T235")
PROGRAMME: Final = Programme(
    id="estates",
    name=same("estates"),
    of=same("estates"),
    low=0.2,
    high=0.3,
    source=same("a table"),
    base=None,
    since=2020,
    grows=False,
    value=1.0,
)
AWARD: Final = Award(
    id="city",
    name=same("city"),
    named=50,
    eligible=1000,
    every=2.0,
    year=2020,
    first=1900,
    since=2020,
    source=same("x"),
)


def held(by: Process, **keys: object) -> Target:
    return replace(replace(LINE, measure=None, op="at_least", year=2023, process=by), **keys)  # type: ignore[arg-type]


def said(target: Target) -> str:
    answer = by_process(target)
    assert answer is not None
    verdict = Verdict(
        id="T", title=same("t"), kind="outcome", measure="", op="at_least", value=1.0, unit="", year=2023,
        status="conditional", answer=answer,
    )  # fmt: skip
    assert verdict.class_ == "conditional"
    return condition(verdict, "en")


def test_an_unknown_base_is_told_by_the_pace_of_peers() -> None:
    answer = by_process(held(PROGRAMME))
    assert isinstance(answer, Coverage)
    assert answer.stood == pytest.approx((0.1, 0.4))  # 100 less three years of 30 and of 20 points
    assert "10%–40% must have been there at the end of 2020" in said(held(PROGRAMME))


def test_a_known_base_gives_the_yearly_rise() -> None:
    answer = by_process(held(replace(PROGRAMME, base=0.4, since=2021)))
    assert isinstance(answer, Coverage)
    assert answer.needed == pytest.approx(0.3)
    assert answer.stood is None
    assert "needs a rise of 30.0 points a year from 40.0% in 2021" in said(
        held(replace(PROGRAMME, base=0.4, since=2021))
    )


def test_without_peers_the_most_it_can_take_is_said_and_no_base_is_made_up() -> None:
    alone = replace(PROGRAMME, low=None, high=None)
    assert said(held(alone)) == "needs 33.3 points a year if nothing was there at the end of 2020, which is not known"


def test_peers_that_reach_it_from_nothing() -> None:
    assert "reaches it from nothing" in said(held(replace(PROGRAMME, low=0.5, high=0.6)))


@pytest.mark.parametrize("keys", [{"op": "at_most"}, {"year": 2020}, {"year": None}])
def test_nothing_is_said_of_a_fall_from_an_unknown_base_or_without_years(keys: dict[str, object]) -> None:
    assert by_process(replace(held(PROGRAMME), **keys)) is None  # type: ignore[arg-type]


def test_a_growth_is_held_against_the_growth_of_peers() -> None:
    grown = replace(PROGRAMME, grows=True, value=0.12, low=-0.01, high=0.11)
    assert said(held(grown)) == "needs growth of 12.00% a year; peers did −1.0 to 11.0% a year"


def test_a_fall_is_the_mirror_of_a_rise() -> None:
    falls = replace(PROGRAMME, falls=True, value=0.1, low=0.01, high=0.02)
    answer = by_process(held(falls, op="at_most"))
    assert isinstance(answer, Coverage)
    assert answer.stood == pytest.approx((0.13, 0.16))  # three years of 1 and of 2 points
    assert "no more than 13.0%–16.0% at the end of 2020" in said(held(falls, op="at_most"))
    known = by_process(held(replace(falls, base=0.16), op="at_most"))
    assert isinstance(known, Coverage)
    assert known.needed == pytest.approx(0.02)
    assert by_process(held(falls)) is None  # a line that asks for at least so much does not fall


def test_where_others_stood_is_said_as_theirs() -> None:
    there = replace(PROGRAMME, base=0.4, where=same("the nation"))
    assert "if it stood at the 40.0% of the nation in 2020" in said(held(there))
    assert (
        said(held(replace(there, value=0.3)))
        == "there already if it is as in the nation: 40.0% in 2020; peers did 20.0–30.0 points a year"
    )
    answer = by_process(replace(held(there), year=None))
    assert isinstance(answer, Coverage)
    assert answer.takes == pytest.approx((2.0, 3.0))  # 60 points at 30 and at 20 a year


def test_what_fails_is_in_order_as_its_mending_says() -> None:
    answer = by_process(held(Upkeep(id="lamps", name=same("lamps"), failing=0.2, source=same("x"), value=0.98)))
    assert isinstance(answer, Repair)
    out_of_order = answer.days / 365.0 * 0.2  # days of one failure, as a share of the working time between two
    assert 1.0 / (1.0 + out_of_order) == pytest.approx(0.98)


def test_a_promise_is_held_against_what_peers_did_for_each_person() -> None:
    rate = Rate(id="jobs", name=same("jobs"), of="urban", low=0.014, high=0.015, source=same("x"), value=8000.0)
    answer = per_head(rate, 500_000.0)
    assert answer.needed == pytest.approx(0.016)
    assert by_process(held(rate)) is None  # it takes the people of the place
    done = run(scenario(SCENARIOS / "haidong" / "points-2021.yaml", ["draws=2", "horizon=2022"]), 1)
    verdict = next(one for one in done.tables.verdicts if one.id == "T025")
    urban = counted("urban", done.scenario.plan.targets[0], done.scenario, 2020) if done.scenario.plan else None
    assert urban is not None
    assert isinstance(verdict.answer, PerHead)
    assert verdict.answer.needed == pytest.approx(9000.0 / urban)
    assert "needs 16.4 a year for 1,000 urban residents; peers did 14.1–14.4; the scenario sets" in condition(
        verdict, "en"
    )


def test_a_need_without_a_stock_is_held_against_the_stock_of_others() -> None:
    done = run(scenario(SCENARIOS / "jieshou" / "trend.yaml", ["draws=4", "horizon=2026"]), 1)
    verdict = next(one for one in done.tables.verdicts if one.id == "T225")
    answer = verdict.answer
    assert isinstance(answer, Lacking)
    assert answer.there == pytest.approx(answer.need * 2.9 / 3.2)
    assert answer.yearly == pytest.approx((answer.need - answer.there) / 5)
    assert (verdict.class_, verdict.probability) == ("conditional", None)


def test_a_time_that_is_assumed_is_said_as_assumed() -> None:
    task = NamedWorks(kind="rule", name=same("rule"), ahead=6.0, stage="open", opens_in=None, usual=False)
    assert said(held(task)) == "in time if begun by 2023-07 (assumed time 6 months)"


def test_works_begin_the_usual_time_before_the_end_of_their_year() -> None:
    works = NamedWorks(kind="road", name=same("road"), ahead=21.0, stage="open", opens_in=None)
    answer = by_process(held(works))
    assert isinstance(answer, Start)
    assert answer.latest == pytest.approx(2024.0 - 21.0 / 12.0)
    assert said(replace(held(works), year=None)) == "done 21 months after it is begun (usual time); no year is set"
    school = replace(works, opens_in=9)  # it opens by September
    early = by_process(held(school))
    assert isinstance(early, Start)
    assert early.latest == pytest.approx(2023.0 + 9.0 / 12.0 - 21.0 / 12.0)


def test_the_chance_of_an_award_is_that_of_its_rounds() -> None:
    answer = by_process(replace(held(AWARD), year=2024))
    assert isinstance(answer, Rounds)
    assert answer.rounds == 2  # 2022 and 2024
    assert answer.chance == pytest.approx(1.0 - 0.95**2)
    without_year = by_process(replace(held(AWARD), year=None))
    assert isinstance(without_year, Rounds)
    assert without_year.chance is None
    first = by_process(replace(held(replace(AWARD, every=1.0, year=2025, first=2025)), year=2025))
    assert isinstance(first, Rounds)
    assert first.rounds == 1


def test_a_rate_is_of_the_people_of_the_base_year_whenever_that_is(tmp_path: Path) -> None:
    line = (
        "targets:\n  - {id: X1, title: {zh: 岗, en: jobs}, source: s, kind: commitment, op: at_least, value: 9000,\n"
        "     unit: 人, year: 2028, measure: new_jobs_total, rate: new-urban-jobs}\n"
    )
    file = tmp_path / "own.yaml"
    file.write_text(f"name: own\nextends: {SCENARIOS}/jieshou/trend.yaml\nplan: null\ndraws: 20\n{line}", "utf-8")
    needed = {}
    for base in (2020, 2025):
        done = run(scenario(file, (f"base_year={base}", "test_year=2028", "horizon=2028", "observed=none")))
        (said,) = done.tables.verdicts
        assert isinstance(said.answer, PerHead)
        people = float(np.median(done.ensemble.of("urban")[0].astype(np.float64)))
        needed[base] = said.answer.needed
        assert needed[base] == pytest.approx(9000 / people)
    assert needed[2025] < needed[2020]  # the towns have grown
