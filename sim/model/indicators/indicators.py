"""Indicators over the years: a base carried on by its growth, an extrapolation and nothing more."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sim.model.arrays import Array
from sim.model.draws.setting import Setting
from sim.model.draws.values import values_of
from sim.model.indicators.indicator import Indicator, parameters_of, path


def past_growth(
    indicators: Iterable[Indicator], settings: Sequence[Setting], base_year: int, seed: int, draws: range
) -> dict[str, Array]:
    """The growth that was given with each base from before the run, by `past`, each [draw or 1, 1].

    It is that of the years up to `base_year`, which nothing that a scenario sets afterwards can move; where it is
    uncertain, a draw has the same place in its range as in the years of the run. settings: in order of application.
    """
    found = {}
    for one in indicators:
        if one.year < base_year:
            growth = parameters_of([one])[path(one, "growth")]
            given = [setting for setting in settings if setting.path == growth.path and setting.is_value][:1]
            found[past(one)] = values_of(growth, given, range(base_year, base_year + 1), seed, draws)
    return found


def past(indicator: Indicator) -> str:
    """The key of an indicator's growth before the run; no parameter, so that nothing can set it."""
    return path(indicator, "growth before the run")


def over_years(indicator: Indicator, values: Mapping[str, Array], years: Sequence[int]) -> Array:
    """The indicator in its unit, [draw or 1, year]; missing (NaN) before the year of its base.

    values: of its parameters by path [draw or 1, year]; a change in a year is that of the year that leads to its end.
    With a base from before the run, also its growth until then (`past_growth`).
    """
    base, growth = values[path(indicator, "base")], values[path(indicator, "growth")]
    since = np.array([year > indicator.year for year in years])
    steps = np.where(since, growth, 0.0)
    gap = years[0] - 1 - indicator.year
    before = values[past(indicator)] if gap > 0 else np.zeros((1, 1))
    if indicator.form == "linear":
        found = base + np.cumsum(steps, axis=1) + max(gap, 0) * before
    else:
        found = base * np.cumprod(1.0 + steps, axis=1) * (1.0 + before) ** max(gap, 0)
    known = np.array([year >= indicator.year for year in years])
    limited: Array = np.where(known, np.clip(found, indicator.low, indicator.high), np.nan)
    return limited
