"""Period life tables from death rates, complete or abridged, and the survival ratios of projections.

Preston, Heuveline & Guillot (2001), Demography, ch. 3; separation factors of infants by Andreev & Kingkade
(2015), doi:10.4054/DemRes.2015.33.13, or Coale & Demeny (1983), Regional Model Life Tables; of five-year
groups by Greville (1943), as in the United Nations' MORTPAK.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.model.arrays import Array

Sex = Literal["male", "female"]
InfantRule = Literal["andreev-kingkade", "coale-demeny"]
Family = Literal["west", "north", "east", "south"]

_OLD, _SHORTEST = 45, 0.97
"""From this age on a five-year factor is at least 1 − 5e⁻⁵/(1 − e⁻⁵), that of a constant force of mortality of 1."""

_ANDREEV_KINGKADE = {
    "male": ((0.02300, 0.14929, -1.99545), (0.08307, 0.02832, 3.26021), (np.inf, 0.29915, 0.0)),
    "female": ((0.01724, 0.14903, -2.05527), (0.06891, 0.04667, 3.88089), (np.inf, 0.31411, 0.0)),
}
_COALE_DEMENY_LIMIT = 0.107
_COALE_DEMENY_WEST = {
    "male": ((0.045, 2.684, 0.330), (1.651, -2.816, 1.352)),
    "female": ((0.053, 2.800, 0.350), (1.522, -1.518, 1.361)),
}
_AGAINST_WEST = {
    "west": {"male": (0.0, 0.0), "female": (0.0, 0.0)},
    "north": {"male": (0.0, 0.206), "female": (0.0, 0.209)},
    "east": {"male": (-0.04, -0.039), "female": (-0.04, -0.037)},
    "south": {"male": (0.0, -0.112), "female": (0.0, -0.122)},
}


@dataclass(frozen=True, slots=True)
class Separation:
    """Which rules give the years lived in an age group by those who die in it.

    infants: rule of age 0; family: Coale and Demeny's, for ages 1–4, and for age 0 under their rule;
    greville_from: first age whose five-year group takes Greville's factor, 5 or 15; those before take 2.5,
    as in MORTPAK since their rates change too fast for it.
    """

    infants: InfantRule = "andreev-kingkade"
    family: Family = "west"
    greville_from: int = 15


STANDARD: Final = Separation()
COALE_DEMENY: Final = Separation("coale-demeny")


@dataclass(frozen=True, slots=True)
class LifeTable:
    """A period life table; every array is [age group], the last group open, and l0 is 1.

    age: first age of the group [years]; mx: deaths per person-year [1/year]; ax: years lived in the group by
    those who die in it [years]; qx: probability of dying in the group [1]; lx: survivors at its first age;
    dx: deaths; Lx: person-years lived in the group; Tx: person-years from its first age on; ex: expectation of
    life [years]; sx: survival ratios as of `survival_ratios`.
    """

    age: Array
    mx: Array
    ax: Array
    qx: Array
    lx: Array
    dx: Array
    Lx: Array
    Tx: Array
    ex: Array
    sx: Array


def infant_separation(m0: float, sex: Sex, by: Separation = STANDARD) -> float:
    """Mean age at death of those who die in their first year [years], from their death rate m0 [1/year]."""
    if by.infants == "coale-demeny":
        return _coale_demeny(m0, sex, by.family, 0)
    for limit, constant, slope in _ANDREEV_KINGKADE[sex]:
        if m0 < limit:
            return constant + slope * m0
    raise ValueError(f"death rate of infants is not a number: {m0}")


def child_separation(m0: float, sex: Sex, by: Separation = STANDARD) -> float:
    """Years lived between exact ages 1 and 5 by those who die there [years], from infants' death rate [1/year]."""
    return _coale_demeny(m0, sex, by.family, 1)


def _coale_demeny(m0: float, sex: Sex, family: Family, group: int) -> float:
    constant, slope, at_high_mortality = _COALE_DEMENY_WEST[sex][group]
    west = constant + slope * m0 if m0 < _COALE_DEMENY_LIMIT else at_high_mortality
    return west + _AGAINST_WEST[family][sex][group]


