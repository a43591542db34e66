"""The surface goes through what is known, and the least effort on it is found where it can be reckoned."""

import numpy as np
import pytest

from sim.model.arrays import Array
from sim.questions.seek.surface import least, surface

RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize("levers", [1, 2, 4])
def test_the_surface_goes_through_every_value_and_is_exact_for_planes(levers: int) -> None:
    at = RANDOM.uniform(size=(40, levers))
    slope = np.arange(1.0, levers + 1.0)
    values = np.stack([at @ slope, np.sin(5.0 * at).sum(axis=1)], axis=1)
    through = surface(at, values)
    assert through(at) == pytest.approx(values, abs=1e-6)
    other = RANDOM.uniform(size=(20, levers))
    assert through(other)[:, 0] == pytest.approx(other @ slope, abs=1e-6)
    assert through(other)[:, 1] == pytest.approx(np.sin(5.0 * other).sum(axis=1), abs=0.05 if levers == 1 else 3.0)


def test_the_least_effort_uses_the_strongest_lever_first_and_the_next_for_the_rest() -> None:
    strength = np.array([1.0, 3.0, 2.0, 0.5])

    def cost(at: Array) -> Array:
        short = 4.0 - at @ strength
        return np.asarray(np.where(short <= 0.0, at.sum(axis=1), 1e3 + short))

    found = least(cost, np.zeros(4), np.ones(4), np.random.default_rng(1))
    assert found == pytest.approx([0.0, 1.0, 0.5, 0.0], abs=0.01)
    assert float(cost(found[np.newaxis])[0]) == pytest.approx(1.5, abs=0.002)
