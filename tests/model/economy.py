"""Values of declared parameters, as a year's process is given them."""

from collections.abc import Iterable

import numpy as np

from sim.model.arrays import Array
from sim.model.parameter import Parameter


def defaults(parameters: Iterable[Parameter]) -> dict[str, Array]:
    """Every default as [draw, region] = [1, 1]."""
    return {parameter.path: np.array([[parameter.default]]) for parameter in parameters}
