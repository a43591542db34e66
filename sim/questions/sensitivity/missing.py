"""What becomes of members without a result, before any index is computed from the others."""

from typing import Literal

import numpy as np
from scipy.spatial import KDTree

from sim.model.arrays import Array

Treatment = Literal["refuse", "drop", "nearest"]


class MissingError(ValueError):
    """Members have no result, and what to do about it was not chosen, or does not suit the design."""


def treated(points: Array, outcome: Array, kind: str, treatment: Treatment) -> tuple[Array, Array]:
    """Points and outcomes without gaps. outcome: NaN where a member has no result [member].

    drop: leaves out what cannot be used without them: members alone, whole blocks of a Saltelli design, whole
    trajectories of Morris; a grid, a FAST curve and one-at-a-time have nothing to spare. nearest: gives a member
    the result of the nearest one in the unit cube. Raises MissingError for `refuse` and where nothing would be left.
    """
    gaps = ~np.isfinite(outcome)
    if not gaps.any():
        return points, outcome
    if gaps.all():
        raise MissingError("no member has a result")
    if treatment == "refuse":
        raise MissingError(f"{int(gaps.sum())} of {len(outcome)} members have no result")
    if treatment == "nearest":
        _, nearest = KDTree(points[~gaps]).query(points[gaps])
        filled = outcome.copy()
        filled[gaps] = outcome[~gaps][nearest]
        return points, filled
    size = unit(kind, points.shape[1])
    if size is None:
        raise MissingError(f"members of a {kind} design cannot be dropped; choose nearest")
    whole = np.repeat(~gaps.reshape(-1, size).any(axis=1), size)
    if not whole.any():
        raise MissingError("nothing is left once incomplete parts are dropped")
    return points[whole], outcome[whole]


def unit(kind: str, factors: int) -> int | None:
    """Members of a design that stand and fall together; None where all of them do."""
    return {"saltelli": factors + 2, "morris": factors + 1, "latin": 1, "sobol": 1}.get(kind)
