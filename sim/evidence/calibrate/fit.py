"""Base rates of a county from its two censuses: few parameters, priors, least squares."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.batch import Belief, Fits, Ran, fit_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, LOOSE, LOOSER, NAMES, Figures, figures_of_rows
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade, Lanes, end, lanes_of
from sim.evidence.calibrate.shaken import shaken, spread_of
from sim.model.arrays import Array
from sim.places.census import CensusRow

MOST: Final = 200
"""Steps after which a search is given up."""


@quickclass(frozen=True, slots=True)
class Observation:
    """A figure of the second census beside what the run gives [persons]."""

    name: str
    observed: float
    fitted: float

    @property
    def error(self) -> float:
        """Relative error of the run [1]."""
        return self.fitted / self.observed - 1.0


@quickclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters that best reproduce the second census, their posterior, and what they leave unexplained.

    parameters [theta]; covariance [theta, theta] of the Laplace approximation; pop: persons at the second census;
    drawn: parameters of fits to shaken figures [draw, theta], of which there may be none.
    """

    parameters: Array
    covariance: Array
    observations: tuple[Observation, ...]
    pop: Array
    drawn: Array

    @property
    def spread(self) -> Array:
        """Covariance of the parameters [theta, theta]: of fits to shaken figures; without them the approximation."""
        return spread_of(self.drawn) if len(self.drawn) else self.covariance


def fit(decade: Decade, second: CensusRow, draws: int = 0, ran: Ran | None = None) -> Fit:
    """Fit the parameters so that a run from the first census gives the second one.

    draws: how many times figures and prior are shaken and fitted again; ran: is told of the decades that were run.
    """
    lanes, target = county(decade), figures_of_rows([second]).without(HOUSEHOLDS)
    found = search(lanes, target, ran=ran)
    known = np.flatnonzero(target.known[0])
    observations = tuple(
        Observation(NAMES[figure], float(np.exp(target.logs[0, figure])), float(found.fitted[0, figure]))
        for figure in known
    )
    again = drawn(lanes, target, found, draws, jobs=2, ran=ran)[0]
    return Fit(found.parameters[0], found.covariance[0], observations, end(lanes, found.parameters)[0], again)


def search(lanes: Lanes, target: Figures, jobs: int = 1, ran: Ran | None = None) -> Fits:
    """The fit of every lane as a county of its own.

    Figures are first met loosely: a search for all of them at once can end where a rate has reached its bound.
    """
    belief = _belief(lanes)
    begin: Array | None = None
    for wider in (LOOSER, LOOSE):
        begin = fit_many(lanes, target.loosened(wider), belief, jobs, begin=begin, ran=ran).parameters
    return fit_many(lanes, target, belief, jobs, most=MOST, begin=begin, ran=ran)


def _belief(lanes: Lanes) -> Belief:
    """What is believed of the parameters of every lane before its second census."""
    deviations = np.array([parameter.deviation for parameter in FREE_PARAMETERS])
    return Belief(np.zeros((len(lanes.rows), len(deviations))), np.diag(deviations**-2.0))


def drawn(lanes: Lanes, target: Figures, found: Fits, draws: int, jobs: int = 1, ran: Ran | None = None) -> Array:
    """Parameters of fits to shaken figures, of every lane as a county of its own [lane, draw, theta]."""
    return shaken(lanes, target, found, _belief(lanes), draws, jobs=jobs, ran=ran)


def county(decade: Decade) -> Lanes:
    """One county as a batch of one, with the parameters of its fit."""
    return lanes_of([decade], [None], FREE_PARAMETERS)
