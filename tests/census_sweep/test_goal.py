"""What a county is held against."""

import pytest

from sim.census_sweep.goal import NATION, goal_of, known_goals, parse_goal
from sim.errors import InvalidInput
from sim.province_names import PROVINCES


def test_every_known_target_is_a_share_of_a_province_with_its_plan() -> None:
    known = known_goals()
    assert known[NATION].rate == 0.65
    assert set(known) <= {NATION, *PROVINCES}
    for code, goal in known.items():
        assert 0.3 < goal.rate < 0.95
        assert goal.year == 2025
        assert goal.scope == ("nation" if code == NATION else "province")
        assert goal.source.zh
        assert goal.source.en
        assert goal.target.value == goal.rate


def test_a_county_is_held_against_its_province_else_the_nation_and_a_given_target_goes_before() -> None:
    assert goal_of("370112", None) is known_goals()["37"]
    assert goal_of("150102", None) is known_goals()[NATION]
    given = parse_goal("55%@2030")
    assert goal_of("370112", given) is given


@pytest.mark.parametrize("text", ["65%@2025", "0.65@2025", " 65 %@2025", "65％@2025"])
def test_a_target_may_be_written_in_per_cent_or_as_a_share(text: str) -> None:
    goal = parse_goal(text)
    assert (goal.rate, goal.year, goal.scope) == (0.65, 2025, "given")


@pytest.mark.parametrize("text", ["65@2025", "65%", "@2025", "0@2025", "101%@2025", "65%@25", "sixty@2025", ""])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput, match="expected for example 65%@2025"):
        parse_goal(text)
