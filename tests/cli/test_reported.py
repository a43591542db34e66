"""Faults found by people and by trials, each as small as it goes: files, a command, what it ends with and says.

What is a number or a whole kind is tested where it belongs (`docs/reliability.md` names the tests); here a command is
followed from its files to its message.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from sim.cli.main import _run
from sim.common.errors import Exit
from tests.census_rows import write
from tests.paths import ROOT
from tests.places.census.test_plausible import county

SCENARIOS: Final = ROOT / "scenarios"
TREND: Final = str(SCENARIOS / "jieshou" / "trend.yaml")
PILOT: Final = str(SCENARIOS / "jieshou" / "pilot.yaml")
HEAD: Final = "name: own\nregion: jieshou\n"
PLAN: Final = (
    "id: own\ntitle: {zh: 试, en: a trial}\n"
    "source: {title: {zh: 无, en: none}, issuer: {zh: 无, en: none}, date: none}\n"
)
LINE: Final = "targets:\n  - {id: I, title: {zh: 试, en: a line}, kind: outcome, year: 2025, source: t, "
SWEEP: Final = "factors: {fertility.tfr: {low: 1, high: 1.2}}\ndesign: {kind: latin, size: 2}\ndraws: 1\n"
OUTPUTS: Final = "outputs: [{measure: resident, year: 2025}]\n"
FIGURES: Final = "measure,year,value,unit,error,kind,source\n"
FRACTION: Final = f"{FIGURES}urbanization_rate,2021,0.487,%,,estimate,x\n"
HISTORY: Final = "area,indicator,year,value,unit,series,source,note\n界首市,resident_pop,"
ADD: Final = ("region", "add", "--census", "c_2020.csv", "--code", "341299", "--id", "made")
POLICY: Final = (
    "id: industrial-park-jobs\nname: {zh: 试, en: a trial}\nfrom_plan: {zh: 试, en: a trial}\n"
    "who: {zh: 人, en: workers}\n"
    "mechanism: park-jobs\namount: {value: 9000, unit: 人/年, source: assumption}\n"
    'effects: [{path: jobs.new, add: amount, evidence: "assumption: a trial"}]\n'
)
MINE: Final = "name: mine\nregion: jieshou\nplan: jieshou\npolicies: [{use: industrial-park-jobs, from: 2021}]\n"


@dataclass(frozen=True)
class Case:
    """files: by name; rows: changes of a census table's rows; at: the folder that the command is given in."""

    command: tuple[str, ...]
    said: str
    code: int = Exit.INVALID_INPUT
    files: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()
    at: str = "."
    unsaid: str = "internal error"


def plan(line: str) -> dict[str, str]:
    """A plan of one line, and a scenario that names it."""
    return {"plans/own.yaml": f"{PLAN}{LINE}{line}}}\n", "own.yaml": f"{HEAD}plan: own\n"}


