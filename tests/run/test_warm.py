"""A case kept warm: every answer is that of a run of the changed case, bit for bit, wherever it starts and ends."""

from functools import cache
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Kept
from sim.model.county import Course, Given
from sim.run import lanes
from sim.run.case import Case
from sim.run.ensemble import simulate
from sim.run.lanes import Wanted
from sim.run.moves import FirstYear, LastYear, Move, Size, Strength, Value, changed
from sim.run.scenario_run import ready
from sim.run.warm import MEMORY, Warm
from sim.scenario import scenario
from tests.paths import SCENARIOS

POLICIES: Final = {
    "jieshou/pilot": ("industrial-park-jobs", "schools-in-town", "bus-integration"),
    "haidong/plan": ("public-rental", "rural-services", "talent-homes"),
    "guangzhou/plan": ("urban-villages",),
}
LAST: Final = 2027
MEASURES: Final = ("urbanization_rate", "births", "homes", "debt", "job_gap", "adequacy", "projects_open")
LITTLE: Final = 128_000
"""Memory for a lane with which each third county is kept [byte]."""


@cache
def case_of(place: str) -> Case:
    return ready(scenario(SCENARIOS / f"{place}.yaml", (f"horizon={LAST}",))).case


@cache
def warm(place: str, n_draws: int, memory: int) -> Warm:
    """Kept over all examples: what earlier ones left behind must not be seen in later ones."""
    return Warm(case_of(place), range(n_draws), memory)


def run(case: Case, wanted: list[Wanted], n_draws: int) -> Kept:
    """What is wanted of a plain run [wanted, draw]."""
    found = simulate(case, range(n_draws))
    return np.stack([found.of(want.measure, want.row)[found.years.index(want.year)] for want in wanted])


def moves_of(place: str) -> st.SearchStrategy[list[tuple[Move, float]]]:
    """Some moves of a case, each with what it is moved to."""
    year, strength = st.integers(2021, LAST).map(float), st.floats(0.0, 2.0)
    found = [
        st.tuples(st.sampled_from([Value("away.return_to_city", "times"), Value("fertility.tfr", "times")]), strength),
        st.tuples(st.just(Value("budget.grants", "set", scale=1e8)), st.floats(0.0, 9.0)),
        st.tuples(st.just(Value("budget.growth", "times", first=True)), strength),
        st.tuples(st.just(Value("profile.leave.peak")), st.floats(20.0, 24.0)),
        st.tuples(st.just(Value("service.nurses.standard")), st.floats(3.0, 6.0)),
    ]
    if POLICIES[place]:
        policy = st.sampled_from(POLICIES[place])
        found += [
            st.tuples(policy.map(Strength), strength),
            st.tuples(policy.map(FirstYear), year),
            st.tuples(policy.map(LastYear), year),
            st.tuples(st.just(Size(POLICIES[place][0])), st.floats(0.0, 3000.0)),
        ]
    return st.lists(st.one_of(found), min_size=1, max_size=3, unique_by=lambda one: repr(one[0]))


@pytest.mark.parametrize("place", POLICIES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_an_answer_is_a_run_of_the_changed_case_bit_for_bit(place: str, data: st.DataObject) -> None:
    moved = data.draw(moves_of(place))
    moves = [move for move, _ in moved]
    case, own = case_of(place), np.array([value for _, value in moved])
    n_draws = data.draw(st.sampled_from([7, 12]))
    memory = data.draw(st.sampled_from([MEMORY, LITTLE * len(case.regions) * n_draws, 0]))
    asked = st.builds(Wanted, st.sampled_from(MEASURES), st.integers(0, len(case.groups)), st.integers(2020, LAST))
    wanted = data.draw(st.lists(asked, min_size=1, max_size=4))
    other = [value if isinstance(move, FirstYear | LastYear) else 0.95 * value for move, value in moved]
    at = np.array([own, other])[: data.draw(st.integers(1, 2))]
    answers = warm(place, n_draws, memory).answer(moves, at, wanted, data.draw(st.integers(1, 2)))
    for member, values in enumerate(at):
        expected = run(changed(case, moves, values), wanted, n_draws)
        np.testing.assert_array_equal(answers[:, member], expected)


@pytest.mark.parametrize("measure", ["base_urban", "base_urban_households", "resident"])
def test_what_stays_as_in_the_base_year_is_answered_in_every_year(measure: str) -> None:
    case, wanted = case_of("jieshou/pilot"), [Wanted(measure, 0, year) for year in (2021, 2024, LAST)]
    found = warm("jieshou/pilot", 7, MEMORY).answer((), np.empty((1, 0)), wanted)[:, 0]
    assert np.array_equal(found, run(case, wanted, 7))


@pytest.mark.parametrize("place", POLICIES)
def test_a_move_starts_where_it_differs(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, stepped = Warm(case_of(place), range(12)), []
    real = lanes.course_of

    def course_of(setup: Any, before: Any, now: Given, into: Any) -> Course:
        stepped.extend(now.years)
        return real(setup, before, now, into)

    monkeypatch.setattr(lanes, "course_of", course_of)
    wanted = [Wanted("urban", 0, LAST - 1), Wanted("births", 0, 2021), Wanted("homes", 0, 2020)]
    moves, at = [LastYear(POLICIES[place][0])], np.array([[2024.0]])
    found = kept.answer(moves, at, wanted)
    assert set(stepped) == {2025, 2026}
    np.testing.assert_array_equal(found[:, 0], run(changed(case_of(place), moves, at[0]), wanted, 12))
    stepped.clear()
    kept.answer([], np.empty((1, 0)), wanted)
    assert not stepped
