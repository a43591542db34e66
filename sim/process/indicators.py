"""Indicators over the years: a base carried on by its growth, an extrapolation and nothing more."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.parameters.indicator import Indicator, path

Array = NDArray[np.float64]


def over_years(of: Indicator, values: Mapping[str, Array], years: Sequence[int]) -> Array:
    """The indicator in its unit, [draw or 1, year]; missing (NaN) before the year of its base.

    values: of its parameters by path [draw or 1, year]; a change in a year is that of the year that leads to its end.
    """
    base, growth = values[path(of, "base")], values[path(of, "growth")]
    since = np.array([year > of.year for year in years])
    steps = np.where(since, growth, 0.0)
    gap = max(years[0] - 1 - of.year, 0)
    if of.form == "linear":
        found = base + np.cumsum(steps, axis=1) + gap * growth[:, :1]
    else:
        found = base * np.cumprod(1.0 + steps, axis=1) * (1.0 + growth[:, :1]) ** gap
    known = np.array([year >= of.year for year in years])
    limited: Array = np.where(known, np.clip(found, of.low, of.high), np.nan)
    return limited
