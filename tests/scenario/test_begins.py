"""`base_year`: what can be carried forward, what acts after it, and what people are brought to."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.scenario import scenario
from sim.scenario.begins import PATHS, has_own, load
from sim.scenario.closure import how_made
from tests.paths import SCENARIOS
from tests.scenario.scenario_folder import write

HEAD = "name: x\nregion: testshire\nbase_year: 2025\n"
USE = "policies:\n  - {{use: jobs{years}}}\n"


def faults(folder: Path, text: str, *overrides: str, **files: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        scenario(write(folder, {"main.yaml": text, **files}), overrides)
    assert all(fault.problem.zh != fault.problem.en for fault in refused.value.faults)
    return refused.value.message("en")


def test_the_run_and_its_defaults_count_from_it(tmp_path: Path) -> None:
    found = scenario(write(tmp_path, {"main.yaml": HEAD}))
    assert (found.census_year, found.base_year, found.test_year, found.horizon) == (2020, 2025, 2030, 2040)
    assert found.observed
    assert not scenario(write(tmp_path, {"main.yaml": HEAD}), ("observed=none",)).observed
    assert scenario(write(tmp_path, {"main.yaml": HEAD}), ("base_year=2020",)).outset is None


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2019, "main.yaml:3:12: base_year: Testshire is known from the census of 2020: no run starts before"),
        (2026, "main.yaml:3:12: base_year: the nation's figures of 2026 are not known to the program"),
    ],
)
def test_a_year_of_which_nothing_is_known_is_refused(tmp_path: Path, year: int, said: str) -> None:
    assert said in faults(tmp_path, HEAD.replace("2025", str(year)))


def test_only_the_census_that_rates_lead_on_from_is_carried_forward(tmp_path: Path) -> None:
    region = 'id: testshire\ncode: "990101"\nname: {zh: 试县, en: Testshire}\nprovince: {zh: 试省, en: Testonia}\n'
    files = {"regions/testshire/region.yaml": region + "base_year: 2010\n"}
    assert "only the census of 2020 is carried forward" in faults(tmp_path, HEAD, **files)


def test_a_plan_of_another_base_year_is_refused(tmp_path: Path) -> None:
    assert "different base years (2020 ≠ 2025)" in faults(tmp_path, HEAD + "plan: goals\n")


def test_what_a_scenario_asks_for_acts_after_it(tmp_path: Path) -> None:
    text = HEAD + USE.format(years="") + "set:\n  fertility.tfr: 1.6\n  profile.leave.peak: 25\n"
    found = scenario(write(tmp_path, {"main.yaml": text}))
    chain = found.settings["testshire"]
    assert [policy.start for policy in found.policies] == [2026]
    assert {one.start for one in chain if one.policy} == {2026}
    assert [one.start for one in chain if one.path == "fertility.tfr"] == [None, 2026]
    assert [one.start for one in chain if one.path == "profile.leave.peak"] == [None]


def test_what_begins_before_it_is_refused_with_its_place(tmp_path: Path) -> None:
    said = "begin in 2026 or later"
    assert said in (message := faults(tmp_path, HEAD + USE.format(years=", from: 2025")))
    assert "main.yaml:5:23: policies[0].from" in message
    assert said in faults(tmp_path, HEAD + "set:\n  fertility.tfr: {times: 1.1, from: 2023}\n")
    assert scenario(write(tmp_path, {"main.yaml": HEAD + USE.format(years=", from: 2026")})).policies


def test_controls_act_with_it_alone(tmp_path: Path) -> None:
    without = HEAD.replace("base_year: 2025\n", "")
    assert "control.urban: this acts in a base year" in faults(tmp_path, without + "set:\n  control.urban: 0.98\n")
    found = scenario(write(tmp_path, {"main.yaml": HEAD + "set:\n  control.urban: 0.98\n"}))
    assert [(one.start, one.values) for one in found.settings["testshire"] if one.path in PATHS] == [(None, (0.98,))]


@pytest.mark.parametrize(("place", "area"), [("jieshou", "341200"), ("haidong", "630000"), ("anyang", "410500")])
def test_a_place_is_brought_to_the_nearest_area_with_figures(place: str, area: str) -> None:
    found = scenario(SCENARIOS / place / "outlook-2035.yaml")
    for region in found.regions:
        chain = found.settings[region.id]
        urban, rural, known = load()[how_made(region, chain), area, 2025]
        controls = [one for one in chain if one.path in PATHS]
        assert [(one.path, one.values, one.start, one.end) for one in controls] == [
            ("control.urban", (urban,), 2025, 2025),
            ("control.rural", (rural,), 2025, 2025),
        ]
        assert all(str(known) in one.origin.source.en for one in controls if one.origin.source)


@pytest.mark.parametrize("place", ["hanyin", "guangzhou"])
def test_a_place_with_figures_of_its_own_is_held_to_those_alone(place: str) -> None:
    found = scenario(SCENARIOS / place / "outlook-2035.yaml")
    assert not [one for chain in found.settings.values() for one in chain if one.path in PATHS]


def test_figures_in_a_sheet_are_figures_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    head = "区域,指标,年份,数值,单位,系列,来源,备注\n"
    path.write_bytes((head + "界首市,常住人口,2023,65.1,万人,yearly,x,\n").encode("gbk"))
    assert has_own(path, "界首市", 2025)
    assert not has_own(path, "界首市", 2022)
    assert not has_own(path, "阜阳市", 2025)
