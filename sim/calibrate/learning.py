"""Learning the knobs across counties: runs made linear where they are, learnt from, made linear again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, OUTSIDE_HUKOU
from sim.base_year import base_year
from sim.calibrate.batch import STEP, Belief, fit_many, run_many, slopes
from sim.calibrate.figures import LOOSE, LOOSER, Figures, figures_of_rows
from sim.calibrate.hierarchy import Groups, Learnt, Linear, learn
from sim.calibrate.lanes import Lanes, lanes_of
from sim.calibrate.learnt_knobs import LEARNT_KNOBS, deviations
from sim.calibrate.replay import Decade
from sim.census import CensusRow
from sim.national import National

Array = NDArray[np.float64]
Rows = NDArray[np.int64]

ROUNDS: Final = 2
ARRIVING: Final = 0.10
LEAST_ARRIVING: Final = 5e-4
"""Outsiders arriving a year before any knob: share of those there, and at least this share of residents."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Counties with both censuses: the base year of each, what the second census says, and their groups."""

    rows: tuple[CensusRow, ...]
    lanes: Lanes
    target: Figures
    groups: Groups


def lanes_of_rows(rows: Sequence[CensusRow], years: range, national: National) -> Lanes:
    """Base years of counties from one census alone, ready to live through these years with the learnt knobs."""
    decades = [
        Decade(base_year(row, national).pop, years, arriving(row), national) for row in rows
    ]
    lanes = lanes_of(decades, [row.households for row in rows], LEARNT_KNOBS)
    there = lanes.pop[:, :AWAY, OUTSIDE_HUKOU].sum(axis=(2, 3))
    there += LEAST_ARRIVING * lanes.pop[:, :AWAY].sum(axis=(2, 3, 4))
    shares = there / there.sum(axis=1, keepdims=True)
    return replace(lanes, arrivals=lanes.arrivals.sum(axis=1, keepdims=True) * shares)


def arriving(row: CensusRow) -> float:
    """Outsiders arriving a year [persons], as one census alone suggests."""
    return max(ARRIVING * (row.outside or 0.0), LEAST_ARRIVING * row.resident)


def sample_of(
    first: Sequence[CensusRow], second: Sequence[CensusRow], national: National
) -> Sample:
    """Counties of a first and a second census, in the same order."""
    years = range(first[0].year + 1, second[0].year + 1)
    groups = Groups(tuple(row.code[:4] for row in first), tuple(row.kind for row in first))
    return Sample(tuple(first), lanes_of_rows(first, years, national), figures_of_rows(second), groups)


def own_fits(of: Sample, jobs: int = 2) -> Linear:
    """Each county made linear near the knobs that its own two censuses ask for (of no other county's)."""
    unit = deviations()
    belief = Belief(np.zeros((len(of.rows), len(unit))), np.diag(unit**-2.0))
    smooth = fit_many(of.lanes, of.target.loosened(LOOSER), belief, jobs, most=6)
    close = fit_many(of.lanes, of.target.loosened(LOOSE), belief, jobs, most=8, begin=smooth.knobs)
    return Linear(close.knobs / unit, np.log(np.maximum(close.fitted, 1.0)), close.slopes * unit)


def learn_from(of: Sample, own: Linear, columns: Array, rows: Rows, jobs: int = 2) -> Learnt:
    """Learn from some counties of a sample, [row] of it; nothing of the others enters.

    own: as `own_fits` gives it for the whole sample; columns: of the regression, for the whole sample.
    """
    target, x = of.target.take(rows), columns[rows]
    groups = Groups(tuple(of.groups.prefecture[i] for i in rows), tuple(of.groups.kind[i] for i in rows))
    linear = Linear(own.knobs[rows], own.logs[rows], own.slopes[rows])
    found = learn(linear, target, x, groups)
    for _ in range(1, ROUNDS):
        linear = linear_at(of.lanes.take(rows), found.expected, jobs)
        found = learn(linear, target, x, groups, found)
    return found


def linear_at(lanes: Lanes, knobs: Array, jobs: int = 2) -> Linear:
    """Runs made linear at these scaled knobs [lane, knob]."""
    unit = deviations()
    fitted = run_many(lanes, knobs * unit, jobs)
    each = slopes(lanes, knobs * unit, fitted, unit * STEP, np.arange(len(knobs)), jobs)
    return Linear(knobs, np.log(np.maximum(fitted, 1.0)), each * unit)
