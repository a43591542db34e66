"""Sensitivity indices of one output, by the method that fits the design it was drawn with."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.model.arrays import Array, Integers

METHODS: Final = {
    "saltelli": ("sobol", "delta", "pawn"),
    "morris": ("morris",),
    "fast": ("fast",),
    "latin": ("delta", "pawn"),
    "sobol": ("delta", "pawn"),
    "grid": ("anova",),
    "one_at_a_time": ("swing",),
}
"""Methods that suit each design, the usual one first."""

LEADING: Final = {
    "sobol": "total",
    "fast": "total",
    "anova": "total",
    "morris": "mu_star",
    "delta": "delta",
    "pawn": "pawn",
    "swing": "swing",
}
"""The index that factors are ranked by."""

_LEVEL: Final = 0.95
_RESAMPLES: Final = 100
_DELTA_RESAMPLES: Final = 20
"""Fewer, because each takes as long as a hundred of the others."""
_SEED: Final = 2020


@dataclass(frozen=True, slots=True)
class Index:
    """An index of every factor. half: half the width of its 95% interval (NaN: the method gives none)."""

    name: str
    values: Array
    half: Array


def indices(method: str, points: Array, outcome: Array, levels: int = 4) -> tuple[Index, ...]:
    """Sensitivity indices of an output [1; morris and swing in the output's unit], one array entry a factor.

    points: where members stand in the unit cube, in the order of their design [member, factor]; outcome: finite
    values [member]. sobol: first and total (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018); fast: the same
    by frequencies (doi:10.1080/00401706.1999.10485594); morris: mu_star and sigma
    (doi:10.1016/j.envsoft.2006.10.004); delta (doi:10.1016/j.ejor.2012.11.047); pawn
    (doi:10.1016/j.envsoft.2018.07.019); anova: exact over the levels of a full grid; swing: largest less smallest
    result with all other factors at their base. Raises ValueError for values that are no numbers, or all the same.
    """
    if not np.isfinite(outcome).all():
        raise ValueError("an output has values that are no numbers")
    if len(outcome) == 0 or np.ptp(outcome) == 0.0:
        raise ValueError("an output is the same in all members")
    found = _METHODS[method](points, outcome, levels)
    if any(not np.isfinite(index.values).all() for index in found):
        raise ValueError(f"{method} cannot be computed from so few members")
    return found


def _problem(points: Array) -> dict[str, Any]:
    n = points.shape[1]
    return {"num_vars": n, "names": [f"x{i}" for i in range(n)], "bounds": [[0.0, 1.0]] * n}


@contextmanager
def _quiet() -> Iterator[None]:
    """Some of SALib seeds NumPy's own generator and rewires warnings: both are put back."""
    state, formatted = np.random.get_state(), warnings.formatwarning  # noqa: NPY002
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
        warnings.formatwarning = formatted


def _sobol(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    from SALib.analyze import sobol  # noqa: PLC0415  (takes a second)

    with _quiet():
        found = sobol.analyze(
            _problem(points), outcome, calc_second_order=False, num_resamples=_RESAMPLES, conf_level=_LEVEL, seed=_SEED
        )
    return _of(found, "first", "S1"), _of(found, "total", "ST")


def _fast(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    from SALib.analyze import fast  # noqa: PLC0415

    with _quiet():
        found = fast.analyze(_problem(points), outcome, num_resamples=_RESAMPLES, conf_level=_LEVEL, seed=_SEED)
    return _of(found, "first", "S1"), _of(found, "total", "ST")


def _morris(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:
    from SALib.analyze import morris  # noqa: PLC0415

    with _quiet():
        found = morris.analyze(
            _problem(points), points, outcome, num_resamples=1000, conf_level=_LEVEL, num_levels=levels, seed=_SEED
        )
    sigma = np.asarray(found["sigma"], dtype=np.float64)
    return _of(found, "mu_star", "mu_star"), Index("sigma", sigma, np.full(sigma.shape, np.nan))


def _delta(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    from SALib.analyze import delta  # noqa: PLC0415

    with _quiet():
        found = delta.analyze(
            _problem(points), points, outcome, num_resamples=_DELTA_RESAMPLES, conf_level=_LEVEL, seed=_SEED
        )
    return _of(found, "delta", "delta_raw"), _of(found, "first", "S1")


def _pawn(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    from SALib.analyze import pawn  # noqa: PLC0415

    def medians(rows: Integers) -> Array:
        return np.asarray(pawn.analyze(_problem(points), points[rows], outcome[rows], S=10)["median"])

    random = np.random.default_rng(_SEED)
    with _quiet():
        everyone = medians(np.arange(len(outcome)))
        resampled = np.stack([medians(random.integers(len(outcome), size=len(outcome))) for _ in range(20)])
    return (Index("pawn", everyone, 1.96 * resampled.std(axis=0, ddof=1)),)


def _anova(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    """Shares of variance over a full grid; nothing is estimated, so that there is no interval."""
    positions = [np.unique(points[:, column], return_inverse=True) for column in range(points.shape[1])]
    shape = tuple(len(known) for known, _ in positions)
    if np.prod(shape) != len(outcome):
        raise ValueError("the grid is not whole")
    cube = np.empty(shape)
    cube[tuple(inverse for _, inverse in positions)] = outcome
    axes = range(len(shape))
    whole = cube.var()
    first = [cube.mean(axis=tuple(a for a in axes if a != axis)).var() / whole for axis in axes]
    total = [1.0 - cube.mean(axis=axis).var() / whole for axis in axes]
    none = np.full(len(shape), np.nan)
    return Index("first", np.array(first), none), Index("total", np.array(total), none)


def _swing(points: Array, outcome: Array, levels: int) -> tuple[Index, ...]:  # noqa: ARG001
    base = points[0]
    swings = []
    for column in range(points.shape[1]):
        others = [other for other in range(points.shape[1]) if other != column]
        alone = (points[:, others] == base[others]).all(axis=1)
        swings.append(np.ptp(outcome[alone]))
    return (Index("swing", np.array(swings), np.full(len(swings), np.nan)),)


def _of(found: Any, name: str, key: str) -> Index:
    values = np.array([float(value) for value in found[key]])
    return Index(name, values, np.array([float(value) for value in found[f"{key}_conf"]]))


_METHODS: Final[dict[str, Callable[[Array, Array, int], tuple[Index, ...]]]] = {
    "sobol": _sobol,
    "fast": _fast,
    "morris": _morris,
    "delta": _delta,
    "pawn": _pawn,
    "anova": _anova,
    "swing": _swing,
}
