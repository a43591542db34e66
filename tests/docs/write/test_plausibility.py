"""Counties of the census tables, sampled, and the page of all of them."""

from collections import Counter
from pathlib import Path

import pytest

from docs.write.plausibility import YEARS, Seen, county, page, shipped
from docs.write.plausible import lines
from sim.common.language import Text
from sim.places.census import read_rows
from sim.run.plausible import limits
from sim.run.tables import Unusual
from tests.paths import REFERENCE

COUNTIES = REFERENCE / "census" / "counties_2020.csv"
needs_data = pytest.mark.skipif(not COUNTIES.is_file(), reason="needs the county tables of the census")
EVERY = 300


@needs_data
def test_a_sample_of_counties_is_usual() -> None:
    rows = read_rows(COUNTIES)[0][100::EVERY]
    seen = [one for row in rows for one in county(row, draws=4)]
    assert len(rows) > 5
    assert len({(one.quantity, one.year) for one in seen}) > 20
    wrong = Counter((one.quantity, one.year) for one in seen if not one.is_usual)
    assert max(wrong.values(), default=0) <= 1, [one for one in seen if not one.is_usual]


@needs_data
@pytest.mark.slow
def test_the_table_of_limits_is_what_the_data_say() -> None:
    found = {(name, year): (float(f"{low:.4g}"), float(f"{high:.4g}")) for name, year, low, high, _ in lines(REFERENCE)}
    assert found == {(one.quantity, one.year): (one.low, one.high) for one in limits()}


def test_the_page_lists_what_is_outside() -> None:
    seen = [Seen("1", "甲县", "household_size", year, 2.5) for year in YEARS]
    seen.append(Seen("2", "乙县", "household_size", 2035, 9.0))
    odd = Unusual("x", 2025, Text("死亡率", "deaths"), 30.0, "", 1.0, 19.0, Text("甲", "a"))
    said = page(seen, 2, {Path("x/plan.yaml"): (), Path("x/odd.yaml"): (odd,)})
    assert "2 scenarios, 50 draws each; outside the limits: 1." in said
    assert "x 2025 deaths 30 (1" in said
    assert "乙县 2: 9" in said
    assert "甲县" not in said


def test_every_scenario_that_is_shipped_is_looked_at() -> None:
    names = {f"{path.parent.name}/{path.stem}" for path in shipped()}
    assert {"jieshou/pilot", "anyang/plan", "guangzhou/trend"} <= names
    assert not any(name.startswith(("plans/", "policies/", "regions/")) for name in names)
