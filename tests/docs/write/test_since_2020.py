"""The score since the census: areas from their rows, figures beside the trend, and the page."""

from dataclasses import replace
from pathlib import Path

import pytest

from docs.write.since_2020.areas import AREAS, CensusFolder, areas_with_figures, as_one, prepared, together
from docs.write.since_2020.compare import HORIZON, Comparison, Later, Outlook, compared
from docs.write.since_2020.page import page
from docs.write.since_2020.words import Answered, section
from sim.common.language import Text
from sim.places.census import read_region
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.scenarios import ROOT

REGIONS = ROOT / "scenarios" / "regions"
CENSUS = ROOT.parent / "shared" / "data" / "census"
SHORT = ["draws=40", f"horizon={HORIZON}", f"test_year={HORIZON}"]

ONE = Comparison(
    "x", Text("某县", "Some"), "resident", 2022, 100.0, 95.0, 104.0, 110.0, {"no_change": 98.0}, "公报", "fitted"
)


def test_errors_are_in_percent_of_what_was_published_or_in_points() -> None:
    assert ONE.error == pytest.approx(4.0)
    assert ONE.error_of(98.0) == pytest.approx(-2.0)
    assert ONE.held
    rate = replace(ONE, measure="urbanization_rate", published=0.5, low=0.51, median=0.52, high=0.53)
    assert rate.error == pytest.approx(2.0)
    assert not rate.held
    assert replace(rate, published=0.51).held


def test_within_a_province_moves_between_counties_are_inside() -> None:
    row = replace(
        read_region(REGIONS / "jieshou")[2020], elsewhere_same_county=10.0, same_province=20.0, other_province=5.0
    )
    one = as_one(row)
    assert (one.elsewhere_same_county, one.outside) == (30.0, 5.0)


def test_counties_add_up_to_one_row() -> None:
    rows = [read_region(REGIONS / name)[2020] for name in ("jieshou", "hanyin")]
    both = together(rows, AREAS[-1])
    assert both.resident == sum(row.resident for row in rows)
    assert sum(both.male_by_age) == pytest.approx(sum(sum(row.male_by_age) for row in rows))
    assert (both.code, both.name) == (AREAS[-1].code, AREAS[-1].name)
    assert both.mean_years_schooling is None
    assert together([rows[0], replace(rows[1], households=None)], AREAS[-1]).households is None


def test_anyangs_figures_are_scaled_to_the_nine() -> None:
    """5,477,614 residents and 53.04% urban in the whole prefecture in 2020; 5,423,000 and 54.07% in 2021."""
    found, (outlook,) = compared(scenario(ROOT / "scenarios" / "anyang" / "trend.yaml", SHORT))
    by = {(one.measure, one.year): one for one in found}
    part = 5_284_597.0 / 5_477_614.0
    people = by["resident", 2021]
    assert people.scaled
    assert people.published == pytest.approx(5_423_000.0 * part)
    assert people.said["no_change"] == pytest.approx(5_284_597.0, rel=1e-6)
    rate = by["urbanization_rate", 2021]
    assert rate.published - rate.said["no_change"] == pytest.approx(0.5407 - 0.5304, abs=1e-4)
    assert outlook.rate[0] < outlook.rate[1] < outlook.rate[2]


def test_only_figures_after_the_census_that_stand_on_it_are_compared() -> None:
    found, outlooks = compared(scenario(ROOT / "scenarios" / "guangzhou" / "trend.yaml", SHORT))
    assert {one.measure for one in found} == {"resident"}
    assert {one.year for one in found} == {2023}
    assert len(found) == 12
    founding = {one.place: one.founding for one in found}
    assert (founding["guangzhou"], founding["baiyun"], founding["yuexiu"]) == ("mixed", "learnt", "fitted")
    assert not any(one.scaled for one in found)
    assert "composite_growth" in next(one for one in found if one.place == "yuexiu").said
    assert "composite_growth" not in next(one for one in found if one.place == "baiyun").said
    assert len(outlooks) == 12


