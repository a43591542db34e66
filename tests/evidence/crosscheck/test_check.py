"""Cross-checks of real runs: the model first, groups as sums, scores as the backtest has them."""

import json
from dataclasses import replace

import pytest

from docs.write.scores import kept
from sim.common.language import LANGUAGES, Language
from sim.common.paths import library
from sim.evidence.crosscheck import crosschecks
from sim.evidence.crosscheck.facts import facts
from sim.evidence.crosscheck.reckon import METHODS
from sim.evidence.crosscheck.scores import FILE, load_scores
from sim.output.charts.crosscheck import MODEL, band_of, dots, error_words, figure_words, of_region
from sim.output.report.crosschecks import crosscheck_section
from sim.run.scenario_run import run
from sim.run.tables import RunTables
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.output.layout.shown import shown
from tests.scenarios import ROOT

Ran = tuple[ResolvedScenario, RunTables]


def ran(name: str) -> Ran:
    found = scenario(ROOT / "scenarios" / f"{name}.yaml", ["draws=40", "horizon=2026", "test_year=2025"])
    tables = run(found, 1).tables
    return found, replace(tables, crosschecks=crosschecks(found, tables))


@pytest.fixture(scope="module")
def jieshou() -> Ran:
    return ran("jieshou/trend")


@pytest.fixture(scope="module")
def haidong() -> Ran:
    return ran("haidong/trend")


def test_the_model_comes_first_and_then_the_six(jieshou: Ran) -> None:
    rows = of_region(jieshou[1])
    assert [one.method for one in rows] == [MODEL, *(method.id for method in METHODS)]
    low_high = band_of(jieshou[1], rows[0], "urbanization_rate")
    assert low_high is not None
    assert rows[0].rate is not None
    assert low_high[0] < rows[0].rate < low_high[1]
    assert band_of(jieshou[1], rows[1], "resident") is None


def test_jieshou_by_hand(jieshou: Ran) -> None:
    """561,956 residents in 2010 and 650,870 in 2020; 214,776 urban in 2010."""
    by = {one.method: one for one in of_region(jieshou[1])}
    assert by["composite_growth"].resident == pytest.approx(650_870.0 * (650_870.0 / 561_956.0) ** 0.5)
    first, second = 214_776.0 / (561_956.0 - 214_776.0), (facts(*jieshou)[0].urban[2020])
    ratio = second / (650_870.0 - second)
    expected = ratio * (ratio / first) ** 0.5
    assert by["growth_difference"].rate == pytest.approx(expected / (1.0 + expected))


def test_a_group_is_reckoned_on_its_sum(haidong: Ran) -> None:
    group, *members = facts(*haidong)
    assert group.id == "haidong"
    assert len(members) == 6
    for year in (2010, 2020):
        assert group.residents[year] == pytest.approx(sum(one.residents[year] for one in members))
    assert group.rural_labour == pytest.approx(sum(one.rural_labour for one in members))
    assert group.employed == pytest.approx(sum(one.employed or 0.0 for one in members))


def test_scores_are_those_of_the_backtest() -> None:
    content = json.loads((library() / FILE).read_text("utf-8"))
    scores = load_scores()
    assert scores.counties == content["counties"] > 1000
    assert scores.by_method[MODEL].rate == content["all"]["methods"][MODEL]["urbanization_rate"]["error"]
    assert scores.by_method["growth_difference"].resident is None
    page = (ROOT / "docs" / "backtest.md").read_text("utf-8")
    for method in ("townward", "composite growth", "UN growth difference", "logistic curve"):
        line = next(line for line in page.splitlines() if line.startswith(f"| {method} "))
        id_ = method.replace("UN ", "").replace(" curve", "").replace(" ", "_")
        printed = [cell.strip() for cell in line.split("|")[2:4]]
        for number, cell in zip((scores.by_method[id_].rate, scores.by_method[id_].resident), printed, strict=True):
            assert (cell == "—") if number is None else float(cell) == pytest.approx(number, abs=0.006)


def test_what_is_kept_of_a_backtest_reads_back() -> None:
    content = json.loads((library() / FILE).read_text("utf-8"))
    again = json.loads(kept(content | {"by_province": {"11": {}}}))
    assert again == content


def test_a_year_that_was_not_run_is_refused(jieshou: Ran) -> None:
    for year in (2020, 2027):
        with pytest.raises(ValueError, match="must lie in"):
            crosschecks(*jieshou, year)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_a_table_and_a_chart(jieshou: Ran, language: Language) -> None:
    tables = jieshou[1]
    markup = shown(crosscheck_section(tables, language), language=language)
    for one in of_region(tables):
        assert one.name.in_(language)[1:] in markup
    assert ("not applicable" if language == "en" else "不适用") in markup.lower()
    drawn = dots(tables, "urbanization_rate", language)
    assert drawn is not None
    assert len(drawn["data"][0]["x"]) == sum(one.rate is not None for one in of_region(tables))
    assert dots(replace(tables, crosschecks=of_region(tables)[:1]), "resident", language) is None
    assert not crosscheck_section(replace(tables, crosschecks=()), language)


def test_words_of_figures_and_scores(jieshou: Ran) -> None:
    tables = jieshou[1]
    by = {one.method: one for one in of_region(tables)}
    assert figure_words(tables, by["growth_difference"], "resident", "en") == "—"
    assert figure_words(tables, by[MODEL], "urbanization_rate", "en").endswith(")")
    assert error_words(by["logistic"], "en") == "rate 5.0 points"
    assert error_words(by["labour_demand"], "en").startswith("not scored")


def test_rural_labour_is_of_working_ages_in_villages(jieshou: Ran) -> None:
    of, tables = jieshou
    rows = tables.pyramid.rows("region", "year", "zone", "age", "value")
    wanted = [
        value
        for region, year, zone, age, value in rows
        if (region, year, zone) == ("jieshou", 2020, "rural") and 15 <= age <= 59
    ]
    assert len(wanted) == 2 * 45
    assert facts(of, tables)[0].rural_labour == pytest.approx(sum(wanted), rel=1e-12)
