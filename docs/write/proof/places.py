"""Simulation-based calibration: parameters from the prior, data made by the model, and how their posteriors cover them.

Talts, Betancourt, Simpson, Vehtari & Gelman 2018, doi:10.48550/arXiv.1804.06788: where data are made as the fit
supposes, the place of the truth in its posterior is uniform. With a normal posterior that place is
Φ((truth − mean)/deviation). Places of the parameters of one data set are not independent; those of the posterior's
own independent directions are, and so say more with fewer data sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtr, kolmogorov, ndtr, stdtrit

from sim.evidence.calibrate.batch import run_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, Figures, figures_of_rows
from sim.evidence.calibrate.fit import county, drawn, search
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade
from sim.evidence.calibrate.shaken import spread_of
from sim.model.arrays import Array
from sim.places.census import CensusRow

BANDS: Final = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Places:
    """Where truths lie in their posteriors (0: below, 1: above).

    names: of the parameters; places: by parameter [replicate, parameter]; apart: along independent directions of each
    posterior [replicate, direction]; fixed: along directions that are the same for all [replicate, direction], of
    which there may be none; together: of all parameters at once, from the middle outwards [replicate].
    """

    names: tuple[str, ...]
    places: Array
    apart: Array
    fixed: Array
    together: Array

    @property
    def replicates(self) -> int:
        """How many data sets were made and fitted."""
        return len(self.places)

    def coverage(self, band: float) -> Array:
        """Share of truths in the central band of their posterior, by parameter [1]."""
        inside = np.abs(self.places - 0.5) <= 0.5 * band
        return np.asarray(inside.mean(axis=0), dtype=np.float64)

    def mean_coverage(self, band: float) -> tuple[float, float]:
        """Share of truths in the band, all parameters together, and its standard error between replicates [1]."""
        each = (np.abs(self.places - 0.5) <= 0.5 * band).mean(axis=1)
        return float(each.mean()), float(each.std(ddof=1) / np.sqrt(self.replicates))

    def joint_coverage(self, band: float) -> float:
        """Share of truths in the central band along independent directions, all together [1]."""
        return float((np.abs(self.apart - 0.5) <= 0.5 * band).mean())

    def fixed_coverage(self, band: float) -> float:
        """Share of truths in the central band along fixed directions [1]; NaN where there are none."""
        return float((np.abs(self.fixed - 0.5) <= 0.5 * band).mean()) if self.fixed.size else float("nan")

    def together_coverage(self, band: float) -> float:
        """Share of truths in the ellipsoid of all parameters that holds this share of the posterior [1]."""
        return float((self.together <= band).mean())

    def joint_distance(self) -> float:
        """Kolmogorov–Smirnov distance of all independent directions together from uniform [1]."""
        return float(distances(self.apart.reshape(-1, 1))[0])

    def chances(self) -> Array:
        """Probability of a distance from uniform as large as each parameter's, were it uniform [1] (asymptotic)."""
        return np.asarray(kolmogorov(np.sqrt(self.replicates) * distances(self.places)), dtype=np.float64)


def distances(places: Array) -> Array:
    """Kolmogorov–Smirnov distance of places [replicate, parameter] from uniform, by parameter [1]."""
    count = len(places)
    ordered = np.sort(places, axis=0)
    steps = np.arange(count + 1)[:, np.newaxis] / count
    return np.asarray(np.maximum(steps[1:] - ordered, ordered - steps[:-1]).max(axis=0), dtype=np.float64)


def mean_tolerance(error: float, replicates: int, chance: float) -> float:
    """How far a mean of replicates with that standard error may be off with at most about this chance [1] (Student)."""
    return error * float(stdtrit(replicates - 1.0, 1.0 - 0.5 * chance))


def coverage_tolerance(band: float, truths: int, chance: float) -> float:
    """How far the share of independent truths in a band may be off with at most this chance [1] (Bernstein)."""
    variance, log = band * (1.0 - band), float(np.log(2.0 / chance))
    a = 2.0 * log / (3.0 * truths)
    return 0.5 * (a + float(np.sqrt(a * a + 8.0 * variance * log / truths)))


def distance_tolerance(truths: int, chance: float) -> float:
    """Distance from uniform that independent truths pass with at most this chance [1].

    Dvoretzky–Kiefer–Wolfowitz with the constant of Massart 1990, doi:10.1214/aop/1176990746.
    """
    return float(np.sqrt(np.log(2.0 / chance) / (2.0 * truths)))


def normal_places(
    names: Sequence[str], truth: Array, mean: Array, covariance: Array, directions: Array | None = None
) -> Places:
    """Places of truths [replicate, parameter] in normal posteriors.

    mean [replicate, parameter]; covariance [replicate, parameter, parameter]; directions [direction, parameter]: along
    which truths are looked at besides.
    """
    off = truth - mean
    apart = np.linalg.solve(np.linalg.cholesky(covariance), off[..., np.newaxis])[..., 0]
    along = np.zeros((0, truth.shape[1])) if directions is None else directions
    return Places(
        tuple(names),
        np.asarray(ndtr(off / np.sqrt(np.einsum("ikk->ik", covariance)))),
        np.asarray(ndtr(apart)),
        np.asarray(ndtr((off @ along.T) / np.sqrt(np.einsum("dk,ikl,dl->id", along, covariance, along)))),
        np.asarray(chdtr(truth.shape[1], (apart**2).sum(axis=1))),
    )


def county_places(
    decade: Decade, second: CensusRow, replicates: int, seed: int, jobs: int = 2, draws: int = 0
) -> Places:
    """The proof of one county's fit. draws: of fits to shaken figures, as rates have them; 0: the normal at the fit.

    Parameters are drawn from their prior; the decade is run with them; its figures are given the errors that the fit
    supposes (of the figures that `second` has); and each is fitted as a county of its own.
    """
    deviations = np.array([parameter.deviation for parameter in FREE_PARAMETERS])
    rng = np.random.default_rng(seed)
    truth = rng.standard_normal((replicates, len(FREE_PARAMETERS))) * deviations
    lanes = county(decade).take(np.zeros(replicates, dtype=np.int64))
    census = figures_of_rows([second]).without(HOUSEHOLDS)
    weights = np.repeat(census.weights, replicates, axis=0)
    errors = np.divide(1.0, weights, out=np.zeros_like(weights), where=weights > 0.0)
    made = np.log(np.maximum(run_many(lanes, truth, jobs), 1.0))
    target = Figures(made + errors * rng.standard_normal(made.shape), weights)
    found = search(lanes, target, jobs)
    spread = spread_of(drawn(lanes, target, found, draws, jobs)) if draws else found.covariance
    directions = _directions(search(county(decade), census, jobs).covariance[0], deviations)
    names = [parameter.name for parameter in FREE_PARAMETERS]
    return normal_places(names, truth, found.parameters, spread, directions)


def _directions(covariance: Array, deviations: Array) -> Array:
    """Independent directions of the county's own posterior [direction, parameter], sharpest first."""
    _, columns = np.linalg.eigh(covariance / np.outer(deviations, deviations))
    found: Array = columns.T / deviations
    return found
