"""Learning parameters across counties, and what is then expected of a county from one census."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.bands import Bands, bands
from sim.evidence.calibrate.batch import STEP, Belief, fit_many, run_many, slopes
from sim.evidence.calibrate.closing import FARTHEST, closing
from sim.evidence.calibrate.contrasts import contrast_values, known_contrasts
from sim.evidence.calibrate.covariates import Scale, scale_of
from sim.evidence.calibrate.figures import LOOSE, LOOSER, Figures, figures_of_rows
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.hierarchy import Groups, Learnt, Linear, learn
from sim.evidence.calibrate.inputs import Inputs
from sim.evidence.calibrate.replay import Decade, Lanes, lanes_of
from sim.evidence.calibrate.targets import Targets, gaps_of, growth, parts, predictors
from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, OUTSIDE_REGISTRATION
from sim.places.base_year import base_year
from sim.places.census import CensusRow
from sim.places.china.national import National

ARRIVING: Final = 0.10
LEAST_ARRIVING: Final = 5e-4
"""Outsiders arriving a year before any parameter: share of those there, and at least this share of residents."""


@quickclass(frozen=True, slots=True)
class Sample:
    """Counties with both censuses: base years, figures of the first and second census, groups.

    still: logarithms of figures of the run with no parameter changed [county, figure].
    """

    rows: tuple[CensusRow, ...]
    lanes: Lanes
    base: Figures
    target: Figures
    groups: Groups
    still: Array


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


def sample_of(first: Sequence[CensusRow], second: Sequence[CensusRow], national: National, jobs: int = 2) -> Sample:
    """Counties of a first and a second census, in the same order."""
    years = range(first[0].year + 1, second[0].year + 1)
    groups = Groups(tuple(row.code[:4] for row in first), tuple(row.kind for row in first))
    lanes = lanes_of_rows(first, years, national)
    base, target = figures_of_rows(first), figures_of_rows(second)
    return Sample(tuple(first), lanes, base, target, groups, still(lanes, jobs))


def still(lanes: Lanes, jobs: int = 2) -> Array:
    """Logarithms of figures of runs with no parameter changed [lane, figure]."""
    none = np.zeros((len(lanes.rows), len(LEARNT_PARAMETERS)))
    return np.asarray(np.log(np.maximum(run_many(lanes, none, jobs), 1.0)), dtype=np.float64)


def run_scale(run: Array, base: Figures) -> Scale:
    """Scale of the growth that runs without parameters say, over the counties of a census."""
    return scale_of(growth(run, base))


def own_fits(sample: Sample, jobs: int = 2) -> Linear:
    """Each county made linear near the parameters that its own two censuses ask for (of no other county's)."""
    unit = deviations()
    belief = Belief(np.zeros((len(sample.rows), len(unit))), np.diag(unit**-2.0))
    smooth = fit_many(sample.lanes, sample.target.loosened(LOOSER), belief, jobs, most=6)
    close = fit_many(sample.lanes, sample.target.loosened(LOOSE), belief, jobs, most=8, begin=smooth.parameters)
    return Linear(close.parameters / unit, np.log(np.maximum(close.fitted, 1.0)), close.slopes * unit)


@quickclass(frozen=True, slots=True)
class Knowledge:
    """What was learnt, is tested and ships: how parameters depend on the base year, what is expected, how surely."""

    learnt: Learnt
    targets: Targets
    bands: Bands


def learn_from(
    sample: Sample, own: Linear, inputs: Inputs, without: Inputs, scales: dict[int, Scale], rows: Integers
) -> Knowledge:
    """Learn from some counties of a sample, [row] of it; nothing of the others enters.

    own: as `own_fits` gives it for the whole sample; inputs: of the whole sample, and `without` the figures that not
    every county table has; scales: of runs without parameters, by census year.
    """
    target, shown, less = sample.target.take(rows), inputs.take(rows), without.take(rows)
    run = sample.still[rows]
    groups = Groups(tuple(sample.groups.prefecture[i] for i in rows), shown.kinds)
    found = learn(Linear(own.parameters[rows], own.logs[rows], own.slopes[rows]), target, shown.columns, groups)
    gaps, part = gaps_of(target, run), parts(groups.prefecture)
    honest, lesser = np.empty_like(run), np.empty_like(run)
    for number in np.unique(part):
        held, others = np.flatnonzero(part == number), np.flatnonzero(part != number)
        taught = predictors(shown.take(others), run[others], gaps[others], scales)
        honest[held] = taught.logs(shown.take(held), run[held])
        lesser[held] = taught.logs(less.take(held), run[held])
    came = contrast_values(target.logs)
    off, off_less = came - contrast_values(honest), came - contrast_values(lesser)
    wide = bands(shown, off, off_less, known_contrasts(target), part)
    return Knowledge(found, predictors(shown, run, gaps, scales), wide)


def expected_at(known: Knowledge, lanes: Lanes, inputs: Inputs, jobs: int = 2, run: Array | None = None) -> Linear:
    """Scaled parameters [county, theta] expected of counties from their first census alone, and runs there.

    Slopes are those of close by, where the last but one run was. run: of those without parameters, where it is known.
    """
    before = still(lanes, jobs) if run is None else run
    wanted = known.targets.logs(inputs, before)
    at = linear_at(lanes, known.learnt.parameters(inputs.columns), jobs)
    at = linear_at(lanes, _closer(known, at, wanted), jobs)
    parameters = _closer(known, at, wanted)
    logs = np.log(np.maximum(run_many(lanes, parameters * deviations(), jobs), 1.0))
    return Linear(parameters, logs, at.slopes)


def _closer(known: Knowledge, at: Linear, wanted: Array) -> Array:
    """Parameters [county, theta] of which runs come closer to their targets [county, figure]: runs bend."""
    moved = at.parameters + closing(at.slopes, known.learnt.spread, wanted - at.logs)
    return np.asarray(np.clip(moved, -FARTHEST, FARTHEST), dtype=np.float64)


def linear_at(lanes: Lanes, parameters: Array, jobs: int = 2) -> Linear:
    """Runs made linear at these scaled parameters [lane, theta]."""
    unit = deviations()
    fitted = run_many(lanes, parameters * unit, jobs)
    each = slopes(
        lanes, parameters * unit, fitted, unit * STEP, np.arange(len(parameters)), partial(run_many, jobs=jobs)
    )
    return Linear(parameters, np.log(np.maximum(fitted, 1.0)), each * unit)
