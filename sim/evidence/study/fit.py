"""The fit of a study: the most probable inputs, their posterior, and whether draws of it can be trusted."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares

from sim.common.quickclass import quickclass
from sim.evidence.inference.distributions import Normal
from sim.evidence.inference.pareto import USABLE, Check
from sim.evidence.inference.sampler import Waves
from sim.evidence.inference.weights import moments
from sim.evidence.study.model import REST, Spot, central, drawn, observed, published_errors, rest, slopes, spots
from sim.evidence.study.read import Study
from sim.evidence.study.stages import SINGLE, Stages
from sim.evidence.texts import tr
from sim.model.arrays import Array

WAVES: Final = 3
WIDER: Final = 1.15
"""How much wider than the approximation the first draws are taken, so that weights stay bounded [1]."""

ENOUGH: Final = 0.5
"""Effective sample size over draws from which the normal at the mode is kept as it is [1]."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A study's fit, in standardized inputs (prior: mean 0, deviation 1, independent).

    mode: the most probable inputs [input]; posterior: the normal that runs are to draw from; slopes: change of each
    figure with each input at the mode [figure, input]; errors: covariance of figures around the run [figure, figure],
    of which `chance` is the runs' own (yearly noise and all that is not fitted); before, after: mean figures of runs at
    the prior's middle and at the mode [figure]; laplace, final: checks of the normal at the mode and of
    `posterior`, where they differ; converged: whether the search ended where the misfit is least.
    """

    spots: tuple[Spot, ...]
    mode: Array
    posterior: Normal
    slopes: Array
    errors: Array
    chance: Array
    before: Array
    after: Array
    laplace: Check
    final: Check
    converged: bool

    @property
    def covariance(self) -> Array:
        """Posterior covariance [input, input]."""
        return np.asarray(self.posterior.factor @ self.posterior.factor.T, dtype=np.float64)

    @property
    def residuals(self) -> Array:
        """Published less fitted [figure], in deviations of the errors."""
        return np.asarray((observed(self.spots) - self.after) / np.sqrt(np.diag(self.errors)), dtype=np.float64)


@quickclass(frozen=True, slots=True)
class Chance:
    """What yearly noise and all that is not fitted do to figures.

    offset: of their mean from the run in which nothing is left to chance [figure]; covariance [figure, figure].
    """

    offset: Array
    covariance: Array


@quickclass(frozen=True, slots=True)
class Truth:
    """What a fit is held against. figures: values [figure]; errors: their covariance around a run [figure, figure]."""

    figures: Array
    errors: Array

    def whitened(self, figures: Array) -> Array:
        """Misfits of runs in independent deviations, [figure] or [draw, figure]."""
        away = np.atleast_2d(figures - self.figures)
        found = np.linalg.solve(np.linalg.cholesky(self.errors), away.T).T
        return np.asarray(found.reshape(np.shape(figures)), dtype=np.float64)


def fit(study: Study, jobs: int = 1, stages: Stages | None = None) -> Fitted:
    """Fit a study: maximum a posteriori by least squares, then the posterior by weighted draws.

    One run without chance, everything at its middle, is fitted: it is smooth, and one run is enough. What chance and
    the inputs not fitted do to figures is added: their mean as an offset, their covariance as an error, both from
    draws around the prior's middle (a synthetic likelihood: Wood 2010, doi:10.1038/nature09319).
    """
    of, told = spots(study), stages or Stages(study, lambda text, share: None)
    chance = chance_of(study, of, jobs)
    told.step(tr("chance reckoned"), REST)
    return fit_to(study, of, Truth(observed(of), published_errors(study) + chance.covariance), chance, jobs, told)


def chance_of(study: Study, of: tuple[Spot, ...], jobs: int = 1) -> Chance:
    """What is left to chance in the figures of a study, around the middle of its prior."""
    start = np.zeros(study.n_varied)
    made = rest(study, of, start, jobs)
    covariance = np.cov(made, rowvar=False).reshape(len(of), len(of))
    return Chance(made.mean(axis=0) - central(study, of, start), covariance)


def fit_to(
    study: Study, of: tuple[Spot, ...], known: Truth, chance: Chance, jobs: int = 1, stages: Stages | None = None
) -> Fitted:
    """The fit to given figures: a simulated truth, or what was published."""
    said = stages or Stages(study, lambda text, share: None)
    start = np.zeros(study.n_varied)
    truth = Truth(known.figures - chance.offset, known.errors)

    runs: dict[bytes, Array] = {}

    def run(at: Array) -> Array:
        if at.tobytes() not in runs:
            runs[at.tobytes()] = central(study, of, at)
        return runs[at.tobytes()]

    def misfit(at: Array) -> Array:
        return np.concatenate([truth.whitened(run(at)), at])

    def jacobian(at: Array) -> Array:
        said.step(tr("{many} runs searched", many=len(runs)), SINGLE * len(at))
        return np.vstack([_whitened_slopes(truth, slopes(study, of, at, run(at))), np.eye(len(at))])

    found = least_squares(misfit, start, jac=jacobian, max_nfev=30, xtol=1e-3, ftol=1e-5, gtol=1e-4)
    at = np.asarray(found.x, dtype=np.float64)
    steep = slopes(study, of, at)
    told = _whitened_slopes(truth, steep)
    normal = Normal(at, _factor(np.linalg.inv(told.T @ told + np.eye(len(at)))))
    laplace, posterior, final = _judged(study, of, truth, normal, jobs, said)
    return Fitted(
        spots=of,
        mode=at,
        posterior=posterior,
        slopes=steep,
        errors=truth.errors,
        chance=chance.covariance,
        before=run(start) + chance.offset,
        after=run(at) + chance.offset,
        laplace=laplace,
        final=final,
        converged=bool(found.success),
    )


def _whitened_slopes(truth: Truth, steep: Array) -> Array:
    return np.asarray(np.linalg.solve(np.linalg.cholesky(truth.errors), steep), dtype=np.float64)


def _factor(covariance: ArrayLike) -> Array:
    return np.asarray(np.linalg.cholesky(np.asarray(covariance, dtype=np.float64)), dtype=np.float64)


def _judged(
    study: Study, of: tuple[Spot, ...], truth: Truth, normal: Normal, jobs: int, stages: Stages
) -> tuple[Check, Normal, Check]:
    """The check of the normal at the mode, the normal to draw from, and its check.

    Where too few draws of the first count, a normal with the moments of weighted draws takes its place if it is better.
    """
    stages.step(tr("fit found"), SINGLE * len(normal.mean))
    laplace = _wave(study, of, truth, normal, 0, jobs).smoothed.check
    stages.step(tr("fit checked"), study.draws)
    if laplace.efficiency >= ENOUGH:
        return laplace, normal, laplace
    best, best_check, current = normal, laplace, Normal(normal.mean, WIDER * normal.factor)
    for wave in range(WAVES):
        stages.more(2 * study.draws)
        wide = _wave(study, of, truth, current, 2 * wave + 1, jobs)
        stages.step(tr("fit checked again"), study.draws)
        found = wide.smoothed
        if found.shape >= USABLE:
            break
        mean, spread = moments(wide.points, found.weights)
        matched = Normal(mean, _factor(spread))
        check = _wave(study, of, truth, matched, 2 * wave + 2, jobs).smoothed.check
        stages.step(tr("fit checked again"), study.draws)
        if check.efficiency <= best_check.efficiency:
            break
        best, best_check, current = matched, check, Normal(mean, WIDER * matched.factor)
    return laplace, best, best_check


def _wave(study: Study, of: tuple[Spot, ...], truth: Truth, proposal: Normal, wave: int, jobs: int) -> Waves:
    block = range(wave * study.draws, (wave + 1) * study.draws)
    points, figures = drawn(study, of, proposal, block, jobs)
    likelihood = np.asarray(-0.5 * (truth.whitened(figures) ** 2).sum(axis=1))
    return Waves((proposal.log_ratio,), points, likelihood)
