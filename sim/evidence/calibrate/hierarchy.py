"""Parameters of counties as a regression on what their base year shows, with the spread that remains.

The parameters k of a county are drawn around B'x (x: columns of its base year) with a covariance Σ; its second census
is drawn around the run with those parameters, f(k), with errors R. B, Σ and R are learnt from many counties by
expectation–maximisation on runs made linear (Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x);
spreads have heavy tails (Student's t, Lange, Little & Taylor 1989, doi:10.2307/2290063), so that counties
whose boundaries moved do not carry the others away.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.figures import N_AGE, N_FIGURES, Figures
from sim.model.arrays import Array

FREEDOM: Final = 5.0
"""Degrees of freedom of the spread between counties."""

RIDGE: Final = 0.4
"""Spread between counties over the prior variance of the regression's columns [1]."""

ANCHOR: Final = 0.3
"""Weight of the unit prior covariance of scaled parameters, against that of all counties together."""

PASSES: Final = 5
KIND_WEIGHT: Final = 60.0
"""Counties of a kind at which its own spread counts as much as that of all."""

_FIRST_ERRORS: Final = np.array([*[0.08] * N_AGE, 0.01, 0.01, 0.10, 0.15, 0.02])
_LEAST_ERRORS: Final = np.array([*[0.03] * N_AGE, 0.005, 0.005, 0.05, 0.10, 0.005])
_MOST_ERRORS: Final = np.array([*[0.25] * N_AGE, 0.01, 0.01, 0.20, 0.25, 0.02])


@quickclass(frozen=True, slots=True)
class Linear:
    """Linear runs: log figures [county, figure] at parameters [county, theta], and slopes [county, figure, theta]."""

    parameters: Array
    logs: Array
    slopes: Array


@quickclass(frozen=True, slots=True)
class Learnt:
    """The regression of scaled parameters (1: a prior deviation).

    centre [theta]; effects [column, theta]; errors: of the logarithm of each figure [figure]; spread [theta, theta];
    by_kind: the spread of each kind of region.
    """

    centre: Array
    effects: Array
    errors: Array
    spread: Array
    by_kind: dict[str, Array]

    def parameters(self, columns: Array) -> Array:
        """Expected parameters [county, theta] of counties with these columns [county, column]."""
        return np.asarray(self.centre + rowwise(columns, self.effects), dtype=np.float64)


def rowwise(columns: Array, effects: Array) -> Array:
    """What effects [column, result] make of each row [row, column], to the last digit as if it were the only one."""
    found: Array = (columns[:, np.newaxis] @ effects)[:, 0]
    return found


@quickclass(frozen=True, slots=True)
class Groups:
    """How counties belong together: prefecture and kind of each."""

    prefecture: tuple[str, ...]
    kind: tuple[str, ...]


def learn(linear: Linear, target: Figures, columns: Array, groups: Groups) -> Learnt:
    """Learn the regression of scaled parameters from linear runs and second censuses, a row of `columns` a county."""
    counties, parameters = linear.parameters.shape
    expected, spread, errors = np.zeros((counties, parameters)), np.eye(parameters), _FIRST_ERRORS
    weights = np.ones(counties)
    for _ in range(PASSES):
        inferred, posterior = _infer(linear, target, errors, expected, spread)
        centre, effects = _regress(columns, inferred, weights)
        expected = centre + columns @ effects
        left = inferred - expected
        own = _square(left, weights) + posterior.mean(axis=0)
        spread = (own + ANCHOR * np.eye(parameters)) / (1.0 + ANCHOR)
        distance = np.einsum("ik,kl,il->i", left, np.linalg.inv(spread), left)
        weights = (FREEDOM + parameters) / (FREEDOM + distance)
        weights /= weights.mean()
        errors = _errors(linear, target, inferred, posterior)
    honest = left_out(columns, inferred - expected, weights, groups.prefecture, RIDGE)
    by_kind = _spreads(honest, posterior, weights, groups.kind)
    return Learnt(centre, effects, errors, spread, by_kind)


def _infer(linear: Linear, target: Figures, errors: Array, expected: Array, spread: Array) -> tuple[Array, Array]:
    """Mean [county, theta] and covariance [county, theta, theta] of parameters given the second census."""
    weights = target.known / errors**2
    weighted = linear.slopes * weights[..., np.newaxis]
    told = np.matmul(weighted.transpose(0, 2, 1), linear.slopes)
    away = target.logs - linear.logs + np.einsum("ifk,ik->if", linear.slopes, linear.parameters)
    precision = np.linalg.inv(spread)
    covariance = np.linalg.inv(told + precision)
    pull = np.einsum("ifk,if->ik", weighted, away) + expected @ precision
    return np.einsum("ikl,il->ik", covariance, pull), covariance


def _regress(columns: Array, values: Array, weights: Array) -> tuple[Array, Array]:
    """Weighted ridge regression of values [county, theta] on columns: centre [theta], effects [column, theta]."""
    centre = weights @ values / weights.sum()
    weighted = columns * weights[:, np.newaxis]
    normal = weighted.T @ columns + RIDGE * np.eye(columns.shape[1])
    return centre, np.linalg.solve(normal, weighted.T @ (values - centre))


def _square(left: Array, weights: Array) -> Array:
    return np.asarray((left * weights[:, np.newaxis]).T @ left / weights.sum(), dtype=np.float64)


def _errors(linear: Linear, target: Figures, inferred: Array, posterior: Array) -> Array:
    """Errors of the logarithm of each figure that the parameters leave [figure], of the middle half of counties.

    The quartiles, so that a few boundary changes do not count.
    """
    left = target.logs - linear.logs - np.einsum("ifk,ik->if", linear.slopes, inferred - linear.parameters)
    unsure = np.einsum("ifk,ikl,ifl->if", linear.slopes, posterior, linear.slopes)
    found = np.empty(N_FIGURES)
    for figure in range(N_FIGURES):
        known = target.known[:, figure]
        square = left[known, figure] ** 2 + unsure[known, figure]
        found[figure] = np.sqrt(np.minimum(square, 9.0 * np.median(square)).mean()) if known.any() else 1.0
    return np.asarray(np.clip(found, _LEAST_ERRORS, _MOST_ERRORS), dtype=np.float64)


def left_out(columns: Array, left: Array, weights: Array, prefecture: Sequence[str], ridge: float) -> Array:
    """Residuals of each county [county, value] had its prefecture not been in the regression (exact for ridge)."""
    normal = (columns * weights[:, np.newaxis]).T @ columns + ridge * np.eye(columns.shape[1])
    inverse = np.linalg.inv(normal)
    honest = left.copy()
    names = np.array(prefecture)
    for name in np.unique(names):
        rows = np.flatnonzero(names == name)
        leverage = columns[rows] @ inverse @ (columns[rows] * weights[rows, np.newaxis]).T
        honest[rows] = np.linalg.solve(np.eye(len(rows)) - leverage, left[rows])
    return honest


def _spreads(left: Array, posterior: Array, weights: Array, kind: Sequence[str]) -> dict[str, Array]:
    """Spread of the parameters of each kind of region [theta, theta], drawn towards that of all."""
    everyone = _square(left, weights) + posterior.mean(axis=0)
    found = {"": everyone}
    kinds = np.array(kind)
    for name in sorted(set(kind)):
        rows = kinds == name
        own = _square(left[rows], weights[rows]) + posterior[rows].mean(axis=0)
        count = float(rows.sum())
        found[name] = (count * own + KIND_WEIGHT * everyone) / (count + KIND_WEIGHT)
    return found
