"""The few combinations of figures that forecasts are judged by, and how to move parameters so that only they change."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, RESIDENT, URBAN, Figures
from sim.model.arrays import Array, Flags
from sim.places.census import AGE_STARTS

CONTRASTS: Final = ("urban share", "residents", "share aged 0–14", "share aged 60 and over", "households")
_STARTS: Final = np.array([*AGE_STARTS, *AGE_STARTS])
_YOUNG, _OLD = _STARTS < 15, _STARTS >= 60


@quickclass(frozen=True, slots=True)
class Contrasts:
    """Contrasts [county, contrast], the urban share [1] and the logarithms of the others, and their slopes.

    values [county, contrast]; slopes [county, contrast, theta].
    """

    values: Array
    slopes: Array


def contrast_values(logs: Array) -> Array:
    """The contrasts [..., contrast] of logarithms of figures [..., figure]: a share, and logarithms."""
    ages = np.exp(logs[..., :N_AGE])
    total = ages.sum(axis=-1)
    # rows side by side in memory, so that each is added up in the same order as if it were alone
    young, old = (np.log(np.ascontiguousarray(ages[..., which]).sum(axis=-1) / total) for which in (_YOUNG, _OLD))
    rate = np.exp(np.minimum(logs[..., URBAN] - logs[..., RESIDENT], 0.0))
    return np.stack([rate, logs[..., RESIDENT], young, old, logs[..., HOUSEHOLDS]], axis=-1)


def contrasts(logs: Array, slopes: Array) -> Contrasts:
    """Contrasts of runs made linear: logarithms of figures [county, figure] and slopes [county, figure, theta]."""
    ages = np.exp(logs[:, :N_AGE])
    everyone = ages / ages.sum(axis=1, keepdims=True)
    total = np.einsum("if,ifk->ik", everyone, slopes[:, :N_AGE])
    values = contrast_values(logs)
    rate = values[:, :1]
    parts = [rate * (slopes[:, URBAN] - slopes[:, RESIDENT]), slopes[:, RESIDENT]]
    for chosen in (_YOUNG, _OLD):
        share = np.where(chosen, ages, 0.0)
        share /= share.sum(axis=1, keepdims=True)
        parts.append(np.einsum("if,ifk->ik", share, slopes[:, :N_AGE]) - total)
    return Contrasts(values, np.stack([*parts, slopes[:, HOUSEHOLDS]], axis=1))


def known_contrasts(target: Figures) -> Flags:
    """Which contrasts a census gives [county, contrast]."""
    known = target.known
    rate = known[:, URBAN] & known[:, RESIDENT]
    ages = known[:, :N_AGE].all(axis=1)
    return np.stack([rate, known[:, RESIDENT], ages, ages, known[:, HOUSEHOLDS]], axis=1)


def levers(slopes: Array, spread: Array) -> Array:
    """Change of parameters for a change of each contrast, the least in units of spread [county, theta, contrast]."""
    moved = slopes @ spread
    scale = moved @ slopes.transpose(0, 2, 1) + 1e-6 * np.eye(slopes.shape[1])
    return np.asarray(np.linalg.solve(scale, moved).transpose(0, 2, 1), dtype=np.float64)


def noise_variance(logs: Array, errors: Array) -> Array:
    """Variance of each contrast that errors of figures make [county, contrast], ages each by themselves."""
    ages = np.exp(logs[:, :N_AGE])
    everyone = ages / ages.sum(axis=1, keepdims=True)
    square = errors[:N_AGE] ** 2
    parts = []
    for chosen in (_YOUNG, _OLD):
        share = np.where(chosen, ages, 0.0)
        share /= share.sum(axis=1, keepdims=True)
        parts.append(((share - everyone) ** 2) @ square)
    ones = np.ones(len(logs))
    rate = contrast_values(logs)[:, 0] ** 2 * (errors[URBAN] ** 2 + errors[RESIDENT] ** 2)
    return np.stack([rate, ones * errors[RESIDENT] ** 2, *parts, ones * errors[HOUSEHOLDS] ** 2], axis=1)
