"""Draws weighed by published figures; where few agree, more are taken where they do.

Importance weights on the draws of the scenario (Doucet, de Freitas & Gordon 2001, doi:10.1007/978-1-4757-3437-9). Where
they are worth too few, adaptive multiple importance sampling (Cornuet, Marin, Mira & Robert 2012,
doi:10.1111/j.1467-9469.2011.00756.x): a normal distribution is fitted to the weighted inputs, softened so that enough
draws count, another wave of draws is taken from it and run, and all are weighed against the mixture they came from
(Veach & Guibas 1995, doi:10.1145/218380.218498). Weights stay bounded, because the first wave is of the prior.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Final

import numpy as np
from scipy.special import ndtri

from sim.common.quickclass import quickclass
from sim.evidence.inference.distributions import Normal, fitted
from sim.evidence.inference.proposal import is_uncertain, movable, moved, positions
from sim.evidence.inference.sampler import Waves, adapted
from sim.evidence.inference.weights import effective, normalised, softened
from sim.model.arrays import Array
from sim.model.draws.rng import uniforms
from sim.model.draws.values import SAMPLED
from sim.run.case import Case, points
from sim.run.experiment import unmoved
from sim.run.lanes import Wanted as Read

Wanted = Sequence[tuple[str, int]]

LEAST_SHARE: Final = 0.1
LEAST_DRAWS: Final = 50
MOST_WAVES: Final = 4


@quickclass(frozen=True, slots=True)
class Outcomes:
    """What is kept of draws: measures by (measure, row) [year, draw], and where their inputs stood.

    xi: independent standard normals of the inputs that can be moved [draw, input]; points: of all inputs
    [region, draw, parameter]; sites: of policies' own uncertainty (0, 1), by site [draw].
    """

    years: tuple[int, ...]
    values: Mapping[tuple[str, int], Array]
    xi: Array
    points: Array
    sites: Mapping[str, Array]

    @property
    def draws(self) -> int:
        """How many draws."""
        return len(self.xi)

    def at(self, measure: str, row: int, year: int) -> Array:
        """A measure of a row of the ensemble in a year [draw]."""
        found: Array = self.values[measure, row][self.years.index(year)]
        return found


@quickclass(frozen=True, slots=True)
class Sample:
    """Draws of all waves with their weights.

    outset: weights before any figure, on the scenario's own draws alone; now: after the figures; both sum to 1 [draw].
    paths: the inputs of `xi`; worth: effective sample size after each wave; least: what was asked for; force: exponent
    of the likelihood that `now` uses, 1 unless even the last wave was worth too little: then the largest at which the
    weights are worth `least` draws, as if all errors were 1/√force times as wide.
    """

    outcomes: Outcomes
    outset: Array
    now: Array
    paths: tuple[str, ...]
    worth: tuple[float, ...]
    least: float
    force: float


def least_effective(draws: int) -> float:
    """The effective sample size below which more draws are taken."""
    return float(min(draws, max(LEAST_SHARE * draws, LEAST_DRAWS)))


def weigh(
    case: Case,
    draws: int,
    wanted: Wanted,
    likelihood: Callable[[Outcomes], Array],
    jobs: int,
    waves: int = MOST_WAVES,
    tell: Callable[[int, float], None] = lambda wave, share: None,
) -> Sample:
    """Run the draws of a case and weigh them; take up to `waves` more waves where the weights are worth too little.

    likelihood: its logarithm for each draw [draw], up to a constant that is the same for all draws; tell: told the
    number of the wave that is run, and the share that is done of all waves that there may be [1].
    """
    paths, least = movable(case), least_effective(draws)
    kept: list[Outcomes] = []
    sizes: list[float] = []

    def wave(block: range, proposal: Normal | None) -> Waves:
        own = case if proposal is None else moved(case, paths, proposal)
        before = len(kept)

        def told(share: float) -> None:
            tell(before + 1, (before + share) / (1 + waves))

        kept.append(_run(own, block, wanted, paths, proposal, jobs, told))
        return Waves((_prior_ratio if proposal is None else proposal.log_ratio,), kept[-1].xi, likelihood(kept[-1]))

    def another(known: Waves) -> Waves:
        base = known.base
        soft = normalised(base + softened(base, known.target, least) * known.target)
        return wave(range(draws * known.count, draws * (known.count + 1)), fitted(known.points, soft))

    def enough(known: Waves) -> bool:
        sizes.append(effective(normalised(known.logs)))
        return sizes[-1] >= least or known.count > waves

    found = adapted(wave(range(draws), None), another, enough)
    base = found.base
    force = softened(base, found.target, least)
    outset = np.zeros(len(found.points))
    outset[:draws] = 1.0 / draws
    now = normalised(base + force * found.target)
    return Sample(reduce(_joined, kept), outset, now, paths, tuple(sizes), least, force)


def _prior_ratio(xi: Array) -> Array:
    """Logarithm of the prior's density over itself [draw]."""
    return np.zeros(len(xi))


def _run(
    case: Case,
    draws: range,
    wanted: Wanted,
    paths: tuple[str, ...],
    proposal: Normal | None,
    jobs: int,
    tell: Callable[[float], None],
) -> Outcomes:
    years, where = case.shown, points(case, draws)
    asked = [Read(measure, row, year) for measure, row in wanted for year in years]
    found = unmoved(case, asked, draws, jobs, tell).astype(np.float64).reshape(len(wanted), len(years), len(draws))
    values = dict(zip(wanted, found, strict=True))
    return Outcomes(years, values, positions(case, where, paths, proposal), where, _sites(case, draws))


def _sites(case: Case, draws: range) -> dict[str, Array]:
    """Where each draw stands in the uncertainty of policies, which no proposal moves."""
    names = {
        setting.key
        for region in case.regions
        for setting in region.settings
        if setting.key not in SAMPLED and setting.dist is not None and setting.intensity
    }
    return {name: uniforms(case.seed, name, draws)[:, 0] for name in sorted(names)}


def _joined(first: Outcomes, second: Outcomes) -> Outcomes:
    return Outcomes(
        first.years,
        {key: np.concatenate([first.values[key], second.values[key]], axis=1) for key in first.values},
        np.concatenate([first.xi, second.xi]),
        np.concatenate([first.points, second.points], axis=1),
        {name: np.concatenate([first.sites[name], second.sites[name]]) for name in first.sites},
    )


def standings(case: Case, sample: Sample, lanes: Sequence[int]) -> dict[str, Array]:
    """Each uncertain input in deviations from its own middle, the mean over some regions, by path or site [draw]."""
    found: dict[str, list[Array]] = {}
    for lane in lanes:
        region = case.regions[lane]
        own = np.eye(len(sample.paths))
        if sample.paths and region.correlation is not None and region.correlation_paths:
            held = len(region.correlation_paths)
            own[:held, :held] = np.linalg.cholesky(region.correlation)
        z = sample.outcomes.xi @ own.T
        for column, path in enumerate(sample.paths):
            found.setdefault(path, []).append(z[:, column])
        for path in _unmoved(case, sample.paths):
            found.setdefault(path, []).append(ndtri(sample.outcomes.points[lane][:, SAMPLED.index(path)]))
    together = {path: np.mean(np.stack(rows), axis=0) for path, rows in found.items()}
    return together | {site: ndtri(at) for site, at in sample.outcomes.sites.items()}


def _unmoved(case: Case, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Sampled inputs with an uncertainty that a proposal leaves as it is."""
    return tuple(path for path in SAMPLED if path not in paths and is_uncertain(case, path))
