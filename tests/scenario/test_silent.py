"""What would pass in silence is said: nulls, years outside the run, parents in the wrong order."""

import re
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.scenario import scenario
from tests.scenario.scenario_folder import PLAN, write

HEAD = "name: x\nregion: testshire\n"
USE = "  - {{use: jobs, {years}}}\n"


def faults(folder: Path, files: dict[str, str], overrides: tuple[str, ...] = ()) -> str:
    with pytest.raises(InvalidInput) as refused:
        scenario(write(folder, files), overrides)
    assert all(fault.problem.zh != fault.problem.en for fault in refused.value.faults)
    return refused.value.message("en")


def test_null_takes_a_plan_away_and_says_nothing_of_a_year(tmp_path: Path) -> None:
    base = HEAD + "plan: goals\nhorizon: 2030\n"
    files = {"base.yaml": base, "main.yaml": "name: y\nextends: base.yaml\nplan: null\n"}
    assert scenario(write(tmp_path, files)).plan is None
    assert scenario(write(tmp_path, {"main.yaml": base}), ("plan=null",)).plan is None
    files["main.yaml"] = "name: y\nextends: base.yaml\nhorizon:\n"
    assert "main.yaml:3:9: horizon: null says nothing here" in faults(tmp_path, files)
    assert scenario(write(tmp_path, {"main.yaml": HEAD + "horizon:\n"})).horizon == 2035


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "policies:\n" + USE.format(years="from: 2052"),
            "4:23: policies[0].from: 2052: never acts, the run is 2021–2035",
        ),
        ("policies:\n" + USE.format(years="from: 2010, to: 2019"), "policies[0].to: 2019: never acts"),
        ("set:\n  fertility.tfr: {set: 1.5, from: 2051}\n", "fertility.tfr.from: 2051: never acts"),
        ("set:\n  fertility.tfr: {set: 1.5, from: 2034, lag: 2}\n", "fertility.tfr.from: 2036: never acts"),
        ("set:\n  fertility.tfr: {times: 2, to: 2020}\n", "fertility.tfr.to: 2020: never acts"),
    ],
)
def test_what_never_acts_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in faults(tmp_path, {"main.yaml": HEAD + text})


def test_a_run_made_shorter_is_none_of_its_files_faults(tmp_path: Path) -> None:
    file = write(tmp_path, {"main.yaml": HEAD + "policies:\n" + USE.format(years="from: 2030")})
    assert scenario(file, ("horizon=2026",)).horizon == 2026
    assert len(scenario(file).policies) == 1


def test_equal_needs_a_tolerance_unless_it_counts(tmp_path: Path) -> None:
    line = (
        "  - {id: I, title: {zh: 率, en: Rate}, kind: outcome, measure: %s, op: equal, value: 50, unit: %s,"
        " year: 2025%s, source: t}\n"
    )
    files = {"main.yaml": HEAD + "plan: goals\n"}
    for measure, unit in (("urbanization_rate", '"%"'), ("resident", "万人")):
        files["plans/goals.yaml"] = PLAN + line % (measure, unit, "")
        assert "targets[3].op: equal is never met by a measure that is no count" in faults(tmp_path, files)
    for measure, unit, more in (
        ("urbanization_rate", '"%"', ", tolerance: 0.5"),
        ("resident", "万人", ", tolerance: 1"),
    ):
        files["plans/goals.yaml"] = PLAN + line % (measure, unit, more)
        assert scenario(write(tmp_path, files)).plan is not None


