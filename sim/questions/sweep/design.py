"""Which members a sweep has: points of a design in the unit cube, and the factor values they stand for."""

import warnings
from collections.abc import Callable
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.model.arrays import Array
from sim.model.draws import normal
from sim.model.draws.sampling import triangular
from sim.questions.sweep.curves import frequencies
from sim.questions.sweep.plan import Factor, Sweep
from sim.questions.sweep.sweep_file import MOST_MEMBERS
from sim.questions.texts import tr

_EDGE: Final = 2.0**-40


def points(sweep: Sweep) -> Array:
    """Where each member stands in the range of each factor (0…1), shape [member, factor].

    latin, sobol: space-filling samples; saltelli: blocks A, AB…, B of Saltelli et al. 2010
    (doi:10.1016/j.cpc.2009.09.018), without second order; morris: trajectories of one step a factor
    (doi:10.1080/00401706.1991.10484804); fast: curves of the extended FAST (doi:10.1080/00401706.1999.10485594).
    Without factors there is one member: the scenario itself. Raises InvalidInput where there would be too many.
    """
    count = _count(sweep)
    if count > MOST_MEMBERS:
        text = tr("{count} members are more than {most_members}", count=count, most_members=MOST_MEMBERS)
        raise InvalidInput([Fault(Place(str(sweep.file)), "design", text)])
    if not sweep.factors:
        return np.empty((1, 0))
    return _KINDS[sweep.kind](sweep)


def values(factors: tuple[Factor, ...], at: Array) -> Array:
    """The value of each factor of each member, in the unit it is written in, shape of `at`."""
    columns = [_value(factor, at[:, index]) for index, factor in enumerate(factors)]
    return np.stack(columns, axis=1) if columns else at.copy()


def _value(factor: Factor, at: Array) -> Array:
    if factor.values:
        position = np.minimum((at * len(factor.values)).astype(np.int64), len(factor.values) - 1)
        return np.array(factor.values)[position]
    dist = factor.dist
    if dist is None:
        if factor.is_integer:
            return factor.low + np.minimum(np.floor(at * (factor.high - factor.low + 1.0)), factor.high - factor.low)
        ranged = np.clip(factor.low + (factor.high - factor.low) * at, factor.low, factor.high)
        return ranged if factor.value is None else np.where(at == _position(factor), factor.value, ranged)
    centre = float(factor.value or 0.0)
    if dist.kind == "triangular":
        return triangular(at, dist.low, centre, dist.high)
    moved: Array = dist.sd * normal.quantiles(np.clip(at, _EDGE, 1.0 - _EDGE))
    return centre * np.exp(moved) if dist.kind == "lognormal" else centre + moved


def _levels(factor: Factor, size: int | None) -> Array:
    """Positions of the levels of a factor in a grid."""
    n = len(factor.values) or size or 1
    if factor.values or factor.dist is not None or n == 1:
        return (np.arange(n) + 0.5) / n
    return np.linspace(0.0, 1.0, n)


def _count(sweep: Sweep) -> int:
    n, size = len(sweep.factors), sweep.size or 1
    if sweep.kind == "grid":
        count = 1
        for factor in sweep.factors:
            count *= len(factor.values) or size
        return count
    return size * {"saltelli": n + 2, "morris": n + 1, "fast": n}.get(sweep.kind, 1)


def _grid(sweep: Sweep) -> Array:
    axes = [_levels(factor, sweep.size) for factor in sweep.factors]
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def _one_at_a_time(sweep: Sweep) -> Array:
    """The base, then each factor moved alone to its listed values or its ends (10% and 90% of a distribution)."""
    base = np.array([_position(factor) for factor in sweep.factors])
    rows = [base]
    for column, factor in enumerate(sweep.factors):
        ends = _levels(factor, None) if factor.values else np.array([0.1, 0.9] if factor.dist else [0.0, 1.0])
        for end in ends:
            if end != base[column]:
                row = base.copy()
                row[column] = end
                rows.append(row)
    return np.stack(rows)


