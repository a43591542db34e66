"""Parameters at a bound, which a fit could not pass, are named wherever the fit is."""

from dataclasses import replace

import numpy as np
import pytest
import yaml

from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS, lasting
from sim.evidence.calibrate.rates import Rate, Rates
from sim.evidence.calibrate.region import calibrate, rates_yaml
from sim.evidence.calibrate.unfitted import unfitted_rates
from sim.model.registry import PARAMETERS
from sim.scenario import scenario
from sim.scenario.explanation import explain
from tests.scenarios import ROOT

HIGH = PARAMETERS["profile.return.width"].high
WITHIN = Rate("profile.return.peak", 30.0, 0.0)
NONE = Rate("away.leave_rural", 0.0, 0.0)


@pytest.mark.parametrize(("width", "named"), [(HIGH, ("profile.return.width",)), (0.9 * HIGH, ())])
def test_a_value_at_a_bound_is_named_and_nobody_moving_is_none(width: float, named: tuple[str, ...]) -> None:
    rates = Rates((Rate("profile.return.width", width, 0.0), WITHIN, NONE), {}, {}, np.zeros((0, 0)))
    assert rates.at_bounds == named


def test_the_file_says_so_where_the_value_stands() -> None:
    fitted = calibrate(ROOT / "scenarios" / "regions" / "hanyin", draws=0)
    held = tuple(
        replace(rate, value=HIGH) if rate.path == "profile.return.width" else rate for rate in fitted.rates.rates
    )
    written = yaml.safe_load(rates_yaml(replace(fitted, rates=replace(fitted.rates, rates=held))))["set"]
    assert "bound" in written["profile.return.width"]["source"]["en"]
    assert "bound" not in written["profile.return.peak"]["source"]["en"]
    assert "expectation of life" in written["mortality.level"]["source"]["en"]


def test_a_run_is_told_of_a_rate_at_its_bound() -> None:
    """Rates learnt for a region, one at its bound: in its file, of which the answer of `townward explain` is made."""
    learnt = ("tianhe", "huangpu", "panyu", "nansha", "baiyun", "huadu")
    bounds = ((region, unfitted_rates(ROOT / "scenarios" / "regions" / region).at_bounds) for region in learnt)
    region, (path, *_) = next((region, paths) for region, paths in bounds if paths)
    resolved = scenario(ROOT / "scenarios" / "guangzhou" / "trend.yaml")
    told = next(one for one in explain(resolved, path) if one.region == region)
    assert told.values[0] in (PARAMETERS[path].low, PARAMETERS[path].high)
    assert told.source is not None
    assert "bound" in told.source.en


def test_the_level_of_deaths_alone_does_not_last() -> None:
    kept = lasting(FREE_PARAMETERS, np.ones(len(FREE_PARAMETERS)))
    assert [parameter.name for parameter, value in zip(FREE_PARAMETERS, kept, strict=True) if value == 0.0] == [
        "mortality"
    ]
