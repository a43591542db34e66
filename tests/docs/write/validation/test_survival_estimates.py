"""Net migration by census survival."""

import numpy as np
import pytest

from docs.write.validation.survival_estimates import net_migration


def test_worked_cohort_of_manual_vi() -> None:
    net = net_migration(np.array([77135.0]), np.array([132870.0]), np.array([0.9087]))
    assert net.forward[0] == pytest.approx(132870.0 - 0.9087 * 77135.0)
    assert net.reverse[0] == pytest.approx(132870.0 / 0.9087 - 77135.0)
    assert net.average[0] == pytest.approx(0.5 * (net.forward[0] + net.reverse[0]))


def test_nobody_moves_where_survivors_are_all_there() -> None:
    first, survival = np.array([1000.0, 500.0]), np.array([0.9, 0.4])
    net = net_migration(first, first * survival, survival)
    assert not net.forward.any()
    assert not net.average.any()


def test_a_ratio_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        net_migration(np.ones(1), np.ones(1), np.zeros(1))