def _position(factor: Factor) -> float:
    """Where the base value of a factor stands in its range."""
    if factor.values:
        return float(_levels(factor, None)[factor.values.index(factor.value) if factor.value in factor.values else 0])
    value = float(factor.value or 0.0)
    if factor.dist is None:
        if factor.is_integer:
            return (value - factor.low + 0.5) / (factor.high - factor.low + 1.0)
        return (value - factor.low) / (factor.high - factor.low)
    if factor.dist.kind != "triangular":
        return 0.5
    low, high = factor.dist.low, factor.dist.high
    return (value - low) / (high - low)


def _latin(sweep: Sweep) -> Array:
    return latin(sweep.seed, len(sweep.factors), sweep.size or 1)


def latin(seed: int, dimensions: int, size: int) -> Array:
    """Points in (0, 1), one in each of `size` equal parts of every dimension, shape [point, dimension].

    McKay, Beckman & Conover 1979, doi:10.1080/00401706.1979.10489755; to the last digit those of SciPy.
    """
    random = np.random.default_rng(seed).spawn(1)[0]
    away = random.uniform(size=(size, dimensions))
    parts = np.tile(np.arange(1, size + 1), (dimensions, 1))
    for of_one in parts:
        random.shuffle(of_one)
    found: Array = (parts.T - away) / size
    return found


def sobol(seed: int, dimensions: int, size: int) -> Array:
    """Scrambled Sobol points in (0, 1), shape [point, dimension] (Owen 1998, doi:10.1006/jcom.1998.0487)."""
    from scipy.stats import qmc  # noqa: PLC0415  (loaded where it is needed)

    sampler = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    with warnings.catch_warnings():
        # a number of points that is no power of two is the user's choice; any prefix stays valid
        warnings.simplefilter("ignore", UserWarning)
        points = sampler.random(size)
    return np.asarray(np.clip(points, _EDGE, 1.0 - _EDGE))


def _sobol(sweep: Sweep) -> Array:
    return sobol(sweep.seed, len(sweep.factors), sweep.size or 1)


def _saltelli(sweep: Sweep) -> Array:
    n = len(sweep.factors)
    pairs = sobol(sweep.seed, 2 * n, sweep.size or 1)
    first, second = pairs[:, :n], pairs[:, n:]
    mixed = np.repeat(first[:, np.newaxis], n, axis=1)
    for column in range(n):
        mixed[:, column, column] = second[:, column]
    blocks = np.concatenate([first[:, np.newaxis], mixed, second[:, np.newaxis]], axis=1)
    return blocks.reshape(-1, n)


def _morris(sweep: Sweep) -> Array:
    """Trajectories over the levels of each factor; a step is half of its levels."""
    n, size = len(sweep.factors), sweep.size or 1
    random = np.random.default_rng(sweep.seed)
    levels = [_levels(factor, sweep.levels) for factor in sweep.factors]
    steps = np.array([len(at) // 2 for at in levels])
    low = random.integers(np.array([len(at) for at in levels]) - steps, size=(size, n))
    upwards = random.random((size, n)) < 0.5
    turn = np.argsort(random.random((size, n)), axis=1)
    moved = np.arange(n + 1)[:, np.newaxis] > turn[:, np.newaxis]
    place = low[:, np.newaxis] + steps * (moved == upwards[:, np.newaxis])
    return np.stack([at[place[..., column]] for column, at in enumerate(levels)], axis=2).reshape(-1, n)


def _fast(sweep: Sweep) -> Array:
    """A curve for each factor, on which it swings fast and the others slowly, each from a phase of its own."""
    n, size = len(sweep.factors), sweep.size or 1
    random = np.random.default_rng(sweep.seed)
    own, others = frequencies(size, n)
    curves = []
    for column in range(n):
        rates = np.insert(others, column, own)
        angle = 2.0 * np.pi * (np.arange(size)[:, np.newaxis] / size * rates + random.random(n))
        curves.append(0.5 + np.arcsin(np.sin(angle)) / np.pi)
    return np.concatenate(curves)


_KINDS: Final[dict[str, Callable[[Sweep], Array]]] = {
    "grid": _grid,
    "one_at_a_time": _one_at_a_time,
    "latin": _latin,
    "sobol": _sobol,
    "saltelli": _saltelli,
    "morris": _morris,
    "fast": _fast,
}
