"""A project that costs more than any year can have is named with what it holds up, and no other is."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.common.language import LANGUAGES, Language
from sim.common.typography import has_chinese
from sim.output.report.binding import binding, why_stuck
from sim.output.report.pipeline import projects
from sim.run.scenario_run import Run, run
from sim.run.stuck import stuck
from sim.run.tables import Stuck
from sim.scenario import scenario
from tests.output.layout.shown import shown
from tests.scenarios import JIESHOU

HUGE = 6000.0


def written(folder: Path, cost: float) -> Path:
    """The pilot plan with a railway of that cost [million yuan]; the money of the base year is known."""
    file = folder / "huge.yaml"
    file.write_text(
        f"""name: huge
extends: {JIESHOU / "pilot.yaml"}
set:
  budget.capital: {{value: 1500, dist: {{certain: {{}}}}, source: assumption}}
projects:
  - id: railway
    name: {{zh: 轻轨, en: light railway}}
    kind: hospital
    source: assumption
    zone: city
    delivers: {{hospital_beds: 10}}
    from: 2021-01
    cost: {{value: {100.0 * cost:.6f}, unit: 万元, dist: {{certain: {{}}}}, source: assumption}}
    land: {{value: 1, unit: 公顷, source: assumption}}
""",
        encoding="utf-8",
    )
    return file


def done(folder: Path, cost: float, *overrides: str) -> Run:
    """A run of one draw, whose money is that of the mean."""
    found = run(scenario(written(folder, cost), ["draws=1", *overrides]), 1)
    return replace(found, tables=replace(found.tables, stuck=stuck(found.scenario, found.tables)))


@pytest.fixture(scope="module")
def held_up(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return done(tmp_path_factory.mktemp("huge"), HUGE)


def test_it_is_named_and_everything_else_waits_behind_it(held_up: Run) -> None:
    (one,) = held_up.tables.stuck
    assert (one.id, one.name.en, one.cost) == ("railway", "light railway", HUGE * 1e6)
    assert all(row.started.median is None for row in held_up.tables.projects)
    assert one.behind == len(held_up.tables.projects) - 1 > 10
    assert one.most < one.cost


def test_the_most_that_a_year_has_is_where_the_queue_itself_begins_to_move(tmp_path: Path, held_up: Run) -> None:
    """The bound is that of the simulated purse: a little below it the project starts in that very year."""
    (one,) = held_up.tables.stuck
    below = done(tmp_path, 0.9999 * one.most / 1e6)
    assert below.tables.stuck == ()
    started = next(row for row in below.tables.projects if row.id == "railway").started.median
    assert started is not None
    assert int(started) == one.year
    above = done(tmp_path, 1.0001 * one.most / 1e6)
    assert [found.id for found in above.tables.stuck] == ["railway"]


@pytest.mark.parametrize("rule", ["budget.carry=5", "budget.debt_ceiling=10", "budget.grants=3000000000"])
def test_a_rule_that_lets_money_come_together_frees_it(tmp_path: Path, rule: str) -> None:
    assert done(tmp_path, HUGE, rule).tables.stuck == ()


def test_what_waits_for_another_reason_is_not_named(tmp_path: Path) -> None:
    """Without land nothing starts, and money has nothing to do with it."""
    found = done(tmp_path, 100.0, "land.quota=0", "land.per_settled=0", "land.extra=0")
    assert all(row.approved.median is not None and row.started.median is None for row in found.tables.projects)
    assert found.tables.stuck == ()


def test_a_plan_without_projects_has_none() -> None:
    trend = run(scenario(JIESHOU / "trend.yaml", ["draws=1", "horizon=2025"]), 1)
    assert stuck(trend.scenario, trend.tables) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_which_and_why(held_up: Run, language: Language) -> None:
    tables = held_up.tables
    (one,) = tables.stuck
    section = shown(projects(tables, language), language=language)
    head = {"zh": "轻轨到 2035 年末无法开工", "en": "Light railway cannot start by the end of 2035"}
    assert head[language] in section
    assert "budget.carry" in section
    said = why_stuck(one, tables.horizon, language).in_(language)
    assert has_chinese(said) == (language == "zh")
    assert {"zh": f"其后 {one.behind} 个项目", "en": f"{one.behind} projects wait behind it"}[language] in said
    alone = why_stuck(replace(one, behind=0), tables.horizon, "en").en
    assert "behind" not in alone
    campus = next(verdict for verdict in tables.verdicts if verdict.measure == "project.south-campus")
    assert {"zh": "排在轻轨之后等待", "en": "waiting behind light railway"}[language] in binding(
        tables, campus, language
    )
    itself = replace(campus, measure="project.railway")
    assert {"zh": "轻轨一次所需的资金", "en": "light railway: the money"}[language] in binding(tables, itself, language)


def test_of_another_region_it_holds_up_nothing(held_up: Run) -> None:
    (one,) = held_up.tables.stuck
    elsewhere: Stuck = replace(one, id="other", region="elsewhere")
    tables = replace(held_up.tables, stuck=(elsewhere,))
    campus = next(verdict for verdict in tables.verdicts if verdict.measure == "project.south-campus")
    assert "light railway" not in binding(tables, campus, "en")
