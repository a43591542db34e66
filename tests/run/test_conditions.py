"""No word and no probability for a line whose chain of sources holds an assumption made for it."""

from dataclasses import replace

import pytest

from sim.common.language import Text
from sim.common.typography import sentence
from sim.model.projects.months import month_of
from sim.output.report.words import headline
from sim.questions.checkup.judge import is_assessed, is_conditional
from sim.run.answers import Condition, Pace, Sized, Start, Verdict, Works
from sim.run.assumed import growth_assumed, hangs, regions_of, starts_assumed, stock_assumed
from sim.run.classes import classes, conditional, judged
from sim.run.conditions import conditions
from sim.run.grounds import scenario_measures
from sim.run.scenario_run import run
from sim.scenario import scenario
from sim.scenario.assumed import is_assumption
from sim.scenario.resolved import ResolvedScenario
from tests.paths import ROOT
from tests.scenarios import resolved


def told(name: str) -> tuple[ResolvedScenario, dict[str, Verdict]]:
    of = scenario(ROOT / "scenarios" / f"{name}.yaml", ("draws=20",))
    return of, {said.id: said for said in run(of, 1).tables.verdicts}


@pytest.mark.parametrize("name", ["jieshou/pilot", "hanyin/plan", "shijiazhuang/trend"])
def test_no_verdict_hangs_on_an_assumption_made_for_it(name: str) -> None:
    of, said = told(name)
    targets = {one.id: one for one in of.plan.targets} if of.plan else {}
    indicators = {f"indicator.{one.id}": one for one in of.indicators}
    for verdict in (one for one in said.values() if one.probability is not None):
        assert verdict.measure not in indicators or not growth_assumed(
            indicators[verdict.measure], of.settings[of.main]
        )
        entry, target = verdict.measure.removeprefix("project."), targets[verdict.id]
        assert not any(starts_assumed(one, of.base_year) for one in of.projects if one.entry == entry)
        assert target.service is None or not stock_assumed(target.service, regions_of(target, of), of)
        assert target.kind in ("outcome", "standard")
    assert {id_: one.class_ for id_, one in said.items()} == classes(of)
    hanging = [one for one in said.values() if one.class_ == "conditional"]
    assert hanging
    for verdict in hanging:
        assert verdict.status == "conditional"
        assert verdict.probability is None
        assert isinstance(verdict.answer, Condition)


@pytest.mark.parametrize(
    "name",
    ["jieshou/pilot", "hanyin/plan", "shijiazhuang/plan", "haidong/plan", "haidong/points-2021", "guangzhou/plan"],
)
def test_neither_sweep_nor_seek_nor_check_up_gives_a_chance_to_a_line_with_a_condition(name: str) -> None:
    """All three ask here which lines have a probability; the class of each is that of the rule."""
    of = scenario(ROOT / "scenarios" / f"{name}.yaml", ("draws=1",))
    targets = of.plan.targets if of.plan else ()
    told = classes(of)
    asked = set(judged(of, scenario_measures(of)))
    checked = {
        one.id
        for one in targets
        if one.kind == "outcome" and is_assessed(one, range(2020, 2036)) and not is_conditional(one, of)
    }
    assert {told[id_] for id_ in asked | checked} <= {"verdict", "met", "outcome"}
    for one in targets:
        assert told[one.id] != "conditional" or one.id not in asked | checked
        assert conditional(of, one.id) == hangs(one, of)


@pytest.mark.parametrize(
    "name", ["guangzhou/plan", "haidong/plan", "hanyin/plan", "landscaping/plan", "shijiazhuang/plan"]
)
def test_the_headline_is_a_line_of_the_document(name: str) -> None:
    """Where no line has a chance, the one that the world answers best, else a need, else a condition."""
    of = scenario(ROOT / "scenarios" / f"{name}.yaml", ("draws=2", "horizon=2026"))
    tables = run(of, 1).tables
    first = headline(tables, "en")[0]
    titles = {one.id: sentence(one.title.en) for one in tables.verdicts}
    (leading,) = [
        one for one in tables.verdicts if first.startswith(tuple(titles[one.id] + end for end in (": ", " by ")))
    ][:1]
    assert leading.class_ in ("outcome", "need", "conditional")
    assert leading.class_ == "outcome" or not any(one.class_ == "outcome" for one in tables.verdicts)


def test_the_condition_of_a_date_is_its_latest_start() -> None:
    of = resolved("pilot")
    found = conditions(of, {"south-campus": [2025.5, None, 2025.2]})["T336"]
    (campus,) = (one for one in of.projects if one.entry == "south-campus")
    usual = sum(one.central for one in (campus.approval, campus.construction, campus.opening))
    assert isinstance(found, Start)
    assert found.months == usual
    assert found.latest == pytest.approx((month_of(2026) - usual) / 12.0)
    assert (found.assumed, found.first_year) == (2022.5, 2025)


def test_the_condition_of_an_indicator_is_its_pace() -> None:
    found = conditions(resolved("pilot"), {})["T213"]
    assert isinstance(found, Pace)
    assert found.needed == pytest.approx(2.0**0.2 - 1.0)
    assert found.carried == pytest.approx(0.09)


def test_what_is_sourced_is_judged() -> None:
    assert is_assumption(None)
    assert is_assumption(Text("假设:没有数", "no figure"))
    assert not is_assumption(Text("年鉴", "yearbook"))
    of = resolved("pilot")
    (campus,) = (one for one in of.projects if one.entry == "south-campus")
    seen = replace(campus, begins=month_of(2020), stage="construction", source=Text("公告", "announcement"))
    known = replace(of, projects=tuple(seen if one is campus else one for one in of.projects))
    assert "T336" not in conditions(known, {})


def test_a_supply_by_assumed_works_says_the_stock_that_has_to_be_there() -> None:
    _, said = told("jieshou/pilot")
    works = said["T224"].answer
    assert isinstance(works, Works)
    assert works.brought > 0.0
    assert works.need > works.outset > 0.0
    assert said["T224"].probability is None


def test_a_word_that_hangs_on_an_assumed_size_gives_way_to_it() -> None:
    pilot = ROOT / "scenarios" / "jieshou" / "pilot.yaml"
    few = {one.id: one for one in run(scenario(pilot, ("draws=20",)), 1).tables.verdicts}
    assert few["T207"].class_ == "verdict"  # out of reach with the assumed jobs and without
    many = scenario(pilot, ("draws=20", "policies.industrial-park-jobs.amount=90000"))
    assumed = {one.id for one in many.policies if one.size_assumed}
    assert assumed == {"industrial-park-jobs", "collective-land", "land-swap"}
    said = {one.id: one for one in run(many, 1).tables.verdicts}["T207"]
    assert isinstance(said.answer, Sized)
    assert said.answer.with_them > said.answer.without + 0.02
    assert (said.class_, said.probability) == ("conditional", None)
