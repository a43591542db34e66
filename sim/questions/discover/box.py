"""Boxes: limits on some of the factors, and what is inside them."""

from collections.abc import Iterable, Sequence
from math import inf, isinf
from typing import Literal

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags

Side = Literal["low", "high"]


@quickclass(frozen=True, slots=True)
class Face:
    """One limit of a box: the factor's column, and whether it is its lower or its upper one."""

    column: int
    side: Side


@quickclass(frozen=True, slots=True)
class Box:
    """Lower and upper limits of all factors, in their order; infinite where a factor is not restricted.

    A member at an upper limit is inside, one at a lower limit is not, so that a limit parts two boxes.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]

    def inside(self, points: Array) -> Flags:
        """Which members are within all limits [member]. points: factor values [member, factor]."""
        within = np.ones(len(points), dtype=np.bool_)
        for face in self.faces:
            values = points[:, face.column]
            within &= values > self.low[face.column] if face.side == "low" else values <= self.high[face.column]
        return within

    @property
    def faces(self) -> tuple[Face, ...]:
        """The limits that there are, by factor, the lower one first."""
        found = []
        for column, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            found += [Face(column, "low")] * (not isinf(low)) + [Face(column, "high")] * (not isinf(high))
        return tuple(found)

    @property
    def columns(self) -> tuple[int, ...]:
        """The factors that are restricted."""
        return tuple(dict.fromkeys(face.column for face in self.faces))

    def limit(self, face: Face) -> float:
        """The value of a limit."""
        return (self.low if face.side == "low" else self.high)[face.column]

    def moved(self, face: Face, limit: float) -> "Box":
        """The box with another limit there."""
        ends = list(self.low if face.side == "low" else self.high)
        ends[face.column] = limit
        return Box(tuple(ends), self.high) if face.side == "low" else Box(self.low, tuple(ends))

    def without(self, face: Face) -> "Box":
        """The box with no limit there."""
        return self.moved(face, -inf if face.side == "low" else inf)


@quickclass(frozen=True, slots=True)
class Shares:
    """What a box, or several together, holds.

    coverage: share of all failures that is inside; density: share of the members inside that fail; mass: share of
    all members that is inside; members and failures: how many are inside.
    """

    coverage: float
    density: float
    mass: float
    members: int
    failures: int


def everything(factors: int) -> Box:
    """The box without limits."""
    return Box((-inf,) * factors, (inf,) * factors)


def shares(within: Flags, fails: Flags) -> Shares:
    """Coverage, density and mass [1] of the members inside (Bryant & Lempert 2010, doi:10.1016/j.techfore.2009.08.002).

    within, fails: [member].
    """
    members, failures, all_failures = int(within.sum()), int((within & fails).sum()), int(fails.sum())
    return Shares(
        coverage=failures / all_failures if all_failures else 0.0,
        density=failures / members if members else 0.0,
        mass=members / len(fails) if len(fails) else 0.0,
        members=members,
        failures=failures,
    )


def inside_any(boxes: Iterable[Box], points: Array) -> Flags:
    """Which members are in at least one of the boxes [member]."""
    within = np.zeros(len(points), dtype=np.bool_)
    for box in boxes:
        within |= box.inside(points)
    return within


def between(one: float, other: float) -> float:
    """The middle of two values, where a limit is put that parts them; the lower one if nothing is between them."""
    low, high = min(one, other), max(one, other)
    middle = low + (high - low) / 2.0
    return middle if middle < high else low


def faces_of(boxes: Sequence[Box]) -> tuple[Face, ...]:
    """The limits of all boxes, each once."""
    return tuple(dict.fromkeys(face for box in boxes for face in box.faces))
