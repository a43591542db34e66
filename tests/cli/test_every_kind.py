"""`validate` knows every kind of file that a user gives to the program, and says where a slip is and what was meant."""

import json
from pathlib import Path

import pytest

from sim.cli.files import KINDS
from sim.cli.kinds import kind_of, schema
from sim.common.errors import Exit
from sim.common.paths import library
from sim.evidence.crosscheck.inputs import INPUTS
from tests.cli.test_kinds import code

SCENARIOS = library() / "scenarios"
JIESHOU = SCENARIOS / "regions" / "jieshou"
OUTLINE = {"type": "Polygon", "coordinates": [[[115.1, 33.1], [115.6, 33.1], [115.6, 33.4], [115.1, 33.1]]]}
MADE = {
    "crosscheck.yaml": "farmland: {value: 620000, unit: 亩, source: 统计公报}\ncarried: 0.8\n",
    "centres.csv": "code,longitude,latitude,name\n341282,115.37,33.26,界首市\n",
    "lines.geojson": json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": OUTLINE}]}
    ),
}
SHIPPED = {
    "kinds": SCENARIOS / "projects" / "kinds.yaml",
    **{kind: SCENARIOS / "processes" / f"{kind}.yaml" for kind in ("programmes", "awards", "tasks", "rates")},
    **{kind: SCENARIOS / "processes" / f"{kind}.yaml" for kind in ("upkeep", "stocks")},
    "region-rates": JIESHOU / "rates.yaml",
    "region": JIESHOU / "region.yaml",
    "group": SCENARIOS / "regions" / "guangzhou" / "region.yaml",
    "capacities": JIESHOU / "capacity.yaml",
    "own-census": JIESHOU / "census.csv",
    "away": JIESHOU / "away.csv",
    "figures": JIESHOU / "history.csv",
    "observed": SCENARIOS / "anyang" / "observed" / "figures.csv",
}
OWN = {"crosscheck": "crosscheck.yaml", "centres": "centres.csv", "boundaries": "lines.geojson"}