CASES: Final = {
    "a policy one folder up, from its folder": Case(
        ("explain", "mine.yaml", "jobs.new"), "jobs.new = 9000", Exit.DONE,
        {"policies/industrial-park-jobs.yaml": POLICY, "county/mine.yaml": MINE}, at="county"),
    "a sweep's scenario one folder up": Case(
        ("validate", "s.yaml"), "s.yaml: valid", Exit.DONE,
        {"mine.yaml": HEAD, "sweeps/s.yaml": f"name: s\nscenario: mine.yaml\n{SWEEP}{OUTPUTS}"}, at="sweeps"),
    "a seat in ten thousands": Case(ADD, "seems to be written in 万", rows=({"city_area": "1.5"},)),
    "households in ten thousands": Case(ADD, "seems to be written in 万", rows=({"households": "1.6"},)),
    "a fraction for a share": Case(ADD, "shares in %", rows=({"nonagricultural_hukou_pct": "0.31"},)),
    "a row that is there twice": Case(ADD, "'341299' is there twice, in lines 2, 3; keep one of them", rows=({}, {})),
    "a horizon of 0": Case(
        ("sweep", "--census", "c_2020.csv", "--horizon", "0"), "--horizon: 0, expected 2021", rows=({},)),
    "a fraction with the unit % in a check-up": Case(
        ("checkup", TREND, "--observed", "f.csv", "--draws", "20", "--set", "horizon=2026", "-o", "c"),
        "0.00487 is too far from the median run's", files={"f.csv": FRACTION}),
    "a fraction with the unit % in a study": Case(
        ("calibrate", "t.yaml", "-o", "c"), "0.00487 is too far from the median run's",
        files={"f.csv": FRACTION,
               "t.yaml": f"name: t\nscenario: {TREND}\nseries: f.csv\nvary: [fertility.tfr]\ndraws: 64\n"}),
    "null over an inherited value": Case(
        ("validate", "own.yaml"), "own.yaml:3:9: horizon: null says nothing here",
        files={"own.yaml": f"name: own\nextends: {TREND}\nhorizon:\n"}),
    "a policy after the run": Case(
        ("validate", "own.yaml"), "2052: never acts, the run is 2021–2035",
        files={"own.yaml": f"name: own\nextends: {TREND}\npolicies: [{{use: industrial-park-jobs, from: 2052}}]\n"}),
    "a value after the run": Case(
        ("validate", "own.yaml"), "2051: never acts, the run is 2021–2035",
        files={"own.yaml": f"name: own\nextends: {TREND}\nset: {{fertility.tfr: {{set: 1.5, from: 2051}}}}\n"}),
    "equal of a rate": Case(
        ("validate", "own.yaml"), "equal is never met by a measure that is no count",
        files=plan('measure: urbanization_rate, op: equal, value: 51.5, unit: "%"')),
    "a parent after its child": Case(
        ("validate", "both.yaml"), "base.yaml is a parent of left.yaml",
        files={"base.yaml": f"name: base\nextends: {TREND}\nhorizon: 2040\n",
               "left.yaml": "name: left\nextends: base.yaml\nhorizon: 2030\n",
               "both.yaml": "name: both\nextends: [left.yaml, base.yaml]\n"}),
    "a comma between thousands": Case(
        ("validate", "own.yaml"), "write 1100 without a comma",
        files={"own.yaml": f"{HEAD}set:\n  jobs.new: {{value: 1,100, unit: 人/年}}\n"}),
    "a unit within --set": Case(
        ("validate", TREND, "--set", "fertility.tfr=2%"), "write 2 with its unit apart"),
    "a unit of a year": Case(
        ("validate", TREND, "--set", "horizon=2030年"), "got '2030年'; write 2030\n"),
    "nothing within --set": Case(("validate", TREND, "--set", "horizon="), "expected key=value, got 'horizon='"),
    "a century": Case(("validate", TREND, "--set", "horizon=2120"), "2120 must be in 2021…2070"),
    "the test year is the last": Case(
        ("run", PILOT, "--set", "horizon=2025", "--draws", "2", "--jobs", "1", "-o", "r"), "Report: r/report.html",
        Exit.DONE),
    "a spread without bound": Case(
        ("validate", "own.yaml"), "must be ≤ 5.0, got 700",
        files={"own.yaml": f"{HEAD}set: {{jobs.new: {{value: 0, dist: {{lognormal: {{sd: 700}}}}}}}}\n"}),
    "figures that would be overwritten": Case(
        ("checkup", TREND, "--observed", "r/observed.csv", "--draws", "32", "--set", "horizon=2026", "-o", "r"),
        "is an input of this command and is not overwritten",
        files={"r/observed.csv": f"{FIGURES}resident,2021,65,万人,,estimate,x\n"}),
    "escapes for a terminal": Case(
        ("validate", "own.yaml"), r"\x1b]0;owned", files={"own.yaml": f'{HEAD}"\\e]0;owned\\a": 1\n'}, unsaid="\x1b"),
    "a folder for a file": Case(("validate", "plans"), "is a folder", files={"plans/x": ""}),
    "a target in persons for 万人": Case(
        ("validate", "own.yaml"), "65 人 cannot be of this place",
        files=plan("measure: resident, op: at_least, value: 65, unit: 人")),
}  # fmt: skip


@pytest.fixture
def back() -> Iterator[None]:
    """To the folder that the tests were started in."""
    before = Path.cwd()
    yield
    os.chdir(before)


def end(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command of a case says, both streams together, once it has ended with its code."""
    for name, text in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if case.rows:
        write(folder / "c_2020.csv", *(county(**changed) for changed in case.rows))
    os.chdir(folder / case.at)
    code = _run([*case.command, "--lang", "en"])
    streams = capsys.readouterr()
    assert (code, case.said in streams.out + streams.err) == (case.code, True), streams.out + streams.err
    return streams.out + streams.err


@pytest.mark.usefixtures("back")
@pytest.mark.parametrize("name", CASES)
def test_what_was_reported_is_mended(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert CASES[name].unsaid not in end(CASES[name], tmp_path, capsys)


@pytest.mark.usefixtures("back")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HISTORY.replace(",unit,series,source,note", "") + "2021,64.6\n", "unit: this column is missing"),
        (HISTORY + '2021,"646,000",人,estimate,x,\n', "write 646000 without a comma"),
        (HISTORY + "2021,64.6,%,estimate,x,\n", "unit '%' does not fit"),
        (HISTORY + "2021年,64.6,万人,estimate,x,\n", "'2021年' is no year"),
        (HISTORY.replace(",", ";") + "2021;64.6;万人;estimate;x;\n", "separated by ';'"),
    ],
    ids=["columns", "comma", "unit", "year", "semicolons"],
)
def test_a_history_is_read_by_validate_and_by_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    shutil.copytree(SCENARIOS / "regions" / "jieshou", tmp_path / "regions" / "jieshou")
    files = {"regions/jieshou/history.csv": text, "own.yaml": HEAD}
    told = [end(Case(command, said, files=files), tmp_path, capsys) for command in (
        ("validate", "own.yaml"), ("run", "own.yaml", "--draws", "2", "-o", "r"))]  # fmt: skip
    assert told[0] == told[1]
    assert len(told[0].splitlines()) == len(set(told[0].splitlines()))
