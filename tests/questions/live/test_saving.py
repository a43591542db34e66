"""Saving a state: a new file, whole, never over another; nothing is written where anything is wrong."""

import shutil
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.questions.live.opened import Opened
from sim.questions.live.saving import folder_for, saved
from sim.scenario import scenario
from tests.questions.live.pilot import JOBS
from tests.scenarios import JIESHOU


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("own") / "jieshou"
    shutil.copytree(JIESHOU, folder)
    return Opened(folder / "trend.yaml", 20, 1)


def test_a_saved_file_extends_the_scenario_and_says_where_its_numbers_come_from(own: Opened) -> None:
    file = saved(own, own.moved({"away.return_to_city": 1.2}), "我的情景", "我的情景")
    text = file.read_text(encoding="utf-8")
    assert file == own.file.parent / "我的情景.yaml"
    assert "extends: trend.yaml" in text
    assert "assumption: set on the live page" in text
    assert scenario(file).title.zh == "我的情景"
    assert scenario(file).draws == 20
    assert [one.name for one in own.file.parent.glob(".townward-*")] == []


def test_no_file_is_ever_overwritten(own: Opened) -> None:
    before = own.file.read_bytes()
    with pytest.raises(InvalidInput, match="exists already"):
        saved(own, own.moved({"away.return_to_city": 1.2}), "trend", "")
    assert own.file.read_bytes() == before


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "x" * 65, "a b", "a\\b", "a.yaml", "/tmp/x", "~"])
def test_a_name_is_no_path(own: Opened, name: str) -> None:
    before = sorted(own.file.parent.parent.rglob("*"))
    with pytest.raises(InvalidInput):
        saved(own, own.moved({"away.return_to_city": 1.2}), name, "")
    assert sorted(own.file.parent.parent.rglob("*")) == before


def test_nothing_is_written_where_nothing_was_moved_or_a_value_is_refused(own: Opened) -> None:
    before = sorted(own.file.parent.iterdir())
    for moves in ({}, {"away.return_to_city": 150.0}):
        with pytest.raises(InvalidInput):
            saved(own, own.moved(moves), "new", "")
    with pytest.raises(InvalidInput, match="too long"):
        saved(own, own.moved({"away.return_to_city": 1.2}), "new", "x" * 201)
    assert sorted(own.file.parent.iterdir()) == before
    assert JOBS not in {knob.key for knob in own.knobs if knob.part == "used"}


def test_what_extends_the_library_is_saved_in_this_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert folder_for(JIESHOU / "pilot.yaml") == Path.cwd()
    assert folder_for(tmp_path / "mine.yaml") == tmp_path
