"""Learning parameters across counties, and what is then expected of a county from one census."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.evidence.calibrate.bands import Widths, refined, widths
from sim.evidence.calibrate.batch import STEP, Belief, fit_many, run_many, slopes
from sim.evidence.calibrate.correction import Correction, closing, correction, gap_columns
from sim.evidence.calibrate.drawing import draw_figures, noise
from sim.evidence.calibrate.figures import LOOSE, LOOSER, Figures, figures_of_rows
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.hierarchy import Groups, Learnt, Linear, learn
from sim.evidence.calibrate.replay import Decade, Lanes, lanes_of
from sim.model.arrays import Array, Flags, Integers
from sim.model.axes import AWAY, OUTSIDE_REGISTRATION
from sim.places.base_year import base_year
from sim.places.census import CensusRow
from sim.places.china.national import National

TRIED: Final = 400
TRIAL_DRAWS: Final = 100
TRIAL_SEED: Final = 7
"""Counties and draws of the forecasts that put the widths of bands right."""

ARRIVING: Final = 0.10
LEAST_ARRIVING: Final = 5e-4
"""Outsiders arriving a year before any parameter: share of those there, and at least this share of residents."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Counties with both censuses: the base year of each, figures of the first and second census, and their groups."""

    rows: tuple[CensusRow, ...]
    lanes: Lanes
    base: Figures
    target: Figures
    groups: Groups


def lanes_of_rows(rows: Sequence[CensusRow], years: range, national: National) -> Lanes:
    """Base years of counties from one census alone, ready to live through these years with the learnt parameters."""
    decades = [Decade(base_year(row, national).pop, years, arriving(row), national, row.code) for row in rows]
    lanes = lanes_of(decades, [row.households for row in rows], LEARNT_PARAMETERS)
    there = lanes.pop[:, :AWAY, OUTSIDE_REGISTRATION].sum(axis=(2, 3))
    there += LEAST_ARRIVING * lanes.pop[:, :AWAY].sum(axis=(2, 3, 4))
    shares = there / there.sum(axis=1, keepdims=True)
    return replace(lanes, arrivals=lanes.arrivals.sum(axis=1, keepdims=True) * shares)


def arriving(row: CensusRow) -> float:
    """Outsiders arriving a year [persons], as one census alone suggests."""
    return max(ARRIVING * (row.outside or 0.0), LEAST_ARRIVING * row.resident)


def sample_of(first: Sequence[CensusRow], second: Sequence[CensusRow], national: National) -> Sample:
    """Counties of a first and a second census, in the same order."""
    years = range(first[0].year + 1, second[0].year + 1)
    groups = Groups(tuple(row.code[:4] for row in first), tuple(row.kind for row in first))
    lanes = lanes_of_rows(first, years, national)
    return Sample(tuple(first), lanes, figures_of_rows(first), figures_of_rows(second), groups)


def own_fits(sample: Sample, jobs: int = 2) -> Linear:
    """Each county made linear near the parameters that its own two censuses ask for (of no other county's)."""
    unit = deviations()
    belief = Belief(np.zeros((len(sample.rows), len(unit))), np.diag(unit**-2.0))
    smooth = fit_many(sample.lanes, sample.target.loosened(LOOSER), belief, jobs, most=6)
    close = fit_many(sample.lanes, sample.target.loosened(LOOSE), belief, jobs, most=8, begin=smooth.parameters)
    return Linear(close.parameters / unit, np.log(np.maximum(close.fitted, 1.0)), close.slopes * unit)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was learnt, is tested and ships.

    How parameters depend on the base year, what runs with them still miss, how wide draws are.
    """

    learnt: Learnt
    correction: Correction
    widths: Widths


def learn_from(sample: Sample, own: Linear, columns: Array, rows: Integers, jobs: int = 2) -> Knowledge:
    """Learn from some counties of a sample, [row] of it; nothing of the others enters.

    own: as `own_fits` gives it for the whole sample; columns: of the regression, for the whole sample.
    """
    target, x = sample.target.take(rows), columns[rows]
    groups = Groups(tuple(sample.groups.prefecture[i] for i in rows), tuple(sample.groups.kind[i] for i in rows))
    found, apart = learn(Linear(own.parameters[rows], own.logs[rows], own.slopes[rows]), target, x, groups)
    at = linear_at(sample.lanes.take(rows), apart, jobs)
    around = gap_columns(x, at.logs, sample.base.take(rows), _districts(groups.kind))
    corrected, gaps = correction(around, at.logs, target, groups.prefecture)
    first = widths(found, at, gaps, target, groups.kind)
    return Knowledge(found, corrected, _refined(sample, found, first, at, gaps, rows, jobs))


def _refined(
    sample: Sample, learnt: Learnt, before: Widths, at: Linear, gaps: Array, rows: Integers, jobs: int
) -> Widths:
    """Widths put right by forecasts of some of the counties learnt from, as if their prefecture had been left out."""
    few = np.unique(np.linspace(0, len(rows) - 1, TRIED).astype(np.int64))
    chosen = rows[few]
    kinds = tuple(sample.groups.kind[i] for i in chosen)
    noises = [noise(TRIAL_SEED, sample.rows[i].code, TRIAL_DRAWS) for i in chosen]
    lanes = sample.lanes.take(chosen)
    there = linear_at(lanes, at.parameters[few] + closing(at.slopes[few], learnt.spread, gaps[few]), jobs)
    draws = draw_figures(learnt, before, lanes, there, kinds, noises, jobs)
    return refined(before, draws, sample.target.take(chosen), kinds)


def _districts(kinds: Sequence[str]) -> Flags:
    return np.array([kind == "district" for kind in kinds])


def expected_at(
    known: Knowledge, lanes: Lanes, columns: Array, base: Figures, kinds: Sequence[str], jobs: int = 2
) -> Linear:
    """Scaled parameters [county, theta] expected of counties from their first census alone, and runs there.

    columns: of the regression [county, column]; base: figures of the first census.
    """
    at = linear_at(lanes, known.learnt.parameters(columns), jobs)
    gaps = known.correction.gaps(gap_columns(columns, at.logs, base, _districts(kinds)))
    if not gaps.any():
        return at
    return linear_at(lanes, at.parameters + closing(at.slopes, known.learnt.spread, gaps), jobs)


def linear_at(lanes: Lanes, parameters: Array, jobs: int = 2) -> Linear:
    """Runs made linear at these scaled parameters [lane, theta]."""
    unit = deviations()
    fitted = run_many(lanes, parameters * unit, jobs)
    each = slopes(lanes, parameters * unit, fitted, unit * STEP, np.arange(len(parameters)), jobs)
    return Linear(parameters, np.log(np.maximum(fitted, 1.0)), each * unit)
