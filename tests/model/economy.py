"""Values of declared parameters, as a year's process is given them."""

from collections.abc import Mapping

import numpy as np

from sim.model.arrays import Array
from sim.model.registry import ECONOMIC, PARAMETERS
from tests.model.oracle.county_inputs import EconomyInputs, economy_inputs


def table(changes: Mapping[str, float | Array] | None = None, shape: tuple[int, int] = (1, 1)) -> dict[str, Array]:
    """Every parameter of the economy at its default, or as changed, by path [draw, region].

    A name that is not a parameter's is a fault of the test.
    """
    changed = changes or {}
    assert set(changed) <= set(ECONOMIC)
    return {path: np.full(shape, changed.get(path, PARAMETERS[path].default)) for path in ECONOMIC}


def economy(changes: Mapping[str, float | Array] | None = None, shape: tuple[int, int] = (1, 1)) -> EconomyInputs:
    """What the economy is given in a year in which these parameters are not at their defaults."""
    return economy_inputs(table(changes, shape))
