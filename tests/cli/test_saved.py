"""Folders of runs: their report without a new run, the same run again, and folders that are not to be trusted."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.common.errors import Exit
from sim.run.folder import file_hash
from tests.cli.test_commands import PILOT, called, code
from tests.scenarios import JIESHOU

OWN = """\
name: own
extends: jieshou/pilot.yaml
horizon: 2026
set:
  away.return_to_city: {times: 1.3, from: 2022, source: "assumption: a test"}
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of a scenario of the user's own, with a change on the command line."""
    home = tmp_path_factory.mktemp("own")
    (home / "mine").mkdir()
    (home / "mine" / "own.yaml").write_text(OWN, encoding="utf-8")
    asked = ("run", str(home / "mine" / "own.yaml"), "--draws", "20", "--set", "policies.bus-integration.intensity=0.5")
    assert code(*asked, "-o", str(home / "run"), "--lang", "zh", "--contributions") == Exit.DONE
    return home / "run"


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "copy"))


def resealed(folder: Path, name: str) -> None:
    """Write the hash of a changed file into the manifest, as one who wants to deceive would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["outputs"][name] = file_hash(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert code(*arguments, "--lang", "en") == Exit.INVALID_INPUT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_the_report_of_a_folder_is_the_report_of_the_run_byte_by_byte(kept: Path, tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        assert code("report", str(kept), "--lang", lang, "-o", str(tmp_path / f"{lang}.html")) == Exit.DONE
    assert (tmp_path / "zh.html").read_bytes() == (kept / "report.html").read_bytes()
    assert '<html lang="en"' in (tmp_path / "en.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "asked",
    [
        ("report", "-o", "mine.yaml"),
        ("report", "--format", "docx", "-o", "mine.yaml"),
        ("export", "-o", "mine.yaml"),
        ("export", "-o", "summary.csv"),
        ("sensitivity", "-o", "mine.yaml"),
        ("atlas", "-o", "mine.yaml"),
    ],
    ids=" ".join,
)
def test_what_is_of_another_kind_or_of_the_run_is_not_written_over(
    copy: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]
) -> None:
    *words, name = asked
    own = copy / name
    if name == "mine.yaml":
        own.write_text("name: mine\n", encoding="utf-8")
    before = own.read_bytes()
    refused(capsys, words[0], str(copy), *words[1:], str(own))
    assert own.read_bytes() == before


def test_a_scenario_is_not_converted_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, own = tmp_path / "a.xlsx", tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert code("convert", str(own), str(sheet)) == Exit.DONE
    capsys.readouterr()
    assert "exists already" in refused(capsys, "convert", str(sheet), str(own))
    assert own.read_text(encoding="utf-8") == OWN


def test_a_report_is_written_beside_the_first_one(copy: Path) -> None:
    before = file_hash(copy / "report.html")
    assert code("report", str(copy), "--lang", "en") == Exit.DONE
    assert (copy / "report.en.html").is_file()
    assert file_hash(copy / "report.html") == before


def test_kept_inputs_run_again_to_the_same_bytes_without_the_files_they_were_copied_from(kept: Path) -> None:
    own = kept.parent / "mine" / "own.yaml"
    own.rename(own.with_suffix(".away"))
    try:
        found = called("reproduce", str(kept), "--lang", "en", "--jobs", "1")
    finally:
        own.with_suffix(".away").rename(own)
    outputs = json.loads((kept / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert {"series.parquet", "tables.json", "report.html", "inputs.zip", "contributions.json"} <= set(outputs)
    assert found.output == f"The same: all {len(outputs) - 1} files came out the same, byte by byte.\n"


def test_what_the_parent_alone_reads_is_kept_so_that_what_differs_from_it_comes_out_the_same(tmp_path: Path) -> None:
    asked = ("run", str(JIESHOU / "pilot.yaml"), "--draws", "4", "--set", "plan=null", "--no-contributions")
    assert code(*asked, "-o", str(tmp_path / "run"), "--lang", "en") == Exit.DONE
    contents = json.loads((tmp_path / "run" / "tables.json").read_text(encoding="utf-8"))["contents"]
    assert [one["id"] for one in contents["differing"]] == ["plan", "draws"]
    assert code("reproduce", str(tmp_path / "run"), "--lang", "en") == Exit.DONE


def test_what_differs_is_named(copy: Path) -> None:
    _with_input("scenarios/jieshou/trend.yaml", lambda text: text.replace("2025", "2024"))(copy / "inputs.zip")
    (copy / "verdicts.csv").write_text("id\n", encoding="utf-8")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"version": "0.0.1", "machine": "abacus"}
    manifest["libraries"]["numpy"] = "1.0"
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = called("reproduce", str(copy), "--lang", "en", "--format", "json", "--jobs", "1")
    said = json.loads(found.output)
    assert found.return_value == Exit.DIFFERS
    assert {"tables.json", "report.html"} <= set(said["apart"])
    assert "series.parquet" in said["alike"]  # no number hangs on the test year
    assert [one["en"] for one in said["changed"]] == [
        "verdicts.csv was changed since it was written",
        "inputs.zip was changed since it was written",
        "input scenarios/jieshou/trend.yaml is not the one that was run",
    ]
    told = [one["en"] for one in said["others"]]
    assert [one.partition(":")[0] for one in told] == ["version of the program", "machine", "numpy"]


def _with_input(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def rewritten(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            files = {one: archive.read(one) for one in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for one, content in files.items():
                text = content.decode() if one.endswith(name) else None
                archive.writestr(one, content if text is None else change(text).encode())

    return rewritten


def test_a_changed_table_makes_no_report(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "tables.json").write_text("{}", encoding="utf-8")
    assert "tables.json was changed since it was written" in refused(capsys, "report", str(copy))
    resealed(copy, "tables.json")
    assert "tables.json: the files of the run are damaged" in refused(capsys, "report", str(copy))


@pytest.mark.parametrize("path", ["regions", "verdicts", "series"])
def test_tables_of_another_form_are_told_of(copy: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    if path == "series":
        shutil.copy(copy / "pyramid.parquet", copy / "series.parquet")
        resealed(copy, "series.parquet")
    else:
        content = json.loads((copy / "tables.json").read_text(encoding="utf-8"))
        content[path] = [] if path == "regions" else [{"answer": {"is": "Oracle"}}]
        (copy / "tables.json").write_text(json.dumps(content), encoding="utf-8")
        resealed(copy, "tables.json")
    assert "the files of the run are damaged" in refused(capsys, "report", str(copy))


@pytest.mark.parametrize("name", ["../../evil.yaml", "/etc/evil.yaml", "own\\..\\evil.yaml", "C:evil.yaml"])
def test_inputs_do_not_leave_their_folder(copy: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    with zipfile.ZipFile(copy / "inputs.zip", "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "name: evil\n")
    assert "leads out of the folder" in refused(capsys, "reproduce", str(copy))


def test_inputs_that_name_a_file_elsewhere_are_not_run(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_input("own.yaml", lambda text: text.replace("jieshou/pilot.yaml", PILOT))(copy / "inputs.zip")
    assert "name a file outside the folder" in refused(capsys, "reproduce", str(copy))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the manifest is damaged"),
        ("{}", "manifest.json: language: the manifest is damaged: Field required"),
        ('{"outputs": {"../x": "0"}}', "the manifest is damaged"),
        ("[" * 100_000, "the manifest is damaged"),
        (None, "this folder holds no run: it has no manifest.json"),
    ],
)
def test_a_damaged_manifest_is_one_message(
    copy: Path, capsys: pytest.CaptureFixture[str], content: str | None, said: str
) -> None:
    (copy / "manifest.json").unlink()
    if content is not None:
        (copy / "manifest.json").write_text(content, encoding="utf-8")
    for command in ("report", "reproduce"):
        assert said in refused(capsys, command, str(copy))


def test_no_folder_and_an_old_one(tmp_path: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "this folder holds no run" in refused(capsys, "reproduce", str(tmp_path / "none"))
    (copy / "inputs.zip").unlink()
    assert "this folder keeps no inputs.zip" in refused(capsys, "reproduce", str(copy))


def test_a_workbook_and_a_document_come_from_the_folder_alone(kept: Path, tmp_path: Path) -> None:
    for form, first, *more in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml", "--full")):
        path = tmp_path / f"run.{form}"
        assert code("report", str(kept), "--format", form, *more, "--lang", "zh", "-o", str(path)) == Exit.DONE
        with zipfile.ZipFile(path) as archive:
            assert "指标体系表" in archive.read(first).decode()


def test_what_an_earlier_version_did_not_keep_is_left_out(copy: Path, tmp_path: Path) -> None:
    content = json.loads((copy / "tables.json").read_text(encoding="utf-8"))
    del content["contributions"]
    (copy / "tables.json").write_text(json.dumps(content), encoding="utf-8")
    resealed(copy, "tables.json")
    assert code("report", str(copy), "--lang", "en", "-o", str(tmp_path / "r.html")) == Exit.DONE
    assert 'id="contributions"' not in (tmp_path / "r.html").read_text(encoding="utf-8")
