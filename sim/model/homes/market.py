"""The market since the housing bust: the nation's completions slow all that follows the market."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.model.arrays import Array, Values

YEARS_TO_DEVIATE: Final = 5.0
"""Years after the last published one in which the market of a draw comes to its own level."""


def at_market(values: Mapping[str, Array], years: Sequence[int], published: Mapping[int, float]) -> Values:
    """The parameters by path, each [draw or 1, region, year], with the national market in those of homes.

    It moves the homes that are started, the households that improve and the homes that are replaced. published:
    completions over those of the reference year [1], by year. Years before the first of them stay as they are; the
    last one's level is carried on, with each draw's deviation.
    """
    if not published:
        return dict(values)
    at, first, last = np.asarray(years), min(published), max(published)
    pace = np.array([published[year] for year in np.clip(at, first, last).tolist()])
    late = np.clip((at - last) / YEARS_TO_DEVIATE, 0.0, 1.0)
    factor = np.where(at < first, 1.0, values["homes.market_level"] * pace * values["homes.market_after"] ** late)
    slowed = ("homes.market_activity", "homes.improvement", "homes.demolition")
    return {**values, **{path: values[path] * factor for path in slowed}}
