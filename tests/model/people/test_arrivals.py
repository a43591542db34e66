"""Who arrives: a profile of rates, weighed by the people of the place that arrivals come from."""

import numpy as np
import pytest

from sim.model.axes import AWAY, N_AGES
from sim.model.people.rates import arrival_profile
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.china.national import load_national

SHAPES = {path: one.default for path, one in PARAMETERS.items() if path.startswith(FIXED_PREFIXES)}


@pytest.mark.parametrize("year", [2010, 2020])
def test_hardly_anybody_arrives_at_eighty_or_over(year: int) -> None:
    shares = arrival_profile(SHAPES, load_national().age_structure_of(year)).reshape(AWAY, 2, N_AGES)
    np.testing.assert_allclose(shares.sum(axis=(1, 2)), 1.0)
    assert shares[0, :, 80:].sum() < 0.01
    assert shares[0, :, 100:].sum() < 2e-5
    assert 0.4 < shares[0, :, 18:35].sum() < 0.8


def test_arrivals_are_rates_times_people() -> None:
    flat = np.ones((2, N_AGES))
    halved = flat.copy()
    halved[:, 50:] = 0.5
    rates, weighed = (arrival_profile(SHAPES, origin)[0].reshape(2, N_AGES) for origin in (flat, halved))
    np.testing.assert_allclose(weighed[:, :50] / weighed[0, 0], rates[:, :50] / rates[0, 0])
    np.testing.assert_allclose(weighed[:, 50:] / weighed[0, 0], 0.5 * rates[:, 50:] / rates[0, 0])
