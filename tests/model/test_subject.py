"""The tables of the subjects: what a row must say, and that nothing is in two of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.model import registry, subject
from sim.model.registry import MEASURES, PARAMETERS, SUBJECTS

HEAD = "path,zh,en,unit,default,low,high,spread,dimension,evidence_zh,evidence_en\n"
MEASURE_HEAD = "id,zh,en,unit,zone,part,whole\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(subject, "_HERE", tmp_path)
    (tmp_path / "cars").mkdir()
    return tmp_path / "cars"


def _said(read: object, name: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        read.__wrapped__(name)  # type: ignore[attr-defined]  # past the cache
    return caught.value.message("en")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("cars.a,甲,a,share,2,0,1,,1,假设,assumption", "default: a value from 0 to 1 is expected"),
        ("cars.a,甲,a,share,1,0,1,-1,1,假设,assumption", "spread: this must not be negative"),
        ("cars.a,甲,a,share,1,0,1,,1.5,假设,assumption", "dimension: a whole number from 1 is expected"),
        ("cars.a,甲,a,furlong,1,0,1,,1,假设,assumption", "unit: no unit is called furlong: see units.csv"),
        ("cars.a,甲,a,share,1,0,1,,1,假设,", "evidence_en: this cell must not be empty"),
    ],
)
def test_a_parameter_has_a_known_unit_a_range_around_its_default_and_evidence(
    folder: Path, row: str, said: str
) -> None:
    (folder / "parameters.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    assert _said(subject.parameters, "cars") == f"{folder / 'parameters.csv'}:2:1: {said}"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "a,甲,a,person,abroad,,",
            "zone: one of resident, urban, city, town, rural, away, all is expected, not 'abroad'",
        ),
        ("a,甲,a,ratio,all,cars,", "whole: part and whole go together: both or none"),
    ],
)
def test_a_measure_has_a_known_zone_and_both_parts_of_a_ratio(folder: Path, row: str, said: str) -> None:
    (folder / "measures.csv").write_text(MEASURE_HEAD + row + "\n", encoding="utf-8")
    assert _said(subject.measures, "cars") == f"{folder / 'measures.csv'}:2:1: {said}"


def test_a_flow_is_what_is_counted_by_the_year() -> None:
    assert MEASURES["births"].is_flow
    assert not MEASURES["resident"].is_flow


def test_two_subjects_cannot_declare_the_same() -> None:
    with pytest.raises(InvalidInput, match=r"jobs/parameters\.csv:2:1: labour\.participation: another"):
        registry._together(subject.parameters, ("jobs", "jobs"))


def test_two_parameters_cannot_have_one_dimension() -> None:
    twice = {**PARAMETERS, "jobs.new": replace(PARAMETERS["jobs.new"], dimension=PARAMETERS["fertility.tfr"].dimension)}
    with pytest.raises(InvalidInput, match=r"jobs/parameters\.csv:4:1: jobs\.new\.dimension: this is the dimension of"):
        registry._with_dimensions(twice)


def test_a_subject_that_is_not_named_stands_after_those_that_are(folder: Path) -> None:
    for name in ("cars", "bikes", "services"):
        (folder.parent / name).mkdir(exist_ok=True)
        (folder.parent / name / "parameters.csv").touch()
    assert subject.listed(("people", "jobs")) == ("people", "jobs", "bikes", "cars")


def test_what_is_on_disk_is_what_is_registered() -> None:
    here = Path(subject.__file__).parent
    assert {path.parent.name for path in here.glob("*/parameters.csv")} == {*SUBJECTS, "services"}
    lines = sum(len(subject.parameters(name)) for name in SUBJECTS)
    assert len(PARAMETERS) == lines
    assert all((here / name / "measures.csv").is_file() for name in SUBJECTS)
