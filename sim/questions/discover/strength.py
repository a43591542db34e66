"""Which factors tell failures apart best, for charts that cannot show all."""

import numpy as np

from sim.questions.discover.discovery import Discovery


def strongest(discovery: Discovery) -> list[int]:
    """The factors' columns: those of the first box by their quasi-p, then the others by how far failures stand apart.

    How far: the difference of the mean rank of members that fail and of those that do not.
    """
    first: dict[int, float] = {}
    if discovery.boxes:
        for face, p in discovery.boxes[0].quasi_p:
            first[face.column] = min(p, first.get(face.column, 1.0))
    ranks = np.argsort(np.argsort(discovery.cases.points, axis=0, kind="stable"), axis=0)
    apart = np.abs(ranks[discovery.cases.fails].mean(axis=0) - ranks[~discovery.cases.fails].mean(axis=0))
    others = sorted((column for column in range(len(apart)) if column not in first), key=lambda column: -apart[column])
    return [*sorted(first, key=lambda column: (first[column], column)), *others]
