"""The pipeline: against a queue worked out by hand, whole against in parts, more against less, and conservation."""

import math
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.model.projects.months import month_of
from sim.model.projects.queue import simulate
from sim.model.projects.records import Delivery, Supply
from tests.model.projects.project_pools import BASE, Pool, advance, by_hand, pool, pools, project, run, start, supplies

PLENTY = Supply(math.inf, math.inf, 1000)
NEW_YEAR = month_of(BASE + 1)
MANY = settings(max_examples=100, deadline=None)
SOME = settings(max_examples=40, deadline=None)


def starts(made: Pool, given: list[Supply]) -> list[float]:
    progress, _ = run(made, given)
    return [math.inf if dates.started is None else dates.started for dates in progress.dates]


@MANY
@given(pools(), supplies())
def test_simulation_agrees_with_the_queue_worked_out_by_hand(made: Pool, given_: list[Supply]) -> None:
    assert starts(made, given_) == by_hand(made, given_)


@MANY
@given(pools(), supplies(), st.sets(st.integers(1, 5)))
def test_one_long_simulation_is_the_years_in_any_parts_to_the_last_bit(
    made: Pool, given_: list[Supply], cuts: set[int]
) -> None:
    begin = start(made, 3.0, 2.0)
    whole = simulate(made.projects, made.drawn, begin, given_)
    progress, years = begin, []
    for supply in given_:
        progress, year = advance(made, progress, supply)
        years.append(year)
    assert (progress, tuple(years)) == whole
    progress, years = begin, []
    edges = [0, *sorted(cuts), len(given_)]
    for first, last in pairwise(edges):
        progress, part = simulate(made.projects, made.drawn, progress, given_[first:last])
        years.extend(part)
    assert (progress, tuple(years)) == whole


@MANY
@given(pools(), supplies(), st.integers(0, 5), st.floats(0.0, 9.0), st.floats(0.0, 9.0), st.integers(0, 3))
def test_more_money_land_or_crews_never_open_any_project_later(
    made: Pool, given_: list[Supply], year: int, money: float, land: float, crews: int
) -> None:
    before = given_[year]
    richer = replace(before, money=before.money + money, land=before.land + land, crews=before.crews + crews)
    more = [*given_[:year], richer, *given_[year + 1 :]]
    assert all(after <= first for after, first in zip(starts(made, more), starts(made, given_), strict=True))


@SOME
@given(pools(), supplies())
def test_money_and_land_are_conserved(made: Pool, given_: list[Supply]) -> None:
    progress, years = run(made, given_)
    for name, left in (("money", progress.money), ("land", progress.land)):
        put_in = [getattr(supply, name) for supply in given_]
        used = sum(year.spent if name == "money" else year.land for year in years)
        if math.inf not in put_in:
            assert used + left == sum(math.floor(value) for value in put_in)
            assert left >= 0.0
        begun = [d.started is not None and d.started >= NEW_YEAR for d in progress.dates]
        needs = made.drawn.cost if name == "money" else tuple(one.land for one in made.projects)
        assert used == sum(need for need, is_begun in zip(needs, begun, strict=True) if is_begun)


