"""Villagers who become urban: moves and reclassification add up, and their uncertainty is that of both."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.region import decade_of
from sim.evidence.calibrate.replay import Decade, central, lanes_of, lived
from sim.evidence.calibrate.split import OF_ALL, RECLASSIFIED, SHARE, SHARE_OF_RENAMED, loads, share_at, split
from sim.model.arrays import Array
from sim.model.people.kernels.year import LEDGER_FLOWS
from sim.model.people.step import FLOW_PATHS
from sim.model.registry import FIXED_PREFIXES
from sim.places.census import read_region
from sim.places.china.national import load_national
from tests.paths import SCENARIOS

NAMES = [parameter.name for parameter in FREE_PARAMETERS]
REGIONS = SCENARIOS / "regions"


@pytest.fixture(scope="module")
def decade() -> Decade:
    rows = read_region(REGIONS / "jieshou")
    return decade_of(rows[2010], rows[2020], load_national())


@given(share=st.floats(0.001, 0.999), rate=st.floats(1e-4, 0.2), named=st.floats(0.0, 0.05))
def test_moves_and_reclassification_add_up_to_all_who_become_urban(share: float, rate: float, named: float) -> None:
    values = {path: np.full((2, 3), rate) for path in RECLASSIFIED}
    values |= {path: np.full((2, 3), named) for path in RECLASSIFIED.values()}
    found = split(values, np.array([[share], [share]]))
    for move, boundary in RECLASSIFIED.items():
        np.testing.assert_allclose(found[move] + (found[boundary] - named) / OF_ALL, rate)
        np.testing.assert_allclose((found[boundary] - named) / OF_ALL, share * rate)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_loads_are_what_parameters_do_to_rates(decade: Decade, seed: int) -> None:
    lanes = lanes_of([decade], [None], FREE_PARAMETERS)
    at = 0.3 * np.random.default_rng(seed).normal(size=len(FREE_PARAMETERS))
    at *= [parameter.deviation for parameter in FREE_PARAMETERS]
    touched = dict.fromkeys(path for parameter in FREE_PARAMETERS for path in parameter.paths)
    paths = [path for path in touched if not path.startswith(FIXED_PREFIXES)]
    share = float(share_at(np.array(decade.reclassified), at[NAMES.index("reclassified")]))

    def logs(parameters: Array) -> Array:
        values = central(lanes, parameters[np.newaxis])
        return np.log([values[path][0, -1] for path in paths])

    step = 1e-5
    slopes = np.stack([(logs(at + row) - logs(at - row)) / (2 * step) for row in step * np.eye(len(at))], axis=1)
    np.testing.assert_allclose(slopes, loads(FREE_PARAMETERS, paths, share), atol=1e-6)


def test_as_many_villagers_become_urban_however_they_are_split(decade: Decade) -> None:
    moved = {}
    for share in (0.2, 0.8):
        lanes = lanes_of([replace(decade, reclassified=share)], [None], FREE_PARAMETERS)
        values = central(lanes, np.zeros((1, len(FREE_PARAMETERS))))
        _, years = lived(lanes, values, lambda _, flows: flows.ledger[0, 0, LEDGER_FLOWS:].copy())
        total = sum(years)
        moved[share] = [
            sum(total[FLOW_PATHS.index(path)] for path in paths) for paths in (RECLASSIFIED, RECLASSIFIED.values())
        ]
    assert sum(moved[0.2]) == pytest.approx(sum(moved[0.8]), rel=0.1)
    for share, (moves, reclassified) in moved.items():
        assert reclassified / (moves + reclassified) == pytest.approx(share, abs=0.03)


def test_a_county_that_became_a_district_has_more_of_it() -> None:
    national = load_national()
    for name, share in (("zengcheng", SHARE_OF_RENAMED), ("ledu", SHARE_OF_RENAMED), ("hanyin", SHARE)):
        rows = read_region(REGIONS / name)
        assert decade_of(rows[2010], rows[2020], national).reclassified == share
