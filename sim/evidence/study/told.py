"""What a study's figures tell of each parameter: prior and posterior, in the parameters' own terms."""

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.inference.identifiability import Identifiability, identifiability
from sim.evidence.study.fit import Fitted
from sim.evidence.study.model import widened
from sim.evidence.study.read import Study
from sim.model.arrays import Array
from sim.model.draws.values import SAMPLED
from sim.model.registry import PARAMETERS
from sim.run.case import RegionCase

assert set(SAMPLED) <= set(PARAMETERS)


@quickclass(frozen=True, slots=True)
class Moved:
    """A parameter before and after, mean over the regions.

    shift: of its middle, in prior deviations; left: posterior over prior deviation [1].
    """

    path: str
    shift: float
    left: float


def told(study: Study, found: Fitted) -> Identifiability:
    """What the figures told of the fitted parameters, mean over the regions."""
    n = study.n_varied
    before, after = np.zeros((n, n)), np.zeros((n, n))
    for region in study.case.regions:
        root = _root(region)[:n, :n]
        before += root @ root.T / len(study.case.regions)
        after += root @ found.covariance @ root.T / len(study.case.regions)
    return identifiability([PARAMETERS[path].name for path in study.varied], before, after)


def moved_parameters(study: Study, found: Fitted) -> tuple[Moved, ...]:
    """All inputs of the posterior, those that moved most first."""
    whole = widened(study, found.posterior)
    shifts, left = np.zeros(len(study.paths)), np.zeros(len(study.paths))
    for region in study.case.regions:
        root = _root(region)
        shifts += root @ whole.mean / len(study.case.regions)
        left += np.sqrt(((root @ whole.factor) ** 2).sum(axis=1)) / len(study.case.regions)
    made = [Moved(path, float(shift), float(rest)) for path, shift, rest in zip(study.paths, shifts, left, strict=True)]
    return tuple(sorted(made, key=lambda one: -abs(one.shift)))


def _root(region: RegionCase) -> Array:
    assert region.correlation is not None
    return np.asarray(np.linalg.cholesky(region.correlation), dtype=np.float64)
