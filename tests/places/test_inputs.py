"""A region's own tables: a short line, a line too long or a figure twice is refused with its line."""

import shutil
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.paths import library
from sim.places.census import read_region
from sim.places.inputs import away_rows

SHIPPED = library() / "scenarios" / "regions" / "jieshou"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rural,male,3", "not a table of people away"),
        ("rural,male,3,5,6", "not a table of people away"),
        ("rural,male,0,5", "age: is given twice"),
        ("rurl,male,1,5", "hukou: 'rurl' must be one of urban, rural, outside; did you mean rural?"),
        ("rural,mail,1,5", "sex: 'mail' must be one of male, female; did you mean male?"),
        ("rural,male,²,5", "age: '²' must be an age in 0…100"),
        ("rural,male,1,-5", "persons: '-5' must be a number of 0 or more"),
    ],
)
def test_a_bad_line_of_people_away_is_refused_with_what_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "away.csv"
    path.write_text(f"hukou,sex,age,persons\nrural,male,0,5\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        away_rows(path)
    assert str(caught.value).startswith(f"{path}:3:1: {said}")


def test_more_people_away_than_any_place_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "away.csv"
    path.write_text("hukou,sex,age,persons\nrural,male,0,5\nrural,male,1,1e308\n", encoding="utf-8")
    assert len(away_rows(path)) == 2
    with pytest.raises(InvalidInput, match=r"away\.csv:3:1: persons: with 1e\+308 here, more than 5 times the 650,870"):
        away_rows(path, 650_870.0)


def test_a_census_figure_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "jieshou"))
    lines = (folder / "census.csv").read_text(encoding="utf-8").splitlines()
    (folder / "census.csv").write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="is given twice, first in line 2"):
        read_region(folder)