def made(name: str, folder: Path) -> Path:
    (folder / name).write_text(MADE[name], encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("kind", [*SHIPPED, *OWN])
def test_a_file_of_each_kind_is_known_and_valid(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = SHIPPED[kind] if kind in SHIPPED else made(OWN[kind], tmp_path)
    assert kind_of(file) == kind
    for language in ("zh", "en"):
        assert code("validate", str(file), "--lang", language) == Exit.DONE
        assert capsys.readouterr().out.startswith(str(file))
    assert code("validate", str(file), "--format", "json") == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert said["valid"] is True
    assert str(file) in said["files"]


def test_every_such_file_of_the_library_is_known_and_valid(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {"region.yaml": {"region", "group"}, "rates.yaml": {"region-rates"}, "census.csv": {"own-census"}}
    for folder in SCENARIOS.glob("regions/*"):
        for name, kinds in (wanted | {"away.csv": {"away"}}).items():
            if (folder / name).is_file():
                assert kind_of(folder / name) in kinds
    files = [*SCENARIOS.glob("regions/*/census.csv"), *SCENARIOS.glob("regions/*/away.csv")]
    assert {code("validate", str(file)) for file in files} == {Exit.DONE}


SLIPS = [
    ("projects/kinds.yaml", "kindss:", "kinds:", "3:1: kindss: unknown key; allowed: kinds; did you mean kinds?"),
    ("projects/kinds.yaml", "of: hoems", "of: homes", "did you mean homes?"),
    ("processes/awards.yaml", "elligible:", "eligible:", "did you mean eligible?"),
    ("processes/tasks.yaml", "months: twelve", "months: 12", "months: "),
    ("regions/jieshou/rates.yaml", "away.retrun_to_city", "away.return_to_city", "did you mean away.return_to_city?"),
    ("regions/jieshou/census.csv", "2010,residnet", "2010,resident", "2:6: item: no figure of a census is called"),
    ("regions/jieshou/away.csv", "urbn,male,0", "urban,male,0", "2:1: hukou: 'urbn' must be one of"),
    ("anyang/observed/figures.csv", "resdent", "resident", "measure: no measure is called resdent; did you mean"),
    (
        "regions/guangzhou/region.yaml",
        "guangzhou-rng-2",
        "guangzhou-ring-2",
        "guangzhou-rng-2; did you mean guangzhou-ring-2?",
    ),
]


@pytest.mark.parametrize(("name", "slip", "right", "said"), SLIPS)
def test_a_slip_is_told_with_its_place_and_what_was_meant(
    name: str, slip: str, right: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SCENARIOS / name).read_text(encoding="utf-8")
    assert right in text or right == "months: 12"
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    if file.parent.parent.name == "regions":
        (file.parent / "region.yaml").write_bytes((SCENARIOS / name).with_name("region.yaml").read_bytes())
    months = next(line for line in text.splitlines() if "months: " in line) if "months" in slip else ""
    right = months[months.index("months: ") :].split(",")[0] if months else right
    file.write_text(text.replace(right, slip, 1), encoding="utf-8")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    told = capsys.readouterr().err
    assert told.startswith(f"{file}:")
    assert said in told


@pytest.mark.parametrize(
    ("name", "slip", "right", "said"),
    [
        ("crosscheck.yaml", "farmlnd", "farmland", "1:1: farmlnd: no input is called farmlnd; did you mean farmland?"),
        ("centres.csv", "longitud,", "longitude,", "expected the columns code, longitude, latitude"),
        ("lines.geojson", '"FeatureColection"', '"FeatureCollection"', "a FeatureCollection with features is expected"),
    ],
)
def test_a_slip_in_a_file_of_ones_own_is_told(
    name: str, slip: str, right: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = made(name, tmp_path)
    file.write_text(file.read_text("utf-8").replace(right, slip), encoding="utf-8")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    assert said in capsys.readouterr().err


def test_an_id_that_a_library_gives_twice_is_refused_wherever_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "processes").mkdir()
    text = (SCENARIOS / "processes" / "awards.yaml").read_text(encoding="utf-8")
    file = tmp_path / "processes" / "awards.yaml"
    entries = text[text.index("\nawards:") + len("\nawards:") :]
    file.write_text(f"awards:{entries.rstrip()}{entries}", encoding="utf-8")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    assert "is given twice" in capsys.readouterr().err
    (tmp_path / "own.yaml").write_text("name: own\nextends: jieshou/pilot.yaml\nplan: jieshou\n", encoding="utf-8")
    own = SCENARIOS / "plans" / "jieshou.yaml"
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "jieshou.yaml").write_bytes(own.read_bytes())
    assert code("validate", str(tmp_path / "own.yaml"), "--lang", "en") == Exit.INVALID_INPUT
    assert "is given twice" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_yaml_has_a_schema(kind: str) -> None:
    made = schema(kind)  # type: ignore[arg-type]
    assert made["additionalProperties"] is False
    assert made["properties"]
    assert all(" / " in key["description"] for key in made["properties"].values())


def test_the_folder_of_a_file_is_known_where_it_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "processes").mkdir()
    monkeypatch.chdir(tmp_path / "processes")
    for name in ("tasks", "rates"):
        Path(f"{name}.yaml").write_text(f"{name}z: []\n", encoding="utf-8")
        assert kind_of(Path(f"{name}.yaml")) == name


def test_a_table_of_headings_alone_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "centres.csv"
    file.write_text("code,name,longitude,latitude\n", encoding="utf-8")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    assert "nothing is filled in yet" in capsys.readouterr().err


def test_an_input_by_its_id_and_by_its_name_is_given_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "crosscheck.yaml"
    file.write_text(f"farmland: 10\n{INPUTS['farmland'].words.zh}: 20\n", encoding="utf-8")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    assert f"{file}:2:1: " in (said := capsys.readouterr().err)
    assert "is given twice" in said
