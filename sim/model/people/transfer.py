"""Moves between zones and in and out of the region: age profiles and routes of the table of flows.

A multistate model (Rogers 1995, Multiregional Demography): each flow is a row, and the kernel walks the
table. Profiles are Rogers–Castro curves scaled so that their mean over ages 15–59 is 1; the rate of a
flow is therefore the mean annual probability of moving at working age.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.axes import N_AGES, cell
from sim.model.demography.rogers_castro import RogersCastro, rogers_castro
from sim.model.people.flows import ELSEWHERE, FLOWS, PROFILES

WORKING: Final = slice(15, 60)


def profile(peak: float | Array, width: float | Array, family: float | Array, male_ratio: float | Array) -> Array:
    """Age profile of a flow [1], shape [..., sex, age], mean 1 over both sexes at ages 15–59.

    peak: age at which the labour curve turns; width: years in which it then falls to 1/e; family: height
    of childhood against the labour curve; male_ratio: male over female rate; each of shape [...]. A Rogers–Castro curve
    (Rogers & Castro 1981, IIASA RR-81-30).
    """
    mu2, fall, children, male = (np.asarray(number)[..., np.newaxis] for number in (peak, width, family, male_ratio))
    curve = rogers_castro(
        np.arange(N_AGES, dtype=np.float64),
        RogersCastro(a1=0.02 * children, alpha1=0.10, a2=0.06, alpha2=1.0 / fall, mu2=mu2, lambda2=0.35, c=0.002),
    )
    by_sex = np.stack([curve * male, curve], axis=-2)
    shape: Array = by_sex / by_sex[..., WORKING].mean(axis=(-2, -1), keepdims=True)
    return shape


def profiles(fixed: Mapping[str, float] | Mapping[str, Array]) -> dict[str, Array]:
    """Every named profile [..., sex, age], from the shape parameters of a region [], or of many [...]."""
    return {key: named(fixed, key) for key in PROFILES}


def named(fixed: Mapping[str, float] | Mapping[str, Array], key: str) -> Array:
    """One of them, by its name."""
    return profile(*(fixed[f"profile.{key}.{what}"] for what in ("peak", "width", "family", "male_ratio")))


def routes() -> Integers:
    """The table the kernel walks: rows (source cell, destination cell or ELSEWHERE, flow), by source cell."""
    rows = [
        (
            cell(flow.source, registration),
            ELSEWHERE if flow.destination == ELSEWHERE else cell(flow.destination, registration),
            index,
        )
        for index, flow in enumerate(FLOWS)
        for registration in flow.registration
    ]
    return np.array(sorted(rows), dtype=np.int64)
