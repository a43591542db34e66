"""Lines that nothing in the model drives: the condition that what was done elsewhere gives them."""

from dataclasses import replace
from typing import Final

import pytest

from sim.common.language import same
from sim.output.report.conditions import condition
from sim.run.answers import Coverage, Rounds, Start, Verdict
from sim.run.processes import by_process
from sim.scenario.process import Award, NamedWorks, Process, Programme
from sim.scenario.resolved import Target
from sim.scenario.targets import read

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
    return replace(LINE, measure=None, op="at_least", year=2023, process=by, **keys)  # type: ignore[arg-type]


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
    assert said(held(grown)) == "needs growth of 12.00% a year; peers did −1.0–11.0% a year"


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
