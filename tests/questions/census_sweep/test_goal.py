"""What a county is held against."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sim.common.errors import InvalidInput
from sim.common.paths import library
from sim.places.china.province_names import PROVINCES
from sim.questions.census_sweep.goal import FILE, NATION, goal_of, known_goals, parse_goal

EVIDENCE = {"text", "official", "draft", "press"}
WORDINGS = {"", "about", "over", "close to"}
RATE_2020 = {"00": 0.639, "34": 0.583, "42": 0.629, "46": 0.603, "50": 0.695, "51": 0.567, "52": 0.532, "53": 0.501}


def rows() -> list[dict[str, str]]:
    with (library() / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_table_is_a_rate_of_a_place_and_year_with_its_plan_and_evidence() -> None:
    keys = [(row["province"], int(row["year"])) for row in rows()]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)
    for row in rows():
        assert row["province"] in {NATION, *PROVINCES}
        assert 2025 <= int(row["year"]) <= 2035
        assert 0.5 < float(row["rate"]) < 0.9
        assert row["wording"] in WORDINGS
        assert row["evidence"] in EVIDENCE
        assert row["source_zh"]
        assert row["source_en"].isascii()


def test_a_later_target_of_a_place_is_higher() -> None:
    for place in {row["province"] for row in rows()}:
        rates = [float(row["rate"]) for row in rows() if row["province"] == place]
        assert rates == sorted(set(rates))


def test_what_is_known_is_the_targets_of_2025_only() -> None:
    known = known_goals()
    assert known[NATION].rate == 0.65
    assert set(known) == {row["province"] for row in rows() if row["year"] == "2025"}
    for code, goal in known.items():
        assert goal.year == 2025
        assert goal.scope == ("nation" if code == NATION else "province")
        assert goal.target.value == goal.rate


def test_targets_of_2025_lie_one_to_ten_points_above_the_census_of_2020() -> None:
    for code, rate in RATE_2020.items():
        assert 0.01 < known_goals()[code].rate - rate < 0.10


def test_the_sources_explain_every_class_of_evidence_and_every_column() -> None:
    text = (library() / FILE).with_name("urbanization_targets_sources.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)["urbanization_targets.csv"]
    assert set(told["evidence"]) == EVIDENCE
    assert set(told["columns"]) == set(rows()[0])


def test_a_county_is_held_against_its_province_else_the_nation_and_a_given_target_goes_before() -> None:
    assert goal_of("370112", None) is known_goals()["37"]
    assert goal_of("130102", None) is known_goals()[NATION]
    given = parse_goal("55%@2030")
    assert goal_of("370112", given) is given


def test_a_province_with_only_a_later_target_is_held_against_the_nation() -> None:
    assert {"44", "15"} <= {row["province"] for row in rows()}
    assert goal_of("440103", None) is goal_of("150102", None) is known_goals()[NATION]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / FILE.parent).mkdir(parents=True)
    monkeypatch.setattr("sim.questions.census_sweep.goal.library", lambda: tmp_path)
    known_goals.cache_clear()
    yield tmp_path / FILE
    known_goals.cache_clear()


HEAD = "province,year,rate,wording,source_zh,source_en,evidence\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + "00,2029,0.70,,全国,nation,press\n", "has no target of the nation"),
        (HEAD + "00,2025,many,,全国,nation,press\n", "cannot read the table of targets"),
        ("place,rate\n00,0.65\n", "cannot read the table of targets"),
    ],
)
def test_a_damaged_table_is_a_fault_that_names_it(table: Path, text: str, problem: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=problem) as caught:
        known_goals()
    assert "urbanization_targets.csv" in str(caught.value)


@pytest.mark.parametrize("text", ["65%@2025", "0.65@2025", " 65 %@2025", "65％@2025"])
def test_a_target_may_be_written_in_per_cent_or_as_a_share(text: str) -> None:
    goal = parse_goal(text)
    assert (goal.rate, goal.year, goal.scope) == (0.65, 2025, "given")


@pytest.mark.parametrize("text", ["65@2025", "65%", "@2025", "0@2025", "101%@2025", "65%@25", "sixty@2025", ""])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput, match="expected for example 65%@2025"):
        parse_goal(text)


def test_a_share_written_with_its_sign_as_well_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"0\.65 % cannot be of this place"):
        parse_goal("0.65%@2025")
