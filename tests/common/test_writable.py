"""What cannot be written is said before anything is worked out."""

import os
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.writable import expect_writable


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    expect_writable(tmp_path / "results" / "one")
    expect_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        expect_writable(tmp_path / "results" / "one")
    assert refused.value.faults[0].place.file == str(tmp_path / "results" / "one")
    assert "文件" in refused.value.faults[0].problem.zh


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)  # nothing is refused to root
    with pytest.raises(InvalidInput, match="cannot write into this folder: permission denied"):
        expect_writable(tmp_path / "one")