@pytest.mark.skipif(not CENSUS.is_dir(), reason="needs the census tables")
def test_a_province_as_one_region(tmp_path: Path) -> None:
    census = CensusFolder(CENSUS, 2010, 2020)
    qinghai = next(area for area in areas_with_figures() if area.id == "qinghai")
    row = census.row(qinghai, 2020)
    assert (row.kind, row.same_province) == ("province", 0.0)
    tables = run(prepared(qinghai, census, tmp_path, HORIZON), 1).tables
    start = (tables.series["measure"] == "resident") & (tables.series["year"] == 2020)
    assert tables.series["value"][start][0] == pytest.approx(row.resident, rel=1e-6)
    later = (tables.observed["year"] == 2022) & (tables.observed["measure"] == "resident")
    assert tables.observed["value"][later].tolist() == [5_950_000.0]


@pytest.mark.skipif(not CENSUS.is_dir(), reason="needs the census tables")
def test_a_prefecture_is_all_its_counties() -> None:
    shijiazhuang = AREAS[-1]
    assert CensusFolder(CENSUS, 2010, 2020).row(shijiazhuang, 2020).resident == 11_235_086.0


def test_the_page_says_what_came_out_and_what_was_not_scored() -> None:
    rate = replace(
        ONE, measure="urbanization_rate", published=0.5, low=0.49, median=0.505, high=0.53, said={"no_change": 0.48}
    )
    learnt = replace(ONE, founding="learnt", published=120.0)
    outlook = Outlook(ONE.name, (0.5, 0.55, 0.6), (90.0, 100.0, 110.0), "learnt")
    text = page(Later((rate, ONE, learnt), (outlook,), (Text("安徽省", "Anhui"),)))
    assert (
        "**Urbanization rate**: off by 0.50 points on average (1 figures), bias +0.50; the 80% band held 1 of 1" in text
    )
    assert "no change 2.00 points (worse)" in text
    assert "learnt across counties: 13.33% (1 figures), bias -13.33, held 0 of 1; no change 18.33%" in text
    assert "Left out, because no census table was given that has them whole: Anhui 安徽省." in text
    assert "Fuyang" in text
    assert "55.0% (50.0–60.0%)" in text


def test_a_folder_whose_figures_are_of_no_shipped_place_has_a_page_without_them() -> None:
    text = page(Later((), (), ()))
    assert "## Every figure" in text
    assert "## Residents" not in text


def test_the_kept_page_is_of_these_figures() -> None:
    text = (ROOT / "docs" / "since-2020.md").read_text("utf-8")
    for area in areas_with_figures():
        assert area.name in text
    for name in ("安阳市九县(市、区)†", "汉阴县", "广州市", "白云区"):
        assert name in text


def test_words_are_scored_on_lines_with_an_outcome_and_on_yardsticks() -> None:
    lines = (Answered("p", "T1", "verdict", "met", 0.9), Answered("p", "T2", "conditional", "missed", None))
    figures = [replace(ONE, chance=chance, yardstick=98.0) for chance in (0.97, 0.6)]
    figures.append(replace(ONE, published=90.0, chance=0.1, yardstick=98.0))
    text = section(lines, [*figures, ONE])
    assert "is known (2)" in text
    assert "1 of them had been given a probability" in text
    assert "(Brier score 0.010, always the share met 0.000)" in text
    assert "| verdict | 判断 | 1 | – | – | – |" in text
    assert "tried on the 3 figures" in text
    assert f"**{(0.03**2 + 0.4**2 + 0.1**2) / 3:.3f}**" in text
    assert "always saying the share that came true (67%) gives 0.222" in text
    assert "| certain | 1 | 97% | 100% |" in text
    assert "| out of reach | 1 | 10% | 0% |" in text
