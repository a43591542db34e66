"""Every file that ships is read without a fault, and the plan is whole."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim.scenario
from sim.common.language import Text
from sim.common.paths import library
from sim.common.typography import has_chinese
from sim.common.units import POINTS, is_known
from sim.model.registry import PARAMETERS
from tests.paths import REFERENCE

SCENARIOS = library() / "scenarios"
TARGETS = REFERENCE / "targets.csv"
JIESHOU = sorted((SCENARIOS / "jieshou").glob("*.yaml"))
HEAVY = (
    "numpy", "scipy", "pandas", "numba", "plotly", "duckdb", "click",
    "sim.output.documents.scenario_reference", "sim.scenario.schema_of",
)  # fmt: skip


def rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        pytest.skip(f"the reference data {file.name} is not beside this checkout")
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_five_scenarios_ship() -> None:
    assert {"trend", "pilot", "open-hukou", "jobs-first", "low-migration"} <= {file.stem for file in JIESHOU}


@pytest.mark.parametrize("file", JIESHOU, ids=lambda file: file.stem)
def test_scenario_of_jieshou_is_sound(file: Path) -> None:
    resolved = sim.scenario.scenario(file)
    judged = 2030 if file.stem == "outlook-2035" else 2025
    assert (resolved.name, resolved.horizon, resolved.test_year) == (file.stem, 2035, judged)
    assert resolved.title.zh != resolved.title.en
    assert resolved.plan is not None
    for change in resolved.settings["jieshou"]:
        source = change.origin.source
        assert source is not None, f"{change.path} at {change.origin.place} has no source"
        assert has_chinese(source.zh), f"{change.path} at {change.origin.place} has no source in Chinese"
        assert not has_chinese(source.en), f"{change.path} at {change.origin.place} has no source in English"


def test_every_target_of_jieshou_is_in_the_plan_with_its_figures() -> None:
    printed = {row["id"]: row for row in rows(TARGETS) if row["region"].startswith("Jieshou")}
    plan = sim.scenario.scenario(SCENARIOS / "jieshou" / "trend.yaml").plan
    assert plan is not None
    assert [target.id for target in plan.targets][: len(printed)] == list(printed)
    for target in plan.targets[: len(printed)]:
        row = printed[target.id]
        if row["year_due"] or target.year is None:
            assert str(target.year or "") == row["year_due"]
        else:
            assert target.note is not None
            assert "no year printed" in target.note.en
        low = float(row["value_low"]) if row["value_low"] else None
        if low is not None and target.measure == "city":
            assert target.value == low
        elif low is not None and "yuan" not in row["unit"] and target.written_value != low:
            assert target.driver is not None, "only a need may be computed in another unit"
            assert target.note is not None
            assert f"{low:g}" in target.note.en
        elif low is None:
            assert target.written_value is None


def test_headline_targets_are_assessed() -> None:
    plan = sim.scenario.scenario(SCENARIOS / "jieshou" / "pilot.yaml").plan
    assert plan is not None
    assessed = {t.id: (t.measure or t.driver, t.op, t.value) for t in plan.targets if t.reason is None}
    assert assessed["T205"] == ("city", "at_least", 250_000.0)
    assert assessed["T207"][:2] == ("urbanization_rate", "at_least")
    assert assessed["T207"][2] == pytest.approx(0.55)
    assert {"T206", "T208", "T224", "T225", "T226", "T227", "T229", "T230", "T231", "T232", "T233", "T244"} < set(
        assessed
    )
    assert all(target.reason is not None for target in plan.targets if target.id not in assessed)


def test_every_place_in_the_plan_is_said_in_both_languages() -> None:
    plan = sim.scenario.scenario(SCENARIOS / "jieshou" / "pilot.yaml").plan
    assert plan is not None
    for target in plan.targets:
        for text in (target.title, target.source, target.note, target.reason):
            assert text is None or has_chinese(text.zh), target.id
            assert text is None or not has_chinese(text.en), target.id
    first = Text("二(一)总体目标;指标表第1行", "part 2 (1), overall goals; indicator table, row 1")
    assert plan.targets[0].source == first
    assert not has_chinese(plan.date.en)


def test_a_gain_is_written_in_points_and_kept_as_a_share() -> None:
    plan = sim.scenario.scenario(SCENARIOS / "jieshou" / "pilot.yaml").plan
    assert plan is not None
    gain = next(target for target in plan.targets if target.measure == "urbanization_rate_gain")
    assert gain.value == pytest.approx(0.076)
    assert (gain.unit, gain.written_unit in POINTS) == ("share", True)


def test_existing_estates_are_those_of_the_base_year() -> None:
    plan = sim.scenario.scenario(SCENARIOS / "jieshou" / "pilot.yaml").plan
    assert plan is not None
    drivers = {target.id: target.driver for target in plan.targets}
    assert (drivers["T230"], drivers["T232"]) == ("base_urban_households", "base_urban")


def test_every_parameter_has_a_known_unit_and_a_default_in_its_range() -> None:
    for parameter in PARAMETERS.values():
        assert is_known(parameter.unit), parameter.path
        assert has_chinese(parameter.evidence.zh), parameter.path
        assert not has_chinese(parameter.evidence.en), parameter.path
        assert parameter.low <= parameter.default <= parameter.high


def test_checking_a_scenario_loads_no_heavy_library() -> None:
    code = (
        "import sys, pathlib, sim.scenario\n"
        f"sim.scenario.scenario(pathlib.Path({str(SCENARIOS / 'jieshou' / 'pilot.yaml')!r}))\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.scenario.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
