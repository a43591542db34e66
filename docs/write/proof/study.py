"""Simulation-based calibration of a study: its own runs are the truth, and its fit has to find them again."""

from dataclasses import replace

import numpy as np

from docs.write.proof.places import Places, normal_places
from sim.evidence.inference.proposal import positions
from sim.evidence.study.fit import Truth, chance_of, fit_to
from sim.evidence.study.model import published_errors, spots, values_of
from sim.evidence.study.read import Study
from sim.model.arrays import Array
from sim.run.case import points


def study_places(study: Study, replicates: int, seed: int, jobs: int = 1) -> Places:
    """Places of truths in their posteriors, by fitted parameter.

    A truth is a draw of the study's scenario, yearly noise and all; its figures get errors as published ones have; the
    study is fitted to them as to published ones.
    """
    of = spots(study)
    case = replace(study.case, seed=seed)
    draws = range(replicates)
    truth = positions(case, points(case, draws), study.paths)[:, : study.n_varied]
    errors = published_errors(study)
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((replicates, len(of))) @ np.linalg.cholesky(errors).T
    made = values_of(study, of, case, draws, jobs) + noise
    chance = chance_of(study, of, jobs)
    means, covariances = [], []
    for figures in made:
        found = fit_to(study, of, Truth(figures, errors + chance.covariance), chance, jobs)
        means.append(found.posterior.mean)
        covariances.append(found.covariance)
    return _as_parameters(study, truth, np.stack(means), np.stack(covariances))


def _as_parameters(study: Study, truth: Array, means: Array, covariances: Array) -> Places:
    """Places in the parameters of the first region, which are the study's inputs joined by its correlation."""
    correlation = study.case.regions[0].correlation
    assert correlation is not None
    root = np.linalg.cholesky(correlation)[: study.n_varied, : study.n_varied]
    spread = root @ covariances @ root.T
    return normal_places(study.varied, truth @ root.T, means @ root.T, spread)
