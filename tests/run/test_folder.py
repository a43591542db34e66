"""Folders of results: whole or as they were."""

import csv
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from math import nan
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import duckdb
import pytest

from sim.common.errors import InvalidInput
from sim.common.staging import alone
from sim.model.registry import MEASURES
from sim.run import folder as files
from sim.run.columns import Columns
from sim.run.folder import csv_for_people, json_file, publish, text_file
from sim.run.tables import RunTables

PARTS = {"table.csv": text_file("new"), "manifest.json": json_file({"run": 2})}


def _before(folder: Path) -> None:
    publish(folder, {"table.csv": text_file("old"), "manifest.json": json_file({"run": 1})})


def test_a_part_that_cannot_be_written_leaves_what_was_before(tmp_path: Path) -> None:
    _before(tmp_path / "r")
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()}

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(InvalidInput, match="the disk is full"):
        publish(tmp_path / "r", PARTS | {"more.csv": full})
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()} == before


def test_a_full_disk_is_said_in_the_words_of_the_system(tmp_path: Path) -> None:
    said = (
        'IO Error: Async write failed for range [offset=0, size=342]: {"exception_type":"IO","exception_message":'
        '"Could not write file \\"/x/00000.parquet\\": No space left on device","errno":"28"}'
    )

    def full(path: Path) -> None:
        raise duckdb.IOException(said)

    with pytest.raises(InvalidInput, match=r"cannot write into this folder: No space left on device$"):
        publish(tmp_path / "r", PARTS | {"more.parquet": full})


def test_an_input_that_is_gone_when_its_answer_is_written_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone.yaml"
    with pytest.raises(InvalidInput, match=r"no such file or folder: .*gone\.yaml"):
        publish(tmp_path / "r", PARTS | {"copy": lambda path: path.write_bytes(gone.read_bytes()) and None})


@pytest.mark.parametrize("kill_at", [1, 2])
def test_killed_between_two_names_no_manifest_stands_beside_other_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kill_at: int
) -> None:
    _before(tmp_path / "r")
    named: list[str] = []
    replace = Path.replace

    def rename(self: Path, target: Path) -> Path:
        named.append(target.name)
        if len(named) == kill_at:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", rename)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "r", PARTS)
    assert not (tmp_path / "r" / "manifest.json").exists()
    monkeypatch.undo()
    publish(tmp_path / "r", PARTS, is_answer=True)
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["manifest.json", "table.csv"]


def test_parts_are_on_the_disk_before_they_get_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(files, "synced", lambda path: seen.append(path.name))
    publish(tmp_path / "r", PARTS)
    assert seen == ["table.csv", "manifest.json", "r", "r"]


def test_a_folder_left_by_a_process_of_the_same_number_stops_nothing(tmp_path: Path) -> None:
    left = tmp_path / "r" / f".partial-{os.getpid()}"
    left.mkdir(parents=True)
    publish(tmp_path / "r", PARTS)
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == sorted([*PARTS, *([left.name] * left.exists())])


@pytest.mark.parametrize("link", ["same name", "symlink", "hard link"])
def test_an_input_is_never_overwritten(tmp_path: Path, link: str) -> None:
    own = tmp_path / ("table.csv" if link == "same name" else "mine.csv")
    own.write_text("the user's", encoding="utf-8")
    if link == "symlink":
        (tmp_path / "table.csv").symlink_to(own)
    elif link == "hard link":
        (tmp_path / "table.csv").hardlink_to(own)
    with pytest.raises(InvalidInput, match="is an input"):
        publish(tmp_path, PARTS, [own])
    assert own.read_text(encoding="utf-8") == "the user's"
    assert not (tmp_path / "manifest.json").exists()


def test_what_is_no_part_of_an_earlier_answer_is_not_replaced(tmp_path: Path) -> None:
    own = tmp_path / "table.csv"
    own.write_text("the user's", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"table\.csv: is there and is no result of this command"):
        publish(tmp_path, PARTS, is_answer=True)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    assert own.read_text(encoding="utf-8") == "the user's"
    own.unlink()
    for _ in range(2):
        publish(tmp_path, PARTS, is_answer=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on folders")
def test_two_who_write_into_one_folder_do_so_one_after_the_other(tmp_path: Path) -> None:
    _before(tmp_path / "r")
    with ThreadPoolExecutor(1) as pool:
        with alone(tmp_path / "r"):
            other = pool.submit(publish, tmp_path / "r", PARTS)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.2)
            assert (tmp_path / "r" / "table.csv").read_text(encoding="utf-8") == "old"
        other.result(timeout=30)
    assert (tmp_path / "r" / "table.csv").read_text(encoding="utf-8") == "new"


def test_a_folder_that_could_not_be_filled_is_not_left_behind(tmp_path: Path) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(InvalidInput):
        publish(tmp_path / "new", {"more.csv": full})
    assert not (tmp_path / "new").exists()
    (tmp_path / "mine").mkdir()
    with pytest.raises(InvalidInput):
        publish(tmp_path / "mine", {"more.csv": full})
    assert (tmp_path / "mine").is_dir()


def test_what_is_no_number_is_an_empty_cell(tmp_path: Path) -> None:
    names = ("region", "measure", "unit", "quantile", "year", "value")
    rate, persons = ("a", "urbanization_rate", "share"), ("a", "resident", "person")
    series = Columns.of_rows(names, [(*rate, 0.5, 2021, nan), (*persons, 0.5, 2021, 12345.6)])
    tables = SimpleNamespace(regions=(), measures=MEASURES, series=series)
    csv_for_people(cast("RunTables", tables), "en")(tmp_path / "summary.csv")
    with (tmp_path / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[5] for row in rows[1:]] == ["", "12346"]


def test_a_part_that_does_not_reach_the_disk_leaves_what_was_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread brings it there while the next part is made."""
    _before(tmp_path / "r")

    def lost(path: Path) -> None:
        if path.name == "table.csv":
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "synced", lost)
    with pytest.raises(InvalidInput, match="the disk cannot be read or written"):
        publish(tmp_path / "r", PARTS)
    assert (tmp_path / "r" / "table.csv").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["manifest.json", "table.csv"]
