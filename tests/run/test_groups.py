"""Groups of regions: totals are sums, rates are rates of sums, and what is sized for all is shared among them."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.common.typography import has_chinese
from sim.model.measures import SOURCES
from sim.model.registry import MEASURES
from sim.run.ensemble import Ensemble, simulate
from sim.run.experiment import unmoved
from sim.run.grounds import grounds
from sim.run.lanes import Wanted
from sim.run.scenario_run import ready, run
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.paths import SCENARIOS

FOLDERS = ("haidong", "hanyin", "anyang", "shijiazhuang", "guangzhou")
SHIPPED = sorted(file for folder in FOLDERS for file in (SCENARIOS / folder).glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shipped_scenario_is_sound(file: Path) -> None:
    found = scenario(file)
    assert found.plan is not None
    assert (found.name, found.horizon) == (file.stem, 2035)
    if found.plan.region is None:  # the nation's targets, which hold for any place and have no base year of their own
        assert (file.stem, found.plan.base_year) == ("outlook-2035", None)
    else:
        assert (found.plan.region, found.plan.base_year) == (found.main, found.base_year)
    assert found.title.zh != found.title.en
    for chain in found.settings.values():
        for change in chain:
            source = change.origin.source
            assert source is not None, f"{change.path} at {change.origin.place} has no source"
            assert has_chinese(source.zh), f"{change.path} at {change.origin.place} has no source in Chinese"
            assert not has_chinese(source.en), f"{change.path} at {change.origin.place} has no source in English"


ALTERNATIVES = {
    "anyang": ("trend", "plan", "jobs", "late-start"),
    "guangzhou": ("trend", "plan", "fewer-arrivals", "faster-approval"),
    "haidong-2021": ("trend-2021", "points-2021", "yearly-jobs", "works-2021"),
    "haidong-2022": ("trend", "plan", "without-villages", "works-2022"),
    "hanyin": ("trend", "plan", "more-relocation", "more-factories"),
    "jieshou": ("trend", "pilot", "jobs-first", "open-hukou"),
    "shijiazhuang": ("trend", "plan", "industry", "more-talents"),
}
"""Trend, plan and two alternatives of each plan; nothing in the opinions on landscaping moves people or homes."""
MOVED = ("resident", "urban", "homes", "projects_open")
FAR = 4.0
"""Standard errors of paired differences."""


@pytest.mark.parametrize("plan", ALTERNATIVES)
def test_scenarios_of_a_plan_differ_by_more_than_the_noise(plan: str) -> None:
    folder, found = SCENARIOS / plan.partition("-")[0], {}
    for name in ALTERNATIVES[plan]:
        own = scenario(folder / f"{name}.yaml", ["horizon=2026"])
        wanted = [Wanted(measure, 0, year) for measure in MOVED for year in (own.test_year, 2026)]
        found[name] = unmoved(ready(own).case, wanted, range(12)).astype(np.float64)
    for one, other in combinations(found, 2):
        apart = found[one] - found[other]
        error = apart.std(axis=1, ddof=1) / np.sqrt(apart.shape[1])
        assert (np.abs(apart.mean(axis=1)) > FAR * error).any(), (one, other)


def test_nothing_in_the_opinions_on_landscaping_moves_people_or_homes() -> None:
    found = [
        unmoved(
            ready(of(f"landscaping/{name}", "horizon=2026")).case, [Wanted(one, 0, 2026) for one in MOVED], range(4)
        )
        for name in ("trend", "plan", "better-upkeep", "fewer-larger")
    ]
    assert all((found[0][:3] == one[:3]).all() for one in found)
    assert (found[0][3] != found[1][3]).all()
    assert "move no people and no homes" in (SCENARIOS / "landscaping" / "plan.yaml").read_text("utf-8")


def of(name: str, *overrides: str) -> ResolvedScenario:
    return scenario(SCENARIOS / f"{name}.yaml", overrides)


@pytest.fixture(scope="module")
def haidong() -> Ensemble:
    return simulate(ready(of("haidong/points-2021", "horizon=2024")).case, range(30), (2020, 2024))


RATES = {
    "income_urban",
    "income_rural",
    "income_ratio",
    "floor_per_person",
    "urban_floor_per_person",
    "rural_floor_per_person",
}


def test_totals_are_the_sums_of_the_regions(haidong: Ensemble) -> None:
    assert haidong.values.shape[1] == 7
    for row, measure in enumerate(haidong.measures.values()):
        if measure.id not in RATES and measure.unit not in {"share", "share/year", "persons/household"}:
            regions = haidong.values[row, 1:].astype(np.float64)
            np.testing.assert_allclose(
                haidong.values[row, 0],
                regions.sum(axis=0),
                rtol=2e-7,
                atol=2e-7 * np.abs(regions).max(initial=0.0, where=~np.isnan(regions)),
                err_msg=measure.id,
            )
    np.testing.assert_allclose(haidong.pyramids[:, 0], haidong.pyramids[:, 1:].sum(axis=1), rtol=1e-14)


def test_rates_are_rates_of_sums(haidong: Ensemble) -> None:
    together = {name: haidong.of(name).astype(np.float64) for name in MEASURES}
    np.testing.assert_allclose(together["urbanization_rate"], together["urban"] / together["resident"], rtol=1e-6)
    np.testing.assert_allclose(together["household_size"], together["resident"] / together["households"], rtol=1e-6)
    growth = together["city"] / together["city"][0] - 1.0
    np.testing.assert_allclose(together["city_growth"], growth, atol=1e-6)
    parts = sum(together[f"rate_change.{key}"] for key in SOURCES)
    np.testing.assert_allclose(np.diff(together["urbanization_rate"], axis=0), parts[1:], atol=5e-7)


def test_regions_are_the_same_with_and_without_their_group(tmp_path: Path) -> None:
    alone = tmp_path / "alone.yaml"
    six = "[ledu, pingan, minhe, huzhu, hualong, xunhua]"
    alone.write_text(f"name: alone\nregion: {six}\nhorizon: 2023\ntest_year: 2022\n", "utf-8")
    same = ("between.share=0", "income.urban=30000", "income.rural=12000")
    apart = simulate(ready(scenario(alone, same)).case, range(10))
    grouped = simulate(ready(of("haidong/trend", "horizon=2023", "test_year=2022", *same)).case, range(10))
    np.testing.assert_array_equal(apart.values, grouped.values[:, 1:])


def test_a_size_for_all_regions_is_shared_by_their_residents() -> None:
    found = of("haidong/points-2021")
    jobs = "jobs.new"
    amounts = {
        name: sum(s.values[0] for s in chain if s.path == jobs and s.policy == "industrial-park-jobs")
        for name, chain in found.settings.items()
    }
    assert sum(amounts.values()) == pytest.approx(9000)
    assert amounts["minhe"] / amounts["ledu"] == pytest.approx(326_964 / 240_949)
    rates = [s for s in found.settings["ledu"] if s.policy == "family-hukou"]
    assert rates == [s for s in found.settings["minhe"] if s.policy == "family-hukou"]


def test_groups_within_groups_and_targets_on_them() -> None:
    found = of("anyang/trend", "draws=30", "horizon=2024")
    assert [group.id for group in found.groups] == ["anyang", "anyang-central", "anyang-counties"]
    places = grounds(found)
    assert [place.row for place in places.values()] == list(range(12))
    assert places["anyang"].lanes == tuple(range(9))
    assert set(places["anyang-central"].lanes) | set(places["anyang-counties"].lanes) == set(range(9))
    done = run(found, 1)
    said = {verdict.id: verdict for verdict in done.tables.verdicts}
    urban = done.ensemble.of("urban", places["anyang"].row)[done.ensemble.years.index(2023)]
    assert said["T139"].region == "anyang"
    assert said["T139"].answer.median == pytest.approx(12.0 * np.median(urban), rel=1e-6)
    assert (said["T065"].answer.need_unit, said["T139"].answer.need_unit) == ("household", "m²")
    assert done.tables.regions[0][0] == "anyang"


def test_a_region_without_countryside_gets_none() -> None:
    found = of("guangzhou/trend", "horizon=2023", "test_year=2023")
    done = simulate(ready(found).case, range(10))
    yuexiu = grounds(found)["yuexiu"].row
    assert done.of("rural", yuexiu).max() == 0.0
    assert done.of("urbanization_rate", yuexiu).min() == 1.0


@pytest.mark.parametrize("name", ["baiyun", "shijiazhuang-high-tech"])
def test_an_unfitted_region_keeps_its_newcomers(name: str) -> None:
    """Rates learnt across counties bring newcomers on; default rates alone, which bring none, would empty it."""
    group = "guangzhou" if name == "baiyun" else "shijiazhuang"
    found = of(f"{group}/trend", "horizon=2022", "test_year=2022")
    done = simulate(ready(found).case, range(200))
    row = grounds(found)[name].row
    value = {m: float(np.median(done.of(m, row)[1])) for m in MEASURES}
    arrived = sum(value[f"moves.outside.arrive_{zone}"] for zone in ("city", "town", "rural"))
    departed = sum(value[f"moves.outside.depart_{zone}"] for zone in ("city", "town", "rural"))
    assert arrived > 0.5 * departed > 0.01 * value["outsiders"]
    low, high = np.quantile(done.of("resident", row)[1], [0.1, 0.9]) / np.median(done.of("resident", row)[0])
    assert 0.95 < low < 1.02 < high < 1.25


def write_group(folder: Path, name: str, members: str) -> None:
    (folder / "regions" / name).mkdir(parents=True)
    (folder / "regions" / name / "region.yaml").write_text(
        f"id: {name}\nname: {{zh: 组, en: Group}}\nprovince: {{zh: 省, en: Province}}\nmembers: {members}\n", "utf-8"
    )


@pytest.mark.parametrize(
    ("members", "said"),
    [("[ring]", "holds itself"), ("[ledu, ledu]", "twice"), ("[atlantis]", "no region"), ("[]", "must not be empty")],
)
def test_bad_groups_are_refused(tmp_path: Path, members: str, said: str) -> None:
    write_group(tmp_path, "ring", members)
    file = tmp_path / "one.yaml"
    file.write_text("name: one\nregion: ring\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        scenario(file)
    assert said in refused.value.message("en")


def test_a_plan_for_any_region() -> None:
    found = of("jieshou/trend", "plan=landscaping", "draws=20", "horizon=2026")
    assert found.plan is not None
    assert (found.plan.region, found.plan.base_year, found.main) == (None, None, "jieshou")
    assert {verdict.region for verdict in run(found, 1).tables.verdicts} == {"jieshou"}


def test_a_plan_for_any_region_wants_one(tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text("name: two\nregion: [ledu, minhe]\nplan: landscaping\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        scenario(file)
    assert "one region or one group" in refused.value.message("en")


def test_a_published_seat_of_a_prefecture_is_not_held_against_the_seats_of_all_its_counties() -> None:
    found = ready(scenario(SCENARIOS / "haidong" / "trend.yaml")).observed
    assert {"resident", "urban"} <= set(found["measure"][found["region"] == "haidong"])
    assert "city" not in set(found["measure"][found["region"] == "haidong"])
    assert "city" in set(ready(scenario(SCENARIOS / "jieshou" / "trend.yaml")).observed["measure"])
