"""Folders of census tables and later figures: other places than those of the reference data, and what is refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.write.closure import main
from docs.write.folder import CENSUS, LATER, later_figures, with_tables
from docs.write.since_2020.__main__ import scored
from docs.write.since_2020.areas import AREAS, Area, CensusFolder, together
from sim.common.errors import InvalidInput
from sim.places.census import CensusRow
from tests.census_rows import write
from tests.evidence.backtest.counties import cells, first_rows, second_rows, truth

LATER_ROWS = """\
code,region_zh,year,measure,value,unit,note
340000,甲省,2021,resident_pop,100.5,万人,
340000,甲省,2021,urbanization_rate,44.5,%,
340000,甲省,2021,births,1.2,万人,
341021,某0县,2022,resident_pop,700000,人,
999900,别处,2022,resident_pop,7,人,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four made-up counties in two provinces."""
    data = tmp_path_factory.mktemp("data")
    (data / "census").mkdir()
    first = first_rows(4, seed=3)
    for year, rows in ((2010, first), (2020, second_rows(first, truth(first, seed=3)))):
        write(data / "census" / f"counties_{year}.csv", *(cells(row) for row in rows))
        write(data / "census" / f"provinces_{year}.csv", *(cells(row) for row in provinces(rows)))
    (data / LATER).write_text(LATER_ROWS, encoding="utf-8")
    return data


def provinces(rows: tuple[CensusRow, ...]) -> list[CensusRow]:
    return [
        together([row for row in rows if row.code.startswith(stem)], Area(stem, f"{stem}0000", name, name))
        for stem, name in (("34", "甲省"), ("35", "乙省"))
    ]


def test_every_table_that_a_folder_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_tables(tmp_path)
    said = refused.value.message("en")
    assert all(name in said for name in (*CENSUS, LATER))
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert result.exit_code == 1
    assert "counties_2010.csv: no such file" in result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("measure", "what", "columns are missing: measure"), ("44.5", "n/a", "later.csv:3:0: value is no number: 'n/a'")],
)
def test_figures_that_cannot_be_read_are_refused(folder: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / LATER).write_text(LATER_ROWS.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidInput, match=said):
        later_figures(tmp_path)


def test_counties_of_another_folder_are_summed_and_not_held_to_the_nation(folder: Path) -> None:
    result = CliRunner().invoke(main, [str(folder)])
    assert result.exit_code == 0, result.output
    assert "4 counties of the census of 2020" in result.output
    assert "too small a part" in result.output
    assert "| 甲省 |" in result.output
    refused = CliRunner().invoke(main, [str(folder), "--solve"])
    assert refused.exit_code == 1
    assert "--solve: these counties hold" in refused.output


def test_provinces_and_places_of_another_folder_are_scored(folder: Path) -> None:
    census = CensusFolder(folder / "census", 2010, 2020)
    assert not any(census.has(area) for area in AREAS if area.code != "340000")
    text = scored(folder, census)
    assert "2 provinces fitted to their two censuses" in text
    assert "| 某0县 | resident_pop | 2022 |" in text
    assert "别处" not in text
