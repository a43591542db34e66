"""Base rates of a county from its two censuses: few parameters, priors, least squares."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from sim.evidence.calibrate.figures import HOUSEHOLDS, NAMES, errors_of, persons_of_rows
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade, Lanes, end, end_figures, lanes_of
from sim.model.arrays import Array
from sim.places.census import CensusRow


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
    lanes, persons = county(decade), persons_of_rows([second])
    known = [figure for figure in np.flatnonzero(np.isfinite(persons[0])) if figure != HOUSEHOLDS]
    observed, errors = np.maximum(persons[0, known], 1.0), errors_of(persons)[0, known]
    deviations = np.array([parameter.deviation for parameter in FREE_PARAMETERS])

    def figures(parameters: Array) -> Array:
        found: Array = end_figures(lanes, parameters[np.newaxis])[0, known]
        return found

    def residuals(parameters: Array) -> Array:
        return np.concatenate(
            [np.log(np.maximum(figures(parameters), 1.0) / observed) / errors, parameters / deviations]
        )

    solution = least_squares(residuals, np.zeros(len(FREE_PARAMETERS)), x_scale=deviations, max_nfev=200)
    observations = tuple(
        Observation(NAMES[figure], float(before), float(after))
        for figure, before, after in zip(known, observed, figures(solution.x), strict=True)
    )
    slopes = np.asarray(solution.jac, dtype=np.float64)
    covariance = np.asarray(np.linalg.inv(slopes.T @ slopes), dtype=np.float64)
    return Fit(solution.x, covariance, observations, end(lanes, solution.x[np.newaxis])[0])


def county(decade: Decade) -> Lanes:
    """One county as a batch of one, with the parameters of its fit."""
    return lanes_of([decade], [None], FREE_PARAMETERS)
