"""A scenario in a workbook is the scenario of its YAML file; what is wrong with it is told by cell."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from sim.cli.kinds import kind_of
from sim.common.errors import InvalidInput
from sim.output.documents.scenario_workbook import write_scenario
from sim.scenario import explain, scenario
from sim.scenario.kinds import keys_in
from sim.scenario.loading import load
from sim.scenario.names import names_for
from sim.scenario.shapes.scenario_file import ScenarioFile
from sim.scenario.workbook.columns import KEYS
from sim.scenario.yaml.checking import keys_of
from tests.scenarios import JIESHOU, ROOT

PILOT = JIESHOU / "pilot.yaml"
PLACES = [path.parent for path in sorted((ROOT / "scenarios").glob("*/trend.yaml"))]
SHIPPED = [path for place in PLACES for path in sorted(place.glob("*.yaml")) if kind_of(path) == "scenario"]
EVERY_FORM = {
    "name": "forms",
    "title": {"zh": "各种写法", "en": "=1+1"},
    "extends": ["pilot.yaml", "jobs-first.yaml"],
    "plan": None,
    "base_year": 2025,
    "observed": "none",
    "draws": 20,
    "policies": [
        {"use": "bus-integration", "from": 2023, "to": 2030, "intensity": 0.5, "apart_from_projects": True},
        {
            "use": "industrial-park-jobs",
            "amount": {"value": {2022: 100, 2030: 3000}, "unit": "人/年", "source": "假设"},
        },
    ],
    "set": {
        "away.return_to_city": {"times": 1.3, "from": 2022, "ramp": 3, "source": {"zh": "假设", "en": "assumption"}},
        "jobs.new": {"add": {"value": 10.125, "unit": "人/年", "dist": {"normal": {"sd": 2}}}, "note": "说明"},
        "homes.floor_norm": 33.3,
        "income.urban_growth": {2021: 0.01, 2035: 0.02},
        "transfer.rural_to_city": {"value": 0.1 + 0.2, "dist": {"triangular": {"low": 0.1, "high": 0.9}}},
        "fertility.tfr": {"set": {"value": 1.1, "source": "inner"}, "from": 2022},
    },
    "capacities": {
        "hospital_beds": {
            "value": 4600,
            "unit": "张",
            "year": 2021,
            "evidence": "plan",
            "source": "规划",
            "note": "=cmd",
        }
    },
    "targets": [
        {
            "id": "P1",
            "title": {"zh": "城镇化率", "en": "urban share"},
            "kind": "outcome",
            "measure": "urbanization_rate",
            "op": "at_least",
            "value": 60,
            "unit": "%",
            "year": 2030,
            "source": "规划",
        },
        {
            "id": "P2",
            "title": {"zh": "覆盖率", "en": "coverage"},
            "kind": "outcome",
            "base": {"value": 3, "year": 2020},
        },
    ],
    "indicators": [{"id": "gdp", "name": {"zh": "产值", "en": "output"}}],
}


def written(data: dict[str, object], path: Path) -> Path:
    write_scenario(data, names_for(path), path, "zh")
    return path


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = load(PILOT).data
    assert isinstance(data, dict)
    path = tmp_path_factory.mktemp("workbook") / "mine.xlsx"
    return written(data | {"extends": "jieshou/projects.yaml"}, path)


def _with_every_key() -> list[Path]:
    """Some of the shipped scenarios, and of each key one that has it."""
    having = {key: path for path in SHIPPED for key in keys_in(path)}
    return sorted({*SHIPPED[:: len(SHIPPED) // 8], *having.values()})


@pytest.mark.parametrize("path", _with_every_key(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_shipped_scenarios_read_back_as_they_were(path: Path, tmp_path: Path) -> None:
    data = load(path).data
    assert isinstance(data, dict)
    write_scenario(data, {}, tmp_path / "a.xlsx", "en")
    assert load(tmp_path / "a.xlsx").data == data


def test_the_first_sheet_has_keys_of_scenarios_alone() -> None:
    assert {key.split(".")[0] for key in KEYS} <= set(keys_of(ScenarioFile))


def test_every_way_to_write_a_value_reads_back(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        write_scenario(EVERY_FORM, {}, tmp_path / "a.xlsx", language)
        assert load(tmp_path / "a.xlsx").data == EVERY_FORM
    cells = [cell for page in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets for row in page for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_it_resolves_to_the_same_scenario(workbook: Path) -> None:
    ours, theirs = scenario(workbook), scenario(PILOT)
    assert ours.settings.keys() == theirs.settings.keys()
    for region, chain in theirs.settings.items():
        same = [(one.path, one.change, one.values, one.dist, one.key) for one in ours.settings[region]]
        assert same == [(one.path, one.change, one.values, one.dist, one.key) for one in chain]
    assert ours.policies == theirs.policies
    (said,) = explain(ours, "jobs.new")
    assert str(said.chain[-1].origin.place) == f"{workbook} 政策!A2"


def changed(workbook: Path, change: Callable[[Workbook], None]) -> list[str]:
    book = openpyxl.load_workbook(workbook)
    change(book)
    path = workbook.with_name("changed.xlsx")
    book.save(path)
    with pytest.raises(InvalidInput) as found:
        scenario(path)
    return [one.removeprefix(f"{path} ") for one in found.value.message("en").splitlines()]


def test_faults_are_told_by_cell(workbook: Path) -> None:
    def spoil(book: Workbook) -> None:
        policies, settings = book["政策"], book["参数"]
        policies["A3"], policies["B4"] = "hukou-zero-treshold", "二〇二二"
        settings["A2"], settings["C2"] = "jobs.nwe", 0.02

    assert changed(workbook, spoil) == [
        "参数!A2: set.jobs.nwe: no parameter is called jobs.nwe; did you mean jobs.new?",
        "政策!A3: policies[1].use: no policy is called hukou-zero-treshold; did you mean hukou-zero-threshold?",
        "政策!B4: policies[2].from: expected an integer, got '二〇二二'",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("政策", "B1", "起始年份", "政策!B1: no column is called 起始年份; did you mean 起始年?"),
        ("情景", "A2", "名字", "情景!A2: no key is called 名字"),
        ("年度数据", "A2", "jobs.new", "年度数据!A2: a row needs a parameter, a year and a value"),
        ("现状能力", "B2", 3, "现状能力!B2: a row needs a service"),
        ("其他", "A2", "projects", "其他!A2: a row needs a key and a content"),
        ("情景", "B5", "none.yaml", "情景!B5: extends: no such parent scenario: none.yaml"),
    ],
)
def test_a_slip_in_a_sheet(workbook: Path, sheet: str, cell: str, value: object, said: str) -> None:
    def slip(book: Workbook) -> None:
        book[sheet][cell] = value

    assert changed(workbook, slip)[0].startswith(said)


def test_a_choice_from_the_list_is_its_first_word(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    offered = [cell.value for cell in next(col for col in book["清单"].iter_cols() if col[0].value == "use")]
    chosen = next(word for word in offered if str(word).startswith("hukou-zero-threshold "))
    place = book["政策"].max_row + 1
    book["政策"].cell(place, 1, chosen)
    book["政策"].cell(place, 2, 2023.0)
    path = workbook.with_name("chosen.xlsx")
    book.save(path)
    assert [one.start for one in scenario(path).policies if one.id == "hukou-zero-threshold"] == [2023]
    assert any(
        "$A$2" in str(one.formula1) or "!" in str(one.formula1) for one in book["政策"].data_validations.dataValidation
    )


@pytest.mark.parametrize("kind", ["text", "bomb", "entity", "damaged"])
def test_what_is_no_workbook_is_one_message(tmp_path: Path, workbook: Path, kind: str) -> None:
    path = tmp_path / "bad.xlsx"
    if kind == "text":
        path.write_text("name: a\n", encoding="utf-8")
    elif kind == "damaged":
        path.write_bytes(workbook.read_bytes()[:3000])
    else:
        with zipfile.ZipFile(workbook) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name in archive.namelist():
                made.writestr(name, archive.read(name))
            entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
            made.writestr("xl/more.xml", bytes(65 << 20) if kind == "bomb" else entity)
    with pytest.raises(InvalidInput) as found:
        load(path)
    (one,) = found.value.faults
    assert one.place.file == str(path)
    assert ("larger than any" if kind == "bomb" else "not a workbook") in one.problem.en
