"""Numbers of another size than a county's: persons for 万人, fractions for %, more arrivals than residents."""

import shutil
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.paths import library
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.scenario.scenario_folder import write

HEAD = "name: x\nregion: jieshou\nplan: goals\n"
PLAN = """
id: goals
title: {{zh: 目标, en: Goals}}
source: {{title: {{zh: 文件, en: Document}}, issuer: {{zh: 县政府, en: County}}, date: 2022 draft}}
region: jieshou
base_year: 2020
targets:
  - {{id: T1, title: {{zh: 甲, en: A}}, kind: outcome, measure: {measure}, op: at_least, value: {value}, unit: "{unit}",
     year: 2025, source: table}}
"""


def resolved(folder: Path, measure: str, value: float, unit: str) -> ResolvedScenario:
    plan = PLAN.format(measure=measure, value=value, unit=unit)
    return scenario(write(folder, {"main.yaml": HEAD, "plans/goals.yaml": plan}))


@pytest.mark.parametrize(("measure", "value", "unit"), [
    ("city", 25, "人"),
    ("city", 250_000, "万人"),
    ("resident", 65, "人"),
    ("households", 23.6, "户"),
    ("hukou_urban", 20, "人"),
    ("urbanization_rate", 0.55, "%"),
    ("urbanization_rate", 55, "share"),
    ("hukou_urbanization_rate", 0.45, "%"),
    ("household_size", 0.28, "人/户"),
    ("floor_per_person", 4000, "m²/person"),
    ("city_growth", 2000, "%"),
    ("vacancy_rate", 1800, "%"),
    ("urbanization_rate_gain", 760, "%"),
])  # fmt: skip
def test_a_target_that_no_county_has_is_refused(tmp_path: Path, measure: str, value: float, unit: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        resolved(tmp_path, measure, value, unit)
    said = refused.value.message("en")
    assert "plans/goals.yaml:8:" in said
    assert "cannot be of this place" in said
    assert measure in said
    assert "请核对数值和单位" in refused.value.message("zh")


@pytest.mark.parametrize(("measure", "value", "unit"), [
    ("city", 2, "百万人"),
    ("urbanization_rate", 0.04, "share"),
    ("city_growth", 0.2, "%"),
    ("urbanization_rate_gain", 0.076, "%"),
    ("household_size", 9, "人/户"),
])  # fmt: skip
def test_a_rare_target_is_remarked(tmp_path: Path, measure: str, value: float, unit: str) -> None:
    (remark,) = resolved(tmp_path, measure, value, unit).remarks
    assert "is rare" in remark.message("en")
    assert "少见" in remark.message("zh")


@pytest.mark.parametrize(("measure", "value", "unit"), [
    ("city", 25, "万人"),
    ("urbanization_rate", 55, "%"),
    ("urbanization_rate_gain", 7.6, "%"),
    ("city_growth", 20, "%"),
    ("household_size", 2.6, "人/户"),
])  # fmt: skip
def test_a_usual_target_is_judged_without_a_word(tmp_path: Path, measure: str, value: float, unit: str) -> None:
    assert resolved(tmp_path, measure, value, unit).remarks == ()


def test_more_arrivals_than_residents_are_refused_and_very_many_remarked(tmp_path: Path) -> None:
    head = "name: x\nregion: jieshou\nset: {{away.return_to_city_count: {persons}}}\n"
    with pytest.raises(InvalidInput, match="beside 650,870 residents of the base year"):
        scenario(write(tmp_path, {"main.yaml": head.format(persons=900_000)}))
    (remark,) = scenario(write(tmp_path, {"main.yaml": head.format(persons=200_000)})).remarks
    assert "200,000 [person/year]" in remark.message("en")
    assert scenario(write(tmp_path, {"main.yaml": head.format(persons=5_000)})).remarks == ()


def test_a_region_with_a_census_and_no_rates_is_not_run_on_the_nations(tmp_path: Path) -> None:
    shutil.copytree(library() / "scenarios" / "regions" / "jieshou", tmp_path / "regions" / "jieshou")
    file = write(tmp_path, {"main.yaml": "name: x\nregion: jieshou\n"})
    assert scenario(file).settings["jieshou"]
    (tmp_path / "regions" / "jieshou" / "rates.yaml").unlink()
    with pytest.raises(InvalidInput, match=r"has a census but no rates\.yaml"):
        scenario(file)