def separation(age: Array, mx: Array, sex: Sex, by: Separation = STANDARD) -> Array:
    """Years lived in each group by those who die in it [years], [age group].

    age: 0, 1, 2, … (complete) or 0, 1, 5, 10, … (abridged), the last open.
    """
    ax = np.full(mx.shape, 0.5)
    if is_abridged(age):
        ax[1] = child_separation(float(mx[0]), sex, by)
        ax[2:] = _separation_of_fives(age[2:], mx[1:], by.greville_from)
    ax[0] = infant_separation(float(mx[0]), sex, by)
    ax[-1] = 1.0 / mx[-1]
    return ax


def is_abridged(age: Array) -> bool:
    """Whether groups begin at 0, 1, 5, 10, …; ValueError unless they do, or are single years from 0."""
    complete = np.arange(age.size)
    if np.array_equal(age, complete):
        return False
    abridged = np.concatenate(([0, 1], np.arange(5, 5 * (age.size - 1), 5)))
    if age.size > 3 and np.array_equal(age, abridged):
        return True
    raise ValueError(f"ages {age.tolist()} are neither 0, 1, 2, … nor 0, 1, 5, 10, …")


def life_table(age: Array, mx: Array, sex: Sex, by: Separation = STANDARD) -> LifeTable:
    """The life table of death rates mx [1/year] by age group [years], the last group open.

    Raises ValueError where ages are not those of `separation`, or rates are negative or not numbers.
    """
    if age.shape != mx.shape or mx.ndim != 1 or mx.size < 3:
        raise ValueError(f"ages of shape {age.shape} with death rates of shape {mx.shape}")
    if not np.all(np.isfinite(mx)) or np.any(mx < 0.0) or mx[-1] <= 0.0:
        raise ValueError("death rates must be finite and not negative, and that of the open group above zero")
    ax = separation(age, mx, sex, by)
    width = np.diff(age)
    qx = np.ones(mx.shape)
    qx[:-1] = np.minimum(width * mx[:-1] / (1.0 + (width - ax[:-1]) * mx[:-1]), 1.0)
    return _from_probabilities(age, mx, ax, qx)


def life_table_of_probabilities(qx: Array, open_expectation: float, sex: Sex, by: Separation = STANDARD) -> LifeTable:
    """The complete life table of published probabilities of dying qx [1] at ages 0, 1, 2, …, the last open.

    open_expectation: expectation of life at the first age of the open group [years].
    Raises ValueError where a probability is not between 0 and 1 or the last is not 1.
    """
    if qx.ndim != 1 or not np.all((qx >= 0.0) & (qx <= 1.0)) or qx[-1] != 1.0:
        raise ValueError("probabilities of dying must lie between 0 and 1, and the last must be 1")
    ax = np.full(qx.shape, 0.5)
    ax[0] = _infant_separation_of_probability(float(qx[0]), sex, by)
    ax[-1] = open_expectation
    mx = np.empty(qx.shape)
    mx[:-1] = qx[:-1] / (1.0 - (1.0 - ax[:-1]) * qx[:-1])
    mx[-1] = 1.0 / open_expectation
    return _from_probabilities(np.arange(qx.size, dtype=np.float64), mx, ax, qx)


def survival_ratios(person_years: Array, width: float, radix: float = 1.0) -> Array:
    """Share of a group that is alive one group later [1], [age group].

    person_years: L of groups of one width, the last open; radix: births a year behind them. Entry 0 is
    births → first group, entry a group a−1 → a, the last (last two groups) → open group: the open group is
    collapsed before the ratio is taken (Preston et al. 2001, ch. 6.3). Where nobody is left the ratio is 0.
    """
    before = np.concatenate(([width * radix], person_years[:-2], [person_years[-2] + person_years[-1]]))
    return np.divide(person_years, before, out=np.zeros(person_years.shape), where=before > 0.0)


