"""Net migration as what survival leaves unexplained between two censuses (United Nations 1970, Manual VI)."""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array


@dataclass(frozen=True, slots=True)
class NetMigration:
    """Net migrants of a cohort between two censuses [persons], [cohort].

    forward: as alive at the second census; reverse: as counted at the time of the first; average: their mean,
    for migrants who come evenly over the years.
    """

    forward: Array
    reverse: Array
    average: Array


def net_migration(first: Array, second: Array, survival: Array) -> NetMigration:
    """Net migrants [persons], [cohort], from persons at two censuses and the cohort's survival ratio [1].

    Raises ValueError where a ratio is not above zero.
    """
    if not np.all(survival > 0.0):
        raise ValueError("survival ratios must be above zero")
    forward = second - survival * first
    reverse = forward / survival
    return NetMigration(forward, reverse, 0.5 * (forward + reverse))
