"""What the first census shows of counties, as learning and forecasting take it."""

from collections.abc import Sequence

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.design import Design
from sim.evidence.calibrate.figures import Figures, figures_of_rows
from sim.model.arrays import Array, Flags, Integers
from sim.places.census import CensusRow


@quickclass(frozen=True, slots=True)
class Inputs:
    """Counties of one census.

    columns: of the design [county, column], the first `straight` of them covariates taken straight; beyond: which have
    the figures that not every county table has [county]; base: the figures of the census; kinds: of region.
    """

    columns: Array
    straight: int
    beyond: Flags
    base: Figures
    kinds: tuple[str, ...]
    year: int

    @property
    def districts(self) -> Flags:
        """Which counties are districts [county]."""
        return np.array([kind == "district" for kind in self.kinds])

    def take(self, rows: Integers) -> "Inputs":
        """Those of some counties."""
        kinds = tuple(self.kinds[i] for i in rows)
        return Inputs(self.columns[rows], self.straight, self.beyond[rows], self.base.take(rows), kinds, self.year)


def inputs_of(design: Design, rows: Sequence[CensusRow], without: bool = False) -> Inputs:
    """The inputs of rows of one census. without: as if they lacked the figures that not every county table has."""
    known = np.zeros(len(rows), dtype=np.bool_) if without else design.known(rows)
    kinds = tuple(row.kind for row in rows)
    return Inputs(design.columns(rows, without), design.straight, known, figures_of_rows(rows), kinds, rows[0].year)


def together(parts: Sequence[Inputs]) -> Inputs:
    """The counties of many, one after the other; all must be of one census."""
    first = parts[0]
    logs, weights = [one.base.logs for one in parts], [one.base.weights for one in parts]
    return Inputs(
        np.concatenate([one.columns for one in parts]),
        first.straight,
        np.concatenate([one.beyond for one in parts]),
        Figures(np.concatenate(logs), np.concatenate(weights)),
        tuple(kind for one in parts for kind in one.kinds),
        first.year,
    )
