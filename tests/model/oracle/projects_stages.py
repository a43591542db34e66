"""Where the projects of one region stand in every group of draws: arrays [group, project] of times in months."""

from dataclasses import dataclass, fields
from math import isnan

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.projects.records import Dates, Drawn


@dataclass(frozen=True, slots=True)
class Draws:
    """What chance made of the projects, each [group, project]: the fields of `Drawn`."""

    approval: Array
    construction: Array
    opening: Array
    cost: Array
    investment: Array

    def at(self, groups: Integers) -> "Draws":
        """The rows of some groups."""
        return Draws(*(np.ascontiguousarray(getattr(self, field.name)[groups]) for field in fields(self)))

    def of(self, group: int) -> Drawn:
        """What chance made of them in one group."""
        return Drawn(*(tuple(getattr(self, field.name)[group].tolist()) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Stages:
    """When projects get through their stages, each [group, project]: the fields of `Dates`, NaN where not known."""

    approved: Array
    started: Array
    completed: Array
    opened: Array

    def of(self, group: int) -> tuple[Dates, ...]:
        """The dates of one group."""
        columns = (getattr(self, field.name)[group].tolist() for field in fields(self))
        return tuple(
            Dates(*(None if isnan(moment) else moment for moment in row)) for row in zip(*columns, strict=True)
        )

    def put(self, group: int, dates: tuple[Dates, ...]) -> None:
        """Write the dates of one group."""
        for field in fields(self):
            row = [getattr(one, field.name) for one in dates]
            getattr(self, field.name)[group] = [np.nan if value is None else value for value in row]


def joined(parts: tuple[Stages, ...]) -> Stages:
    """The stages of the groups of all parts, one after the other."""
    return Stages(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Stages)))
