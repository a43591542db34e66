"""The cohort-component step on plain arrays, made of the kernels that the simulator runs on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import FEMALE
from sim.model.people.kernels.vital import births, survive

EMPTIED: Final = 0.0005
"""Persons left in a cell that more would leave than are in it, as in the United Nations' programmes."""


@dataclass(frozen=True, slots=True)
class Convention:
    """When migrants come, and which women bear.

    share_at_start: share of the migrants who come at the start of the period [1]; the others come at its end.
    those_at_end_bear: whether the women at the period's end are counted with those who come then.
    """

    share_at_start: float = 0.0
    those_at_end_bear: bool = False


AT_END: Final = Convention()
"""World Population Prospects 2022 and 2024."""
AT_END_BEARING: Final = Convention(0.0, True)
"""World Population Prospects 2012, migration code 9."""
HALF_AND_HALF: Final = Convention(0.5)
"""World Population Prospects 2012, migration code 0; popReconstruct."""
HALF_AND_HALF_BEARING: Final = Convention(0.5, True)
"""Preston et al. 2001, box 6.2."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Inputs of one period.

    survival: survival ratios [sex, age], entry 0 births → first group, the last (last two) → open group;
    fertility: births per woman-year [1/year], [age]; males_per_female: at birth [1];
    migrants: net migrants of the period [persons], [sex, age]; width: of period and age group [years].
    The axis sex may hold women alone: its last entry is the women.
    """

    survival: Array
    fertility: Array
    males_per_female: float
    migrants: Array
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """Result of one period: persons at its end [sex, age], births and deaths of it [persons]."""

    population: Array
    births: float
    deaths: Array


def project(start: Array, rates: Rates, convention: Convention = AT_END) -> Period:
    """Persons one period later, with the period's births and deaths by cohort; start: persons [sex, age].

    Preston, Heuveline & Guillot (2001), ch. 6. A cell that out-migration would make negative holds EMPTIED.
    """
    at_start = rates.migrants * convention.share_at_start
    exposed = start + at_start
    alive = np.empty(start.shape)
    deaths = np.empty(start.shape[0])
    for sex in range(start.shape[0]):
        deaths[sex] = survive(exposed[sex], 1.0 - rates.survival[sex], 1.0, alive[sex])
    at_end = rates.migrants - at_start
    end = _not_negative(alive + at_end)
    women_end = end[-1] if convention.those_at_end_bear else alive[-1]
    born = float(births(exposed[-1], women_end, rates.fertility, rates.width))
    boys = rates.males_per_female / (1.0 + rates.males_per_female)
    shares = np.array([boys, 1.0 - boys])[FEMALE + 1 - start.shape[0] :]
    infants = born * shares * rates.survival[:, 0]
    end[:, 0] = _not_negative(infants + at_end[:, 0])
    return Period(end, born, deaths + born * shares - infants)


def _not_negative(persons: Array) -> Array:
    return np.where(persons < 0.0, EMPTIED, persons)
