"""What a refusal says to write instead: numbers as spreadsheets and input methods write them, links, folders, pipes."""

import os
from pathlib import Path

import pytest

from sim.common.errors import Fault, InvalidInput
from sim.common.typography import has_chinese
from sim.scenario import scenario
from sim.scenario.loading import load
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.yaml.checking import check
from tests.scenario.scenario_folder import POLICY, write

HEAD = "name: x\nregion: testshire\n"


def refused(file: Path, overrides: tuple[str, ...] = ()) -> InvalidInput:
    with pytest.raises(InvalidInput) as found:
        scenario(file, overrides)
    (fault,) = found.value.faults
    assert has_chinese(fault.problem.zh)
    assert "should" not in fault.problem.zh
    return found.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "set:\n  outside.arrive_city: {value: 1,100, unit: 人/年}\n",
            "4:34: a comma ends a value here: write 1100",
        ),
        ("set:\n  outside.arrive_city: 1,100\n", "expected a number, got '1,100'; write 1100"),
        ("set:\n  outside.arrive_city: 1100人/年\n", 'write 1100 with its unit apart: {value: 1100, unit: "人/年"}'),
        ("set:\n  away.return_to_city: 2%\n", 'write 2 with its unit apart: {value: 2, unit: "%"}'),
        ("set:\n  fertility.tfr: １．５\n", "; write 1.5"),
        ("horizon: ２０３０\n", "expected an integer, got '２０３０'; write 2030"),
        ("set:\n  fertility.tfr：1.5\n", "write a plain colon and a space, not the full-width ："),
        ("horizon：2030\ndraws: 5\n", "write a plain colon and a space, not the full-width ："),
        ("set:\n  fertility.tfr: many\n", "expected a number, got 'many'"),
        ("title: {zh: " + "界" * 2001 + ", en: a}\n", "at most 2000 characters are expected, got 2001"),
        ("set: {100: 3}\n", "set[100]: expected text"),
    ],
)
def test_what_to_write_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(write(tmp_path, {"main.yaml": HEAD + text})).message("en")


def test_an_override_with_its_unit_is_told_how_to_be_written(tmp_path: Path) -> None:
    file = write(tmp_path, {"main.yaml": HEAD})
    assert 'unit: "人/年"}' in refused(file, ("outside.arrive_city=1100人/年",)).message("en")
    assert scenario(file, ("outside.arrive_city={value: 1100, unit: 人/年}",))


def test_a_folder_and_a_pipe_are_no_missing_files(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").mkdir()
    os.mkfifo(tmp_path / "p.yaml")
    assert "this is a folder" in refused(tmp_path / "d.yaml").message("en")
    assert "this is a pipe or device" in refused(tmp_path / "p.yaml").message("en")
    assert "no such file" in refused(tmp_path / "n.yaml").message("en")


@pytest.mark.parametrize("stand", [".", "county", "county/deep"])
def test_what_lies_one_folder_up_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand: str
) -> None:
    mine = write(tmp_path / "other", {"policies/jobs.yaml": POLICY}).parent
    write(tmp_path, {"county/mine.yaml": HEAD + "policies:\n  - use: jobs\n", "policies/jobs.yaml": POLICY})
    (tmp_path / "county" / "deep").mkdir()
    (tmp_path / "county" / "deep" / "linked.yaml").symlink_to("../mine.yaml")
    monkeypatch.chdir(tmp_path / stand)
    for file in (tmp_path / "county" / "mine.yaml", tmp_path / "county" / "deep" / "linked.yaml"):
        found = scenario(Path(os.path.relpath(file)))
        policy = next(path for path in found.inputs if path.name == "jobs.yaml")
        assert os.path.realpath(policy) == os.path.realpath(tmp_path / "policies" / "jobs.yaml")
    assert mine.is_dir()


def test_a_title_of_several_lines_is_said_in_one(tmp_path: Path) -> None:
    text = 'name: x\nregion: testshire\ntitle: {zh: "甲\\n错误:乙", en: "a\\r\\nerror: b"}\n'
    title = scenario(write(tmp_path, {"main.yaml": text})).title
    assert (title.zh, title.en) == ("甲 错误:乙", "a error: b")


def test_a_list_of_something_wrong_is_not_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("name: s\ntargets:\n  - {id: nul.x}\n", encoding="utf-8")
    faults: list[Fault] = []
    check(load(path), PlanFile, faults)
    assert not any(fault.path == "targets" for fault in faults)
    assert any(fault.path == "targets[0].id" for fault in faults)
