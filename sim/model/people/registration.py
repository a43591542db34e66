"""Routes of the changes of status that move nobody: settlement of hukou and reclassification."""

import numpy as np
from numpy.typing import NDArray

from sim.model.people.registration_parameters import Change


def routes(changes: tuple[Change, ...], first_flow: int) -> NDArray[np.int64]:
    """Rows (source cell, destination cell, flow) for the kernel; flows are numbered from `first_flow`."""
    rows = [
        (source, destination, first_flow + index)
        for index, change in enumerate(changes)
        for source, destination in change.pairs
    ]
    return np.array(sorted(rows), dtype=np.int64)
