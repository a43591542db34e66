"""What a stock of people adds up to, in NumPy."""

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import AWAY, FEMALE, FERTILE_FIRST, FERTILE_LAST
from sim.model.people.state import State
from sim.model.people.step import AGE_BOUNDS, Constants


def tally(of: Constants, state: State) -> Array:
    """As the columns of `sim.model.people.kernels.tally` [draw, region, column]."""
    lanes, by_zone = state.pop.shape[:2], state.pop.sum(axis=3)[:, :, :AWAY]
    classes = np.add.reduceat(by_zone.sum(axis=3), AGE_BOUNDS[:-1], axis=-1)
    women = by_zone[..., FEMALE, FERTILE_FIRST : FERTILE_LAST + 1].sum(axis=-1)
    counted = np.einsum("drzg,rqzg->drzq", by_zone.reshape(*lanes, AWAY, -1), of.weights)
    zones = np.concatenate([classes, women[..., np.newaxis], counted], axis=-1)
    cells = state.pop.sum(axis=(4, 5)).reshape(*lanes, -1)
    whole, negative = cells.sum(axis=-1), (state.pop < 0.0).sum(axis=(2, 3, 4, 5))
    return np.concatenate([cells, zones.reshape(*lanes, -1), np.stack([whole, negative], axis=-1)], axis=-1)
