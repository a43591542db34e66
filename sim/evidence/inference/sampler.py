"""The importance sampler: waves of draws, all weighed by a target against the mixture that they came from.

Adaptive multiple importance sampling (Cornuet, Marin, Mira & Robert 2012, doi:10.1111/j.1467-9469.2011.00756.x) with
the weights of the whole mixture (Veach & Guibas 1995, doi:10.1145/218380.218498). What a wave learns of the target, and
when there are enough, is for the caller to say.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import logsumexp

from sim.common.quickclass import quickclass
from sim.evidence.inference.pareto import Smoothed, smoothed
from sim.model.arrays import Array

Density = Callable[[Array], Array]
"""Logarithm of a density at points [draw, input] → [draw], up to a constant that all densities of a sampler share."""


@quickclass(frozen=True, slots=True)
class Waves:
    """Equally many draws of each proposal.

    densities: of the proposals; points [draw, input]; target: logarithm of the density wanted, up to a constant [draw].
    """

    densities: tuple[Density, ...]
    points: Array
    target: Array

    @property
    def count(self) -> int:
        """How many waves."""
        return len(self.densities)

    @property
    def base(self) -> Array:
        """Logarithm of one over the mixture's density at every draw [draw]."""
        logs = np.stack([density(self.points) for density in self.densities])
        return np.asarray(np.log(len(logs)) - logsumexp(logs, axis=0))

    @property
    def logs(self) -> Array:
        """Logarithms of unnormalised weights [draw]."""
        return np.asarray(self.base + self.target)

    @property
    def smoothed(self) -> Smoothed:
        """Weights with a smoothed tail."""
        return smoothed(self.logs)

    def joined(self, more: "Waves") -> "Waves":
        """These waves and more."""
        return Waves(
            (*self.densities, *more.densities),
            np.concatenate([self.points, more.points]),
            np.concatenate([self.target, more.target]),
        )


def adapted(first: Waves, another: Callable[[Waves], Waves], enough: Callable[[Waves], bool]) -> Waves:
    """Waves until they are enough, each taken by `another` from what is known of the target so far."""
    waves = first
    while not enough(waves):
        waves = waves.joined(another(waves))
    return waves
