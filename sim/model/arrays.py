"""Names for the kinds of arrays, and for the shapes that the subjects of the model hand to each other."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kept = NDArray[np.float32]
"""What is kept of a run: single precision takes half the memory."""
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

Values = dict[str, Array]
"""Arrays of one shape by the measure or the parameter they are of."""

ByRegion = Array
"""[draw, region]; a parameter on which all draws agree is [1, region]."""
ByZone = Array
"""[draw, region, zone without away]."""
ByService = Array
"""[draw, region, service], in the order of a case's table of services."""


def within(values: Array, low: float, high: float) -> Array:
    """Values held between two bounds, as `numpy.clip` holds them, whose call costs more than a small array's work."""
    held: Array = np.minimum(np.maximum(values, low), high)
    return held
