"""Random numbers depend on seed, site, draw and year, and on nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.draws.rng import STRETCH, uniforms


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """The kernel is loaded before any example is timed."""
    uniforms(0, "", range(1), 1)


@given(st.integers(0, 2**63), st.text(max_size=20), st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 40))
def test_a_draw_alone_has_the_numbers_it_has_among_others(
    seed: int, site: str, first: int, others: int, years: int
) -> None:
    together = uniforms(seed, site, range(first, first + others), years)
    alone = uniforms(seed, site, range(first + others - 1, first + others), years)
    np.testing.assert_array_equal(together[-1:], alone)


def test_years_do_not_shift_each_other() -> None:
    np.testing.assert_array_equal(uniforms(1, "a", range(5), 30)[:, :10], uniforms(1, "a", range(5), 10))


def test_seeds_and_sites_have_their_own_numbers() -> None:
    one, other_site, other_seed = (uniforms(*key, range(1000)) for key in ((1, "a"), (1, "b"), (2, "a")))
    assert abs(np.corrcoef(one[:, 0], other_site[:, 0])[0, 1]) < 0.1
    assert abs(np.corrcoef(one[:, 0], other_seed[:, 0])[0, 1]) < 0.1


def test_numbers_are_uniform_inside_the_open_interval() -> None:
    numbers = uniforms(3, "x", range(2000), STRETCH)
    assert numbers.min() > 0.0
    assert numbers.max() < 1.0
    assert numbers.mean() == pytest.approx(0.5, abs=0.003)
    assert numbers.var() == pytest.approx(1 / 12, rel=0.01)


def test_a_run_longer_than_a_draw_owns_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        uniforms(1, "a", range(1), STRETCH + 1)