def test_a_parent_after_its_child_is_refused(tmp_path: Path) -> None:
    files = {
        "base.yaml": HEAD + "set: {fertility.tfr: 1.0}\nhorizon: 2040\n",
        "middle.yaml": "name: m\nextends: base.yaml\n",
        "left.yaml": "name: l\nextends: middle.yaml\nset: {fertility.tfr: 1.4}\nhorizon: 2030\n",
        "main.yaml": "name: b\nextends: [left.yaml, base.yaml]\n",
    }
    assert "main.yaml:2:22: extends[1]: base.yaml is a parent of left.yaml" in faults(tmp_path, files)
    files["main.yaml"] = "name: b\nextends: [base.yaml, left.yaml]\n"
    assert scenario(write(tmp_path, files)).horizon == 2030


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, {"main.yaml": "name: x\nextends: p.yaml\n"})
    (tmp_path / "p.yaml").symlink_to("p.yaml")
    with pytest.raises(InvalidInput) as refused:
        scenario(file)
    assert "the link p.yaml leads to no file" in refused.value.message("en")
    assert "did you mean p.yaml" not in refused.value.message("en")


@pytest.mark.parametrize(("sd", "is_sound"), [(5, True), (5.1, False), (700, False)])
def test_a_spread_of_logarithms_has_an_end(tmp_path: Path, sd: float, is_sound: bool) -> None:
    text = HEAD + f"set: {{fertility.tfr: {{value: 1, dist: {{lognormal: {{sd: {sd}}}}}}}}}\n"
    if is_sound:
        assert scenario(write(tmp_path, {"main.yaml": text})).settings
    else:
        assert "must be ≤ 5" in faults(tmp_path, {"main.yaml": text})


@pytest.mark.parametrize(("year", "value", "unit", "said"), [
    (2018, 4600, "张", ""),
    (2022, 7, "张/千人", ""),
    (2011, 4600, "张", "hospital_beds.year: a capacity of 2011 is not that of the base year 2020"),
    (2030, 4600, "张", "hospital_beds.year: a capacity of 2030"),
    (2020, 4600, "张/千人", "times the standard of "),
    (2020, 1e300, "张", "more than any such place has"),
])  # fmt: skip
def test_capacities_are_of_the_base_year(tmp_path: Path, year: int, value: float, unit: str, said: str) -> None:
    entry = f"{{value: {value}, unit: {unit}, year: {year}, evidence: statistic, source: t}}"
    files = {"main.yaml": HEAD, "regions/testshire/capacity.yaml": f"capacities:\n  hospital_beds: {entry}\n"}
    if said:
        assert said in faults(tmp_path, files)
    else:
        assert "hospital_beds" in scenario(write(tmp_path, files)).capacities["testshire"]


def test_a_thousand_services_driven_by_each_other_are_read(tmp_path: Path) -> None:
    one = (
        "- {{id: s{i}, name: {{zh: a, en: a}}, category: community, unit: 座, driver: {of},"
        " standard: {{value: 1, unit: {unit}, evidence: plan, source: a}}}}\n"
    )
    rows = [one.format(i=i, of=f"need.s{i + 1}", unit="'%'") for i in range(1499)]
    text = HEAD + "services:\n" + "".join(rows) + one.format(i=1499, of="resident", unit="座/人")
    table = [service.id for service in scenario(write(tmp_path, {"main.yaml": text})).services]
    assert table.index("s1499") < table.index("s1") < table.index("s0")


def test_draws_that_no_memory_holds_are_refused(tmp_path: Path) -> None:
    said = faults(tmp_path, {"main.yaml": HEAD + "draws: 10000000\n"})
    assert re.search(
        r"draws: 10,000,000 draws keep about \d+ GB, more than this machine's memory of \d+: at most ", said
    )
    assert scenario(write(tmp_path, {"main.yaml": HEAD})).draws == 1000


@pytest.mark.parametrize(("beds", "is_sound"), [(4600, True), (46_000_000, False)])
def test_stocks_are_held_against_residents(tmp_path: Path, beds: int, is_sound: bool) -> None:
    entry = f"{{value: {beds}, unit: 张, year: 2020, evidence: statistic, source: t}}"
    text = f"name: x\nregion: jieshou\ncapacities:\n  hospital_beds: {entry}\n"
    if is_sound:
        assert scenario(write(tmp_path, {"main.yaml": text})).capacities
    else:
        assert "capacities.hospital_beds.value: 4.6e+07 of hospital beds" in faults(tmp_path, {"main.yaml": text})
