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
"""Of every draw and region [draw, region]; where groups of draws share it, [group, region]."""
ByZone = Array
"""Of every draw, region and zone without away [draw, region, zone]."""
