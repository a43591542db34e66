"""Base rates of a county from its two censuses: few parameters, priors, least squares."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.calibrate.batch import Belief, Fits, fit_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, LOOSE, LOOSER, NAMES, Figures, figures_of_rows
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade, Lanes, end, lanes_of
from sim.model.arrays import Array
from sim.places.census import CensusRow

MOST: Final = 200
"""Steps after which a search is given up."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of the second census beside what the run gives [persons]."""

    name: str
    observed: float
    fitted: float

    @property
    def error(self) -> float:
        """Relative error of the run [1]."""
        return self.fitted / self.observed - 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters that best reproduce the second census, their posterior, and what they leave unexplained.

    parameters [theta]; covariance [theta, theta] of the Laplace approximation; pop: persons at the second census.
    """

    parameters: Array
    covariance: Array
    observations: tuple[Observation, ...]
    pop: Array


def fit(decade: Decade, second: CensusRow) -> Fit:
    """Fit the parameters so that a run from the first census gives the second one."""
    lanes, target = county(decade), figures_of_rows([second]).without(HOUSEHOLDS)
    found = search(lanes, target)
    known = np.flatnonzero(target.known[0])
    observations = tuple(
        Observation(NAMES[figure], float(np.exp(target.logs[0, figure])), float(found.fitted[0, figure]))
        for figure in known
    )
    return Fit(found.parameters[0], found.covariance[0], observations, end(lanes, found.parameters)[0])


def search(lanes: Lanes, target: Figures, jobs: int = 1) -> Fits:
    """The fit of every lane as a county of its own.

    Figures are first met loosely: a search for all of them at once can end where a rate has reached its bound.
    """
    deviations = np.array([parameter.deviation for parameter in FREE_PARAMETERS])
    belief = Belief(np.zeros((len(lanes.rows), len(deviations))), np.diag(deviations**-2.0))
    begin: Array | None = None
    for wider in (LOOSER, LOOSE):
        begin = fit_many(lanes, target.loosened(wider), belief, jobs, begin=begin).parameters
    return fit_many(lanes, target, belief, jobs, most=MOST, begin=begin)


def county(decade: Decade) -> Lanes:
    """One county as a batch of one, with the parameters of its fit."""
    return lanes_of([decade], [None], FREE_PARAMETERS)
