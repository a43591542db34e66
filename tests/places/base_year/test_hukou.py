"""The share of urban hukou that was published, brought to the people of a base year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Array
from sim.model.axes import OUTSIDE_REGISTRATION, URBAN_REGISTRATION
from sim.places.base_year.files import region_base
from sim.places.base_year.hukou import odds_of, urban_share, with_urban_odds
from sim.places.china.national import load_national
from sim.places.china.residence import load_patterns
from tests.paths import SCENARIOS

seeds = st.integers(0, 2**32 - 1)


def people(seed: int) -> Array:
    """Random persons [zone, registration, sex, age] with empty cells among them."""
    rng = np.random.default_rng(seed)
    pop: Array = rng.gamma(0.5, 800.0, size=(4, 3, 2, 8))
    pop[rng.random(pop.shape) < 0.1] = 0.0
    return pop


@given(seed=seeds, share=st.floats(0.05, 0.95))
def test_the_odds_give_the_share_and_move_nobody(seed: int, share: float) -> None:
    pop = people(seed)
    found = with_urban_odds(pop, odds_of(pop, share))
    reach = [urban_share(with_urban_odds(pop, odds)) for odds in (1e-5, 1e5)]
    if reach[0] < share < reach[1]:
        assert urban_share(found) == pytest.approx(share, abs=1e-9)
    np.testing.assert_allclose(found.sum(axis=1), pop.sum(axis=1), rtol=1e-12)
    np.testing.assert_array_equal(found[:, OUTSIDE_REGISTRATION], pop[:, OUTSIDE_REGISTRATION])
    assert found.min() >= 0.0


@given(seed=seeds, odds=st.floats(0.1, 10.0))
def test_odds_and_their_inverse_cancel(seed: int, odds: float) -> None:
    pop = people(seed)
    again = with_urban_odds(with_urban_odds(pop, odds), 1.0 / odds)
    np.testing.assert_allclose(again[:, URBAN_REGISTRATION], pop[:, URBAN_REGISTRATION], rtol=1e-9, atol=1e-9)


def test_the_smallest_area_with_a_figure_counts() -> None:
    patterns = load_patterns()
    areas = {code: patterns.urban_hukou_odds(code, 2020) for code in ("440118", "440306", "341282", "630202", "610921")}
    found = {code: area and area[1] for code, area in areas.items()}
    assert found == {
        "440118": "440100",
        "440306": "000000",
        "341282": "340000",
        "630202": "630200",
        "610921": "000000",
    }
    assert patterns.urban_hukou_odds("440118", 2010) is None


@pytest.mark.parametrize("region", ["minhe", "hua-county", "hanyin"])
def test_a_region_has_the_registered_that_were_published(region: str) -> None:
    base, rows = region_base(SCENARIOS / "regions" / region, 2020, load_national())
    figure = load_patterns().registered[rows[2020].code, 2020]
    assert base.pop[:, :OUTSIDE_REGISTRATION].sum() == pytest.approx(figure, rel=1e-9)


def test_haidong_has_the_share_that_was_published() -> None:
    """Its six regions, of which each was brought to the odds found for the whole by the rules alone."""
    regions = ("ledu", "pingan", "minhe", "huzhu", "hualong", "xunhua")
    bases = [region_base(SCENARIOS / "regions" / name, 2020, load_national())[0].pop for name in regions]
    assert urban_share(np.sum(bases, axis=0)) == pytest.approx(0.2835, abs=0.01)
