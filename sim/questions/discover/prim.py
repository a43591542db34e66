"""The patient rule induction method: boxes that hold many failures and little else.

Friedman & Fisher 1999, doi:10.1023/A:1008894516817. Of the cuts that a step may make, the one is taken that raises the
density most for each member it gives up (Kwakkel & Jaxa-Rozen 2016, doi:10.1016/j.envsoft.2015.11.020): the same as the
highest density where all cuts are of one size, and fair to factors with few levels, whose cuts are large.
"""

from math import ceil, inf
from typing import Final

import numpy as np

from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, between, everything

ALPHA: Final = 0.05
"""Share of a box that one step gives up or takes in."""
SMALLEST: Final = 0.05
"""Share of all members below which no box is looked for, unless the failures are fewer than twice that."""
FEWEST: Final = 10


def least_members(fails: Flags) -> int:
    """How many members a box has at least: 5% of all, or half as many as fail, and no fewer than ten."""
    return max(FEWEST, ceil(min(SMALLEST * len(fails), 0.5 * float(fails.sum()))))


def peeled(points: Array, fails: Flags, alpha: float = ALPHA, least: int | None = None) -> list[Box]:
    """The trajectory of boxes from everything to the smallest, each a cut within the one before.

    points: factor values [member, factor]; fails: [member]; least: members that the last box has at least. It ends
    early where all inside fail.
    """
    fewest = least_members(fails) if least is None else least
    box = everything(points.shape[1])
    trajectory = [box]
    while len(fails) and not fails.all():
        cut = _cut(points, fails, alpha, fewest)
        if cut is None:
            break
        face, limit = cut
        box = box.moved(face, limit)
        trajectory.append(box)
        kept = points[:, face.column] > limit if face.side == "low" else points[:, face.column] <= limit
        points, fails = points[kept], fails[kept]
    return trajectory


def _cut(points: Array, fails: Flags, alpha: float, fewest: int) -> tuple[Face, float] | None:
    """The limit that raises the density of these members most for each one it gives up."""
    n = len(fails)
    step = max(int(alpha * n), 1)
    if n - step < fewest:
        return None
    ordered = np.sort(points, axis=0)
    limits = np.stack([_next_up(ordered, step), -_next_up(-ordered[::-1], step)])
    kept = np.stack([points >= limits[0], points <= limits[1]])
    left = kept.sum(axis=1)
    allowed = (left >= fewest) & (left < n)
    if not allowed.any():
        return None
    failing = (kept & fails[:, np.newaxis]).sum(axis=1)
    gain = failing / np.maximum(left, 1) - fails.mean()
    worth = np.where(gain > 0.0, gain * n / np.maximum(n - left, 1), gain)
    side, column = np.unravel_index(int(np.argmax(np.where(allowed, worth, -np.inf))), worth.shape)
    values = points[:, column]
    within = values[kept[side, :, column]]
    outside = values[~kept[side, :, column]]
    if side == 0:
        return Face(int(column), "low"), between(float(outside.max()), float(within.min()))
    return Face(int(column), "high"), between(float(outside.min()), float(within.max()))


def _next_up(ordered: Array, step: int) -> Array:
    """The lowest value of each column that is kept when at least one level, and about `step` members, are given up."""
    limits: Array = ordered[step].copy()
    for column in np.flatnonzero(limits == ordered[0]):
        above = int(np.searchsorted(ordered[:, column], ordered[0, column], side="right"))
        limits[column] = ordered[above, column] if above < len(ordered) else inf
    return limits


def pasted(box: Box, points: Array, fails: Flags, alpha: float = ALPHA) -> Box:
    """The box widened, limit by limit, as long as that costs no density: peeling is greedy, and cuts too far.

    It goes on in steps of a quarter and of a sixteenth, so that a limit stands where density ends and not where a whole
    step did. points: factor values [member, factor]; fails: [member].
    """
    for part in (alpha, alpha / 4.0, alpha / 16.0):
        box = _pasted(box, points, fails, part)
    return box


def _pasted(box: Box, points: Array, fails: Flags, alpha: float) -> Box:
    while box.faces:
        within = box.inside(points)
        density = float(fails[within].mean()) if within.any() else 0.0
        step = max(int(alpha * int(within.sum())), 1)
        wider = [_widened(box, face, points, within, step) for face in box.faces]
        held = [one.inside(points) for one in wider]
        ranks = [(float(fails[inside].mean()) if inside.any() else 0.0, int(inside.sum())) for inside in held]
        best = max(range(len(wider)), key=ranks.__getitem__)
        if ranks[best][0] < density:
            break
        box = wider[best]
    return box


def _widened(box: Box, face: Face, points: Array, within: Flags, step: int) -> Box:
    """The box once about `step` more members are taken in beyond one of its limits."""
    sign = 1.0 if face.side == "low" else -1.0
    beyond = sign * points[box.without(face).inside(points) & ~within, face.column]
    if len(beyond) <= step:
        return box.without(face)
    last = float(np.partition(beyond, len(beyond) - step)[len(beyond) - step])
    further = beyond[beyond < last]
    if not len(further):
        return box.without(face)
    return box.moved(face, between(sign * float(further.max()), sign * last))
