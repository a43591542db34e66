"""Learning knobs across counties, and what is then expected of a county from one census."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, OUTSIDE_HUKOU
from sim.base_year import base_year
from sim.calibrate.batch import STEP, Belief, fit_many, run_many, slopes
from sim.calibrate.correction import Correction, closing, correction, gap_columns
from sim.calibrate.figures import LOOSE, LOOSER, Figures, figures_of_rows
from sim.calibrate.hierarchy import Groups, Learnt, Linear, learn
from sim.calibrate.lanes import Lanes, lanes_of
from sim.calibrate.learnt_knobs import LEARNT_KNOBS, deviations
from sim.calibrate.replay import Decade
from sim.census import CensusRow
from sim.national import National

Array = NDArray[np.float64]
Rows = NDArray[np.int64]

ARRIVING: Final = 0.10
LEAST_ARRIVING: Final = 5e-4
"""Outsiders arriving a year before any knob: share of those there, and at least this share of residents."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Counties with both censuses: the base year of each, figures of the first and second census, and their groups."""

    rows: tuple[CensusRow, ...]
    lanes: Lanes
    base: Figures
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
    lanes = lanes_of_rows(first, years, national)
    return Sample(tuple(first), lanes, figures_of_rows(first), figures_of_rows(second), groups)


def own_fits(of: Sample, jobs: int = 2) -> Linear:
    """Each county made linear near the knobs that its own two censuses ask for (of no other county's)."""
    unit = deviations()
    belief = Belief(np.zeros((len(of.rows), len(unit))), np.diag(unit**-2.0))
    smooth = fit_many(of.lanes, of.target.loosened(LOOSER), belief, jobs, most=6)
    close = fit_many(of.lanes, of.target.loosened(LOOSE), belief, jobs, most=8, begin=smooth.knobs)
    return Linear(close.knobs / unit, np.log(np.maximum(close.fitted, 1.0)), close.slopes * unit)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was learnt across counties: how knobs depend on the base year, and what runs with them still miss."""

    learnt: Learnt
    correction: Correction


def learn_from(of: Sample, own: Linear, columns: Array, rows: Rows, jobs: int = 2) -> Knowledge:
    """Learn from some counties of a sample, [row] of it; nothing of the others enters.

    own: as `own_fits` gives it for the whole sample; columns: of the regression, for the whole sample.
    """
    target, x = of.target.take(rows), columns[rows]
    groups = Groups(tuple(of.groups.prefecture[i] for i in rows), tuple(of.groups.kind[i] for i in rows))
    found = learn(Linear(own.knobs[rows], own.logs[rows], own.slopes[rows]), target, x, groups)
    run = np.log(np.maximum(run_many(of.lanes.take(rows), found.left_out * deviations(), jobs), 1.0))
    districts = np.array([kind == "district" for kind in groups.kind])
    return Knowledge(found, correction(gap_columns(x, run, of.base.take(rows), districts), run, target))


def expected_knobs(of: Knowledge, sample: Sample, columns: Array, rows: Rows, jobs: int = 2) -> Array:
    """Scaled knobs [row, knob] expected of some counties of a sample, from their first census alone."""
    lanes, kinds = sample.lanes.take(rows), [sample.groups.kind[i] for i in rows]
    at = linear_at(lanes, of.learnt.knobs(columns[rows]), jobs)
    districts = np.array([kind == "district" for kind in kinds])
    gaps = of.correction.gaps(gap_columns(columns[rows], at.logs, sample.base.take(rows), districts))
    return at.knobs + closing(at.slopes, of.learnt.spread, gaps)


def linear_at(lanes: Lanes, knobs: Array, jobs: int = 2) -> Linear:
    """Runs made linear at these scaled knobs [lane, knob]."""
    unit = deviations()
    fitted = run_many(lanes, knobs * unit, jobs)
    each = slopes(lanes, knobs * unit, fitted, unit * STEP, np.arange(len(knobs)), jobs)
    return Linear(knobs, np.log(np.maximum(fitted, 1.0)), each * unit)
