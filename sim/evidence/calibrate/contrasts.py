"""The few combinations of figures that forecasts are judged by, and how to move parameters so that only they change."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, RESIDENT, URBAN, Figures
from sim.model.arrays import Array, Flags
from sim.places.census import AGE_STARTS

CONTRASTS: Final = ("urban share", "residents", "share aged 0–14", "share aged 60 and over", "households")
_STARTS: Final = np.array([*AGE_STARTS, *AGE_STARTS])
_YOUNG, _OLD = _STARTS < 15, _STARTS >= 60


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Logarithms of the contrasts [county, contrast], and their slopes [county, contrast, theta]."""

    logs: Array
    slopes: Array


def contrast_logs(logs: Array) -> Array:
    """Logarithms of the contrasts [..., contrast] of logarithms of figures [..., figure]."""
    ages = np.exp(logs[..., :N_AGE])
    total = ages.sum(axis=-1)
    young = np.log(ages[..., _YOUNG].sum(axis=-1) / total)
    old = np.log(ages[..., _OLD].sum(axis=-1) / total)
    rate = logs[..., URBAN] - logs[..., RESIDENT]
    return np.stack([rate, logs[..., RESIDENT], young, old, logs[..., HOUSEHOLDS]], axis=-1)


def contrasts(logs: Array, slopes: Array) -> Contrasts:
    """Contrasts of runs made linear: logarithms of figures [county, figure] and slopes [county, figure, theta]."""
    ages = np.exp(logs[:, :N_AGE])
    everyone = ages / ages.sum(axis=1, keepdims=True)
    total = np.einsum("if,ifk->ik", everyone, slopes[:, :N_AGE])
    parts = [slopes[:, URBAN] - slopes[:, RESIDENT], slopes[:, RESIDENT]]
    for chosen in (_YOUNG, _OLD):
        share = np.where(chosen, ages, 0.0)
        share /= share.sum(axis=1, keepdims=True)
        parts.append(np.einsum("if,ifk->ik", share, slopes[:, :N_AGE]) - total)
    return Contrasts(contrast_logs(logs), np.stack([*parts, slopes[:, HOUSEHOLDS]], axis=1))


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


def parameter_variance(slopes: Array, spread: Array) -> Array:
    """Variance of each contrast that the spread of parameters makes [county, contrast]."""
    return np.asarray(np.einsum("ick,kl,icl->ic", slopes, spread, slopes), dtype=np.float64)


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
    rate = ones * (errors[URBAN] ** 2 + errors[RESIDENT] ** 2)
    return np.stack([rate, ones * errors[RESIDENT] ** 2, *parts, ones * errors[HOUSEHOLDS] ** 2], axis=1)
