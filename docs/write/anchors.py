"""National levels of death and birth by year at which China's census population has the published deaths and births."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from docs.write.life import level_of_expectation
from sim.model.arrays import Array
from sim.model.axes import FEMALE


@dataclass(frozen=True, slots=True)
class Anchor:
    """A year's level of the death ratios [1] and its total fertility rate [children/woman]."""

    death_level: float
    tfr: float


def anchors(
    start: Array,
    published: Mapping[int, tuple[float, float]],
    deaths_ratio: Array,
    fertility: Array,
    males_per_female: Mapping[int, float],
) -> dict[int, Anchor]:
    """Anchors by year from the census on; no moves across the border.

    start: persons at the census [sex, age]; published: births and deaths by year [persons],
    every year from the first on; deaths_ratio [sex, age]; fertility: births per woman-year at a rate of 1 [age].
    """
    found, pop = {}, start
    for year, (births, deaths) in published.items():
        boys = males_per_female[year] / (1.0 + males_per_female[year])
        infants = births * np.array([boys, 1.0 - boys])
        level = deaths / _year(pop, infants, deaths_ratio, 1.0)[1]
        after, _ = _year(pop, infants, deaths_ratio, level)
        women = 0.5 * (pop[FEMALE] + after[FEMALE])
        found[year], pop = Anchor(level, births / float(women @ fertility)), after
    return found


def agreed(start: Array, end: Array, levels: Mapping[int, float], deaths_ratio: Array, old: int) -> dict[int, float]:
    """Levels times the one factor at which persons of `old` and over at the end are those of the second census.

    start, end: persons at two censuses [sex, age]; levels: of every year between them.
    """
    none = np.zeros(len(start))

    def surplus(factor: float) -> float:
        pop = start
        for level in levels.values():
            pop, _ = _year(pop, none, deaths_ratio, factor * level)
        return float(pop[:, old:].sum() - end[:, old:].sum())

    factor = float(brentq(surplus, 0.5, 1.5))
    return {year: factor * level for year, level in levels.items()}


def _year(pop: Array, infants: Array, deaths_ratio: Array, level: float) -> tuple[Array, float]:
    """Persons a year later [sex, age] and the year's deaths."""
    exposed = np.concatenate((infants[:, np.newaxis], pop[:, :-1]), axis=1)
    exposed[:, -1] += pop[:, -1]
    dead = exposed * level * deaths_ratio
    return exposed - dead, float(dead.sum())


def in_bands(shape: Array, bands: Sequence[int], persons: Array) -> Array:
    """Persons by single age [sex, age]: of each band [sex, band] as `shape` [sex, age] has them within it.

    bands: first age of each, the last open.
    """
    within = np.add.reduceat(shape, list(bands), axis=1)
    widths = np.diff([*bands, shape.shape[1]])
    return np.asarray(shape * np.repeat(persons / within, widths, axis=1), dtype=np.float64)


def province_levels(
    deaths_ratio: Array, years: Mapping[str, float], people: Mapping[str, Array], zone_ratio: Array
) -> dict[str, float]:
    """Level of each province's death ratios against the nation's [1], of a census's expectations of life [years].

    people: persons at the census by province [zone, registration, sex, age], by whose deaths the mean level is 1;
    zone_ratio: deaths of a zone over the nation's [zone], which a province's expectation of life already holds.
    """
    weights = np.array([0.5, 0.5])
    levels = {code: level_of_expectation(deaths_ratio, weights, value) for code, value in years.items()}
    deaths = {code: (pop[..., :-1] * deaths_ratio[:, 1:]).sum(axis=(1, 2, 3)) for code, pop in people.items()}
    mean = sum(level * deaths[code].sum() for code, level in levels.items()) / sum(own.sum() for own in deaths.values())
    return {
        code: level / mean * float(deaths[code].sum() / (deaths[code] @ zone_ratio[: len(deaths[code])]))
        for code, level in levels.items()
    }
