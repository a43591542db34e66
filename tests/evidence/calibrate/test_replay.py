"""The decade that rates are fitted to is the simulator's own: the same people, cell by cell."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from sim.common.errors import Place
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.region import decade_of
from sim.evidence.calibrate.replay import Decade, central, end, lanes_of
from sim.model.arrays import Array
from sim.model.axes import AWAY, RURAL
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.registry import PARAMETERS
from sim.places.census import read_region
from sim.places.china.national import load_national
from sim.run.case import case, region_case
from sim.scenario import scenario
from tests.run.one_draw import run_one
from tests.scenarios import ROOT

REGIONS = ROOT / "scenarios" / "regions"
CERTAIN = Distribution("certain")
WRITTEN = Origin(Place("a test"), None, None, "", "")
NATIONAL = load_national()


def decade(region: str) -> Decade:
    rows = read_region(REGIONS / region)
    return decade_of(rows[2010], rows[2020], NATIONAL)


def setting(path: str, years: range, values: Array) -> Setting:
    by_year = tuple(float(value) for value in values)
    return Setting(
        path=path,
        change="set",
        years=tuple(years),
        values=by_year,
        dist=CERTAIN,
        source=Given("fit"),
        origin=WRITTEN,
    )


def certain(values: Mapping[str, Array], years: range) -> tuple[Setting, ...]:
    """Every parameter as given, without spread, yearly noise, or feedback from jobs, homes and services."""
    still = {path: np.zeros((1, len(years))) for path in PARAMETERS if path.startswith("pull.")}
    still |= {path: np.zeros((1, len(years))) for path in PARAMETERS if path.endswith(".deviation")}
    return tuple(setting(path, years, value[0]) for path, value in (dict(values) | still).items())


def simulated(of: Decade, settings: tuple[Setting, ...]) -> Array:
    """People at the end of the decade as the simulator runs it, [zone, registration, sex, age]."""
    ref = scenario(ROOT / "scenarios" / "jieshou" / "trend.yaml").regions[0]
    own = region_case(ref, settings, of.pop, 1.0)
    built = case(of.years[0] - 1, of.years[-1], 1, [own], of.national)
    people: Array = run_one(built, 0).people.pop[0, 0]
    return people


@pytest.mark.parametrize("region", ["jieshou", "liwan", "yuexiu", "haizhu"])
def test_the_replay_is_the_simulator(region: str) -> None:
    of = decade(region)
    parameters = np.random.default_rng(8).normal(size=len(FREE_PARAMETERS)) * [
        parameter.deviation for parameter in FREE_PARAMETERS
    ]
    elsewhere = replace(of, pop=0.3 * of.pop[..., ::-1], arrivals=200.0)
    lanes = lanes_of([elsewhere, of], [None, None], FREE_PARAMETERS)
    both = np.stack([-parameters, parameters])
    found = end(lanes, both)[1]
    expected = simulated(of, certain(central(lanes.part(slice(1, 2)), parameters[np.newaxis]), of.years))
    np.testing.assert_allclose(found.sum(axis=(1, 2, 3)), expected.sum(axis=(1, 2, 3)), rtol=1e-12)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-9)
    assert (found[RURAL].sum() > 0.0) == (of.pop[RURAL].sum() > 0.0)
    assert found[AWAY].sum() > 0.0
