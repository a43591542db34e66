"""Routes of the changes of status: reclassification of places, and settlement of hukou here and elsewhere."""

import numpy as np

from sim.model.arrays import Integers
from sim.model.people.changes import Change


def routes(changes: tuple[Change, ...], first_flow: int) -> Integers:
    """Rows (source cell, destination cell, flow) for the kernel; flows are numbered from `first_flow`."""
    rows = [
        (source, destination, first_flow + index)
        for index, change in enumerate(changes)
        for source, destination in change.pairs
    ]
    return np.array(sorted(rows), dtype=np.int64)