@SOME
@given(pools())
def test_with_plenty_each_opens_once_without_waiting_for_anything_but_its_rank(made: Pool) -> None:
    progress, years = run(made, [PLENTY] * 15)
    opened = [delivery.amount for year in years for delivery in year.opened]
    assert sum(opened) == 10.0 * len(made.projects)
    for one, dates in zip(made.projects, progress.dates, strict=True):
        assert dates.approved is not None
        assert dates.started is not None
        if one.stage == "approval":  # at most until the quarter's other approvals have ended
            assert dates.approved <= dates.started < (dates.approved // 3 + 1) * 3
    assert years[-1].waiting == years[-1].building == years[-1].approving == 0


@SOME
@given(pools(), supplies())
def test_every_project_is_in_one_stage_and_what_started_opens_what_it_promised(
    made: Pool, given_: list[Supply]
) -> None:
    progress, years = run(made, given_)
    opened = sum(delivery.amount for year in years for delivery in year.opened) / 10.0
    last = years[-1]
    assert opened + last.approving + last.waiting + last.building == len(made.projects)
    building = [d for d in progress.dates if d.started is not None and d.started >= NEW_YEAR]
    assert sum(delivery.amount for year in years for delivery in year.started) / 10.0 == len(building)


def test_without_money_nothing_starts_and_the_first_in_the_queue_says_so() -> None:
    made = pool([project("a", cost=5.0), project("b")])
    progress, years = run(made, [Supply(4.0, 0.0, 9), Supply(0.9, 0.0, 9)])
    assert [dates.started for dates in progress.dates] == [None, None]
    assert (years[-1].short_of, years[-1].waiting, progress.money) == (("money",), 2, 4.0)
    _, years = run(made, [Supply(4.0, 0.0, 9), Supply(1.0, 0.0, 0)])
    assert years[-1].short_of == ("crew",)


def test_what_the_head_holds_without_starting_is_carried_over() -> None:
    made = pool([project("a", cost=5.0, land=2.0)])
    progress, years = run(made, [Supply(7.0, 1.0, 1)])
    assert (progress.money, progress.land, years[0].spent, years[0].short_of) == (7.0, 1.0, 0.0, ("land",))


def test_zero_durations_pass_through_at_once() -> None:
    made = pool([project(name, cost=1.0) for name in "abc"], 0.0, 0.0)
    progress, (year,) = run(made, [Supply(3.0, 0.0, 1)])
    assert {(d.approved, d.started, d.opened) for d in progress.dates} == {(NEW_YEAR, NEW_YEAR, NEW_YEAR)}
    assert year.opened == (Delivery("places", 0, 30.0),)


@pytest.mark.parametrize(("crews", "every", "length"), [(1, 1.0, 7.5), (2, 3.0, 11.0), (3, 2.0, 5.0), (4, 1.0, 24.0)])
def test_deterministic_arrivals_and_crews_are_the_queue_of_the_textbook(
    crews: int, every: float, length: float
) -> None:
    """D/D/c: the k-th of arrivals `every` months apart starts in round k // c of whoever of the c crews serves it."""
    made = pool([project(f"p{k:02}", NEW_YEAR + k * every) for k in range(12)], 0.0, length)
    expected = [NEW_YEAR + (k % crews) * every + (k // crews) * max(length, crews * every) for k in range(12)]
    assert starts(made, [Supply(0.0, 0.0, crews)] * 40) == expected


def test_priority_decides_within_a_quarter_and_the_earlier_quarter_before_it() -> None:
    first, second = project("late", NEW_YEAR + 2.0, 1.0, priority=1), project("early", NEW_YEAR, 1.0, priority=2)
    later = project("urgent", NEW_YEAR + 3.0, 1.0, priority=1)
    made = pool([second, later, first])
    one_a_year = [Supply(1.0, 0.0, 9)] * 3
    assert starts(made, one_a_year) == [month_of(2022), month_of(2023), NEW_YEAR + 2.0]


def test_crews_that_leave_finish_what_they_build() -> None:
    made = pool([project(name) for name in "abc"], 0.0, [18.0, 18.0, 6.0])
    begun = starts(made, [Supply(0.0, 0.0, crews) for crews in (2, 1, 1)])
    assert begun == [NEW_YEAR, NEW_YEAR, NEW_YEAR + 18.0]
    made = pool([project("a"), project("b"), project("c", crews=1)], 0.0, [18.0, 20.0, 6.0])
    begun = starts(made, [Supply(0.0, 0.0, crews) for crews in (2, 1, 1)])
    assert begun[2] == NEW_YEAR + 20.0


@pytest.mark.parametrize(("length", "opened"), [(5.0, 8.0), (8.0, 8.0), (8.5, 8.5), (9.0, 20.0), (11.0, 20.0)])
def test_a_school_opens_in_september(length: float, opened: float) -> None:
    progress, _ = run(pool([project("a", opens_in=9)], 0.0, length), [PLENTY])
    assert progress.dates[0].opened == NEW_YEAR + opened


def test_faster_approval_is_for_those_that_enter_it_afterwards() -> None:
    made = pool([project("a"), project("b", month_of(2022))], 10.0)
    progress, _ = run(made, [PLENTY, replace(PLENTY, approval_time=0.5)])
    assert [dates.approved for dates in progress.dates] == [NEW_YEAR + 10.0, month_of(2022) + 5.0]


@pytest.mark.parametrize("bad", [{"money": -1.0}, {"land": math.nan}, {"crews": -1}, {"approval_time": math.inf}])
def test_a_supply_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        Supply(**({"money": 1.0, "land": 1.0, "crews": 1} | bad))  # type: ignore[arg-type]


def test_only_the_pipeline_knows_simpy_and_reading_projects_loads_no_arithmetic() -> None:
    package = Path(sim.__file__).parent
    users = [file for file in package.rglob("*.py") if "import simpy" in file.read_text(encoding="utf-8")]
    assert [file.relative_to(package).as_posix() for file in users] == ["model/projects/queue.py"]
    code = "import sys, sim.scenario.projects.projects; print(*sorted({'numpy', 'simpy', 'scipy'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []
