"""Modes of a scenario, and the control totals of one of them."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.paths import library
from sim.model.draws.strength import applied
from sim.scenario import scenario
from sim.scenario.totals import LED, RESIDENTS, TOWNSPEOPLE
from tests.scenario.scenario_folder import write

HEAD = "name: x\nregion: testshire\nhorizon: 2035\nmode: control_total\n"
ROWS = """totals:
  - {year: 2025, residents: {value: 12, unit: 万人, source: survey}}
  - {year: 2030, residents: 130000, urban: 70000}
"""


def faults(folder: Path, text: str, *overrides: str, **files: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        scenario(write(folder, {"main.yaml": text, **files}), overrides)
    assert all(fault.problem.zh != fault.problem.en for fault in refused.value.faults)
    return refused.value.message("en")


def test_a_straight_line_leads_to_the_next_total_and_none_after_the_last(tmp_path: Path) -> None:
    found = scenario(write(tmp_path, {"main.yaml": HEAD + ROWS}))
    assert [(one.year, one.path, one.persons) for one in found.totals] == [
        (2025, RESIDENTS, 120_000.0),
        (2030, RESIDENTS, 130_000.0),
        (2030, TOWNSPEOPLE, 70_000.0),
    ]
    chain = {path: [one for one in found.settings["testshire"] if one.path == path] for path in LED}
    at = {path: [applied(0.0, own, year) for year in (2021, 2025, 2026, 2030, 2031)] for path, own in chain.items()}
    assert at[RESIDENTS] == [120_000.0, 120_000.0, 130_000.0, 130_000.0, 0.0]
    assert at[f"{RESIDENTS}_years"] == [5.0, 1.0, 5.0, 1.0, 0.0]
    assert at[f"{TOWNSPEOPLE}_years"] == [10.0, 6.0, 5.0, 1.0, 0.0]


def test_a_child_lets_the_totals_of_its_parent_go(tmp_path: Path) -> None:
    files = {"main.yaml": "name: y\nextends: led.yaml\nmode: rates\n", "led.yaml": HEAD + ROWS}
    assert not scenario(write(tmp_path, files)).totals
    assert scenario(write(tmp_path, files), ("mode=control_total",)).totals


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "mode: gives no totals"),
        (HEAD.replace("mode: control_total\n", "") + ROWS, "totals: nothing leads people there"),
        (HEAD + ROWS.replace("2025", "2020"), "totals[0].residents: 2020 must be in 2021…2035"),
        (HEAD + ROWS.replace("2030", "2036"), "2036 must be in 2021…2035"),
        (HEAD + ROWS.replace("2025", "2030"), "the total of 2030 is given twice"),
        (HEAD + ROWS.replace("70000", "170000"), "more townspeople (170,000) than residents (130,000)"),
        (HEAD + ROWS.replace("130000", "{2030: 1, 2031: 2}"), "a total is one number"),
        (HEAD + ROWS.replace("year: 2030", "year: 2030, region: testshir"), "region testshir is not in this scenario"),
        (HEAD + ROWS + "set:\n  control.residents: 5\n", "control.residents: is given by the scenario's totals"),
        (HEAD + "totals:\n  - {year: 2025}\n", "give residents, urban or both"),
        (HEAD.replace("control_total", "control-total") + ROWS, "mode"),
    ],
)
def test_what_leads_nowhere_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in faults(tmp_path, text)


def test_a_total_of_several_regions_says_what_to_do_instead(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    row = "{year: 2030, region: haidong, residents: 1500000}"
    trend = library() / "scenarios" / "haidong" / "trend.yaml"
    file.write_text(f"name: own\nextends: {trend}\nmode: control_total\ntotals: [{row}]\n", "utf-8")
    said = "haidong is several regions, and a total is of one: share it out in rows of ledu, pingan"
    with pytest.raises(InvalidInput, match=said):
        scenario(file)


def test_a_region_is_named_in_chinese_too(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    trend = library() / "scenarios" / "haidong" / "trend.yaml"
    row = "{year: 2030, region: 乐都区, residents: 260000}"
    file.write_text(f"name: own\nextends: {trend}\nmode: control_total\ntotals: [{row}]\n", "utf-8")
    assert [(one.region, one.year) for one in scenario(file).totals] == [("ledu", 2030)]


def test_a_mode_takes_away_what_it_does_not_go_by(tmp_path: Path) -> None:
    text = HEAD.replace("control_total", "follow_jobs") + "set:\n  pull.housing: 2\n"
    chain = scenario(write(tmp_path, {"main.yaml": text})).settings["testshire"]
    at = {
        path: applied(9.0, [one for one in chain if one.path == path], 2030) for path in ("pull.housing", "pull.jobs")
    }
    assert at == {"pull.housing": 0.0, "pull.jobs": 9.0}
