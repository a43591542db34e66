"""Groups of draws: the same whatever the block, and never shared by two repetitions."""

import numpy as np
import pytest

from sim.model.draws.groups import grouped


def test_groups_begin_at_multiples_of_their_size() -> None:
    whole = grouped(range(130), 50)
    assert whole.numbers == (0, 1, 2)
    assert grouped(range(100, 130), 50).numbers == (2,)
    np.testing.assert_array_equal(whole.of, np.arange(130) // 50)


def test_means_and_spreads() -> None:
    groups = grouped(range(5), 2)
    values = np.arange(10.0).reshape(5, 2)
    np.testing.assert_allclose(groups.mean(values), [[1.0, 2.0], [5.0, 6.0], [8.0, 9.0]])
    np.testing.assert_allclose(groups.spread(groups.mean(values))[:, 0], [1.0, 1.0, 5.0, 5.0, 8.0])


@pytest.mark.parametrize("draws", [range(3), range(50, 120)])
def test_repetitions_share_no_group(draws: range) -> None:
    once, thrice = grouped(draws, 50), grouped(draws, 50, 3)
    assert len(thrice.numbers) == 3 * len(once.numbers)
    assert thrice.numbers == once.numbers * 3
    values = np.random.default_rng(0).random((len(draws), 2))
    np.testing.assert_allclose(thrice.mean(np.tile(values, (3, 1))), np.tile(once.mean(values), (3, 1)))
