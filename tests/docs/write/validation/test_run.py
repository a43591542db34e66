"""The command: what it does with folders whole, partial, empty and broken."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from docs.write.validation.__main__ import main
from docs.write.validation.check import Check, Status
from docs.write.validation.page import page
from docs.write.validation.run import validate
from docs.write.validation.un_single import GROUP
from sim.common.errors import InvalidInput
from tests.paths import REFERENCE

from .published import five_year_folder

REFERENCE = Path(os.environ.get("TOWNWARD_REFERENCE_DATA", REFERENCE))


def test_a_folder_with_one_source_reports_the_others_as_absent(tmp_path: Path) -> None:
    output = tmp_path / "validation.md"
    result = CliRunner().invoke(main, [str(five_year_folder(tmp_path, "DEU", "ABC")), "--output", str(output)])
    assert result.exit_code == 0, result.output
    assert "ABC 2010–2015: total" in result.output
    assert "not in this folder" in result.output
    assert "| ABC 2010–2015: total |" in output.read_text(encoding="utf-8")


def test_a_figure_beyond_its_limit_ends_with_one(tmp_path: Path) -> None:
    folder = five_year_folder(tmp_path, "DEU", "ABC")
    path = folder / "wpp/wpp2012_5x5/population.csv"
    table = pd.read_csv(path)
    table.loc[(table["year"] == 2015) & (table["age"] == 30), "pop_male"] *= 1.01
    table.to_csv(path, index=False)
    result = CliRunner().invoke(main, [str(folder)])
    assert result.exit_code == 1
    assert "FAIL" in result.output


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_data_is_invalid(tmp_path: Path, name: str) -> None:
    assert CliRunner().invoke(main, [str(tmp_path / name)]).exit_code == 3


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "iso3,age,year,pop_male,pop_female\nABC,0,2010,x,1\n"])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    folder = five_year_folder(tmp_path, "DEU", "ABC")
    (folder / "wpp/wpp2012_5x5/population.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput):
        validate(folder)


def test_a_figure_that_is_not_a_number_fails() -> None:
    assert Check(GROUP, "x", float("nan"), 1.0).status is Status.BEYOND
    assert Check(GROUP, "x", 2.0).status is Status.REPORTED
    assert "| x | 2 |" in page([Check(GROUP, "x", 2.0)])


@pytest.mark.slow
@pytest.mark.skipif(not (REFERENCE / "wpp").is_dir(), reason=f"no published data at {REFERENCE}")
def test_everything_published_is_reproduced() -> None:
    lines = validate(REFERENCE)
    assert [line.line() for line in lines if line.status is Status.BEYOND] == []
    assert sum(line.status is Status.WITHIN for line in lines) > 20


def _rename(folder: Path, before: str, after: str) -> None:
    for path in folder.rglob("*"):
        if before in path.name:
            path.rename(path.with_name(path.name.replace(before, after)))


@pytest.mark.slow
@pytest.mark.skipif(not (REFERENCE / "wpp").is_dir(), reason=f"no published data at {REFERENCE}")
def test_other_names_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for part in ("wpp/ccmppwpp_1x1", "peers"):
        shutil.copytree(REFERENCE / part, folder / part)
    _rename(folder, "canada", "new_zealand")
    _rename(folder, "burkina_faso", "chad")
    result = CliRunner().invoke(main, [str(folder)])
    assert "New Zealand 1950–2020: births" in result.output
    assert "Chad 1960–2005" in result.output
    assert result.exit_code == 0