def collapse_survival(ratios: Array, size: int) -> Array:
    """Survival ratios [..., age] with all ages from the last of `size` on in one open group.

    The group's ratio is that of the stationary population of the ratios themselves.
    """
    if size == ratios.shape[-1]:
        return ratios
    if not 2 <= size < ratios.shape[-1]:
        raise ValueError(f"{ratios.shape[-1]} age groups cannot be collapsed to {size}")
    alive = np.cumprod(ratios[..., :-1], axis=-1)
    beyond = alive[..., -1] * ratios[..., -1] / (1.0 - ratios[..., -1])
    at_open = alive[..., size - 1 :].sum(axis=-1) + beyond
    closed = ratios[..., : size - 1]
    return np.concatenate((closed, (at_open / (alive[..., size - 2] + at_open))[..., np.newaxis]), axis=-1)


def in_groups_of_five(person_years: Array, last: int) -> Array:
    """Person-years of 0–4, 5–9, … `last`+ from those of an abridged table (0, 1, 5, …), [age group]."""
    fives = np.concatenate(([person_years[0] + person_years[1]], person_years[2:]))
    closed = last // 5
    if last % 5 or not 0 < closed < fives.size:
        raise ValueError(f"an open group from age {last} cannot be made of {fives.size} five-year groups")
    return np.concatenate((fives[:closed], [fives[closed:].sum()]))


def _separation_of_fives(age: Array, mx: Array, first: int) -> Array:
    """Greville's factors of the groups from age 5 on; mx begins one group earlier, at 1–4.

    Where a neighbour has no deaths, rates are taken as level. The entry of the open group is not meaningful.
    """
    known = (mx[2:] > 0.0) & (mx[:-2] > 0.0)
    growth = np.zeros(age.shape)
    growth[:-1] = np.log(np.where(known, mx[2:], 1.0) / np.where(known, mx[:-2], 1.0)) / 10.0
    if age.size > 2:
        growth[-2] = growth[-3]
    ax = 2.5 - (25.0 / 12.0) * (mx[1:] - growth)
    ax[age < first] = 2.5
    return np.where((age >= _OLD) & (ax < _SHORTEST), _SHORTEST, ax)


def _infant_separation_of_probability(q0: float, sex: Sex, by: Separation) -> float:
    """Solve q0 = m0 / (1 + (1 − a0) m0) with a0 as a function of m0."""
    a0 = 0.1
    for _ in range(100):
        a0 = infant_separation(q0 / (1.0 - (1.0 - a0) * q0), sex, by)
    return a0


def _from_probabilities(age: Array, mx: Array, ax: Array, qx: Array) -> LifeTable:
    lx = np.concatenate(([1.0], np.cumprod(1.0 - qx[:-1])))
    dx = lx * qx
    person_years = np.empty(mx.shape)
    person_years[:-1] = np.diff(age) * lx[1:] + ax[:-1] * dx[:-1]
    person_years[-1] = lx[-1] * ax[-1]
    from_age_on = np.cumsum(person_years[::-1])[::-1]
    expectation = np.divide(from_age_on, lx, out=np.zeros(lx.shape), where=lx > 0.0)
    if is_abridged(age):
        ratios = survival_ratios(in_groups_of_five(person_years, int(age[-1])), 5.0)
    else:
        ratios = survival_ratios(person_years, 1.0)
    return LifeTable(age, mx, ax, qx, lx, dx, person_years, from_age_on, expectation, ratios)


def expectation_of_deaths(deaths_ratio: Array, level: float = 1.0) -> float:
    """Expectation of life at birth [years] of cohort death ratios by single year of age [age], times `level`.

    deaths_ratio: 1 − S as of `survival_ratios`: entry 0 births → first age, the last → open group.
    """
    alive = 1.0 - level * deaths_ratio
    closed = np.cumprod(alive[:-1])
    return float(closed.sum() + closed[-1] * alive[-1] / (1.0 - alive[-1]))
