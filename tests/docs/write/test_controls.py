"""Factors that bring the counties of an area to its totals: sums that come out as published."""

import numpy as np
import pytest

from docs.write.closure_sums import RESIDENTS, URBAN, YEARS, Sums
from docs.write.controls import Control, controls, held, write
from sim.evidence.conditioning.clues import Area
from sim.scenario.begins import FILE

CODES = ("410501", "410502", "411001", "110101")


@pytest.fixture
def sums() -> Sums:
    of = np.zeros((len(YEARS) + 1, len(CODES), 4))
    growth = 1.0 + 0.01 * np.arange(len(YEARS) + 1)[:, np.newaxis]
    of[..., RESIDENTS] = np.array([100.0, 300.0, 200.0, 50.0]) * growth
    of[..., URBAN] = np.array([60.0, 90.0, 80.0, 50.0]) * growth**2
    return Sums(CODES, of)


def area(residents: dict[int, float], shares: dict[int, float]) -> Area:
    values = {("resident", year): value for year, value in residents.items()}
    values |= {("urbanization_rate", year): value for year, value in shares.items()}
    return Area("x", values, dict.fromkeys(values, "s"))


def test_the_sum_of_counties_changes_as_the_area_published(sums: Sums) -> None:
    areas = {"410000": area({2020: 900.0, 2023: 891.0, 2025: 882.0}, {2020: 0.5, 2025: 0.53})}
    found = controls("fitted", sums, areas)
    assert [(one.year, one.known) for one in found] == [(2023, 2023), (2024, 2023), (2025, 2025)]
    after = held(sums, found)
    own, before = after.of[-1, :3].sum(axis=0), sums.of[0, :3].sum(axis=0)
    assert own[RESIDENTS] / before[RESIDENTS] == pytest.approx(882.0 / 900.0)
    assert own[URBAN] / own[RESIDENTS] - before[URBAN] / before[RESIDENTS] == pytest.approx(0.03)
    np.testing.assert_array_equal(after.of[:, 3], sums.of[:, 3])


def test_the_nearest_area_counts_and_a_place_is_not_tested_with_its_own(sums: Sums) -> None:
    wide = area({2020: 900.0, 2021: 900.0}, {2020: 0.5, 2021: 0.5})
    near = area({2020: 500.0, 2021: 400.0}, {2020: 0.4, 2021: 0.4})
    found = controls("learnt", sums, {"410000": wide, "410500": near})
    city = slice(0, 2)
    grown = {
        place: held(sums, found, place).of[1, city, RESIDENTS].sum() / sums.of[0, city, RESIDENTS].sum()
        for place in ("", "410500")
    }
    assert grown[""] == pytest.approx(0.8)
    assert grown["410500"] == pytest.approx(1.0, abs=0.01)


def test_what_is_written_is_what_a_scenario_reads(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from sim.scenario import begins

    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    write([Control("learnt", "410000", 2025, 2024, 1.02, 0.97)], path)
    monkeypatch.setattr(begins, "library", lambda: tmp_path)
    begins.load.cache_clear()
    assert begins.load() == {("learnt", "410000", 2025): (1.02, 0.97, 2024)}
    path.write_text("rates,code\nlearnt,x\n", encoding="utf-8")
    begins.load.cache_clear()
    with pytest.raises(begins.InvalidInput, match="not a table of factors"):
        begins.load()
    begins.load.cache_clear()
