"""Where projects stand in every draw: arrays [draw, project] of times in months."""

from dataclasses import fields
from math import isnan
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Integers
from sim.model.projects.records import Dates, Drawn

_ALL: Final = slice(None)


@quickclass(frozen=True, slots=True)
class Draws:
    """What chance made of the projects, each [draw, project]: the fields of `Drawn`."""

    approval: Array
    construction: Array
    opening: Array
    cost: Array
    investment: Array

    def of(self, draw: int, which: Integers | slice = _ALL) -> Drawn:
        """What chance made of some projects in one draw."""
        return Drawn(*(tuple(getattr(self, field.name)[draw, which].tolist()) for field in fields(self)))


@quickclass(frozen=True, slots=True)
class Stages:
    """When projects get through their stages, each [draw, project]: the fields of `Dates`, NaN where not known."""

    approved: Array
    started: Array
    completed: Array
    opened: Array

    def of(self, draw: int, which: Integers | slice = _ALL) -> tuple[Dates, ...]:
        """The dates of some projects in one draw."""
        columns = (getattr(self, field.name)[draw, which].tolist() for field in fields(self))
        return tuple(
            Dates(*(None if isnan(moment) else moment for moment in row)) for row in zip(*columns, strict=True)
        )

    def put(self, draw: int, dates: tuple[Dates, ...], which: Integers | slice = _ALL) -> None:
        """Write the dates of some projects in one draw."""
        for field in fields(self):
            row = [getattr(one, field.name) for one in dates]
            getattr(self, field.name)[draw, which] = [np.nan if value is None else value for value in row]

    def copy(self) -> "Stages":
        """The same in memory of its own."""
        return Stages(*(getattr(self, field.name).copy() for field in fields(self)))

    def among(self, which: slice) -> "Stages":
        """Those of some projects."""
        return Stages(*(getattr(self, field.name)[:, which] for field in fields(self)))
