"""Values of declared parameters, as a year's process is given them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.model.parameter import Parameter


def defaults(parameters: Iterable[Parameter]) -> dict[str, NDArray[np.float64]]:
    """Every default as [draw, region] = [1, 1]."""
    return {parameter.path: np.array([[parameter.default]]) for parameter in parameters}
