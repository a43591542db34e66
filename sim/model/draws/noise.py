"""Year-to-year noise of the groups of parameters that move together."""

from collections.abc import Mapping

import numpy as np

from sim.model.arrays import Array
from sim.model.draws import normal
from sim.model.draws.rng import uniforms
from sim.model.people.sites import SITES


def paths(seed: int, region: str, draws: range, n_years: int, fixed: Mapping[str, float]) -> dict[str, Array]:
    """Multipliers by site, shape [draw, year]: exp of AR(1) noise that starts at 0 in the base year.

    The stationary deviation of the logarithm is `noise.<site>.deviation`.
    """
    result = {}
    for site in SITES:
        memory = fixed[f"noise.{site.name}.memory"]
        innovation = fixed[f"noise.{site.name}.deviation"] * np.sqrt(1.0 - memory**2)
        shocks = innovation * normal.quantiles(uniforms(seed, f"noise/{region}/{site.name}", draws, n_years))
        for year in range(1, n_years):
            shocks[:, year] += memory * shocks[:, year - 1]
        result[site.name] = np.exp(shocks)
    return result
