"""What deaths, births and households are given over the years, each [draw or 1, year].

Moves and changes of registration are a table of flows, each with the path of its rate: they have no fields.
"""

from sim.common.quickclass import quickclass
from sim.model.arrays import Array


@quickclass(frozen=True, slots=True, kw_only=True)
class Mortality:
    """Level of death against the nation in the reference year, and its yearly fall."""

    level: Array
    decline: Array


@quickclass(frozen=True, slots=True, kw_only=True)
class Fertility:
    """Total fertility rate, its ratio by zone, sex ratio at birth, children of mothers away who stay in villages."""

    tfr: Array
    city_ratio: Array
    town_ratio: Array
    rural_ratio: Array
    away_ratio: Array
    males_per_female: Array
    left_behind: Array


@quickclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Yearly change of headship rates, the years in which it halves, what comes beside it, and the least mean size."""

    headship_trend: Array
    headship_half_life: Array
    headship_deviation: Array
    least_size: Array


@quickclass(frozen=True, slots=True, kw_only=True)
class PeopleInputs:
    """The parameters of deaths, births and households, by path."""

    mortality: Mortality
    fertility: Fertility
    household: Household
