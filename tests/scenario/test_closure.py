"""Factors that make counties add up, as settings behind a region's rates."""

from dataclasses import replace

import pytest

from sim.model.draws.strength import applied
from sim.model.registry import PARAMETERS
from sim.scenario import scenario
from sim.scenario.closure import FLOWS, KINDS, closing, load_factors, settings
from sim.scenario.explanation import explain
from tests.scenarios import ROOT

TREND = ROOT / "scenarios" / "jieshou" / "trend.yaml"
ARRIVE = "outside.arrive_city"
MOVE = "transfer.rural_to_city"


@pytest.mark.parametrize(("path", "flow"), [(ARRIVE, "arrive"), (MOVE, "to_town")])
def test_a_fitted_rate_carries_the_factor_of_its_kind_and_says_so(path: str, flow: str) -> None:
    found = explain(scenario(TREND), path)[0]
    factors = load_factors("fitted")["city", flow]
    rate, yearly, held = found.chain
    for year, value in zip(found.years, found.values, strict=True):
        factor = factors.values[factors.years.index(min(year, factors.years[-1]))]
        assert value == pytest.approx(rate.values[0] * factor)
    assert yearly.dist is None
    assert held.dist is not None
    assert held.dist.sd == factors.deviation
    assert held.start == factors.years[-1]
    assert yearly.origin.place.file.endswith("closure_factors.csv")
    assert yearly.origin.source is not None
    assert "add up to the nation" in yearly.origin.source.en
    assert "使各县相加等于全国" in yearly.origin.source.zh


def test_what_a_user_sets_is_not_multiplied() -> None:
    found = explain(scenario(TREND, [f"{ARRIVE}=1000"]), ARRIVE)[0]
    assert found.values == (1000.0,)


def test_rates_that_are_not_uncertain_together_have_no_factor() -> None:
    resolved = scenario(TREND)
    region, own = resolved.regions[0], resolved.settings["jieshou"]
    rates = [one for one in own if one.is_value]
    assert closing(replace(region, correlation_paths=()), rates) == []
    assert closing(replace(region, code="341200"), rates) == []
    assert closing(replace(region, base_year=2010), rates) == []
    acting = {path for _, flow in load_factors("fitted") for path in FLOWS[flow]}
    assert {one.path for one in closing(region, rates)} == acting & set(region.correlation_paths)


def test_no_factor_takes_a_rate_over_its_range() -> None:
    resolved = scenario(TREND)
    region = resolved.regions[0]
    most = PARAMETERS[MOVE].high
    rates = [replace(one, values=(most,)) for one in resolved.settings["jieshou"] if one.path == MOVE and one.is_value]
    chain = [*rates, *closing(region, rates)]
    assert len(chain) == 3
    assert all(applied(0.0, chain, year) <= most * (1.0 + 1e-12) for year in range(2021, 2031))


def test_the_parameters_of_a_flow_share_their_uncertainty() -> None:
    for kind in KINDS:
        for flow, paths in FLOWS.items():
            keys = {one.key for one in settings(kind, 2020, paths, "learnt")}
            assert keys == {"nation/" + paths[0].partition(".")[0]}, flow


def test_learnt_and_fitted_rates_have_factors_of_their_own() -> None:
    leave, named = "away.leave_city", ["region=baiyun", "plan=null"]
    learnt, fitted = load_factors("learnt"), load_factors("fitted")
    baiyun = scenario(ROOT / "scenarios" / "guangzhou" / "trend.yaml", named)
    assert explain(baiyun, ARRIVE)[0].chain[1].values == learnt["district", "arrive"].values
    slowed = explain(baiyun, leave)[0].chain[1]
    assert slowed.values == learnt["district", "leave"].values
    assert slowed.origin.source is not None
    assert "provinces' figures" in slowed.origin.source.en
    assert ("city", "leave") not in fitted  # what a county's own censuses show of leaving is kept
    assert [one.path for one in explain(scenario(TREND), leave)[0].chain] == [leave]
