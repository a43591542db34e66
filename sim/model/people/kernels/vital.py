"""Deaths, ageing and births of the cohort-component method.

Preston, Heuveline & Guillot (2001), Demography, ch. 6. The functions take any number of age groups of
any width, so that the published five-year projections run through the same code as the simulator.
"""

from sim.model.arrays import Array
from sim.model.compiled import inlined


@inlined
def survive(start: Array, deaths_ratio: Array, level: float, end: Array) -> float:
    """Age one sex of one group of people by one age group; returns the deaths [persons].

    start, end: persons by age group [age]; `end` is written.
    deaths_ratio: cohort death ratios 1 − S [age]: entry 0 is births → first group (not used here),
        entry a is group a−1 → a, the last is (last two groups) → open group.
    level: multiplies every ratio (1: as given), none of which then passes 1.
    """
    last = start.shape[0] - 1
    deaths: float = 0.0
    end[0] = 0.0
    for age in range(1, last):
        dead = start[age - 1] * min(level * deaths_ratio[age], 1.0)
        end[age] = start[age - 1] - dead
        deaths += dead
    oldest = start[last - 1] + start[last]
    dead = oldest * min(level * deaths_ratio[last], 1.0)
    end[last] = oldest - dead
    deaths += dead
    return deaths


@inlined
def births(women_start: Array, women_end: Array, fertility: Array, width: float) -> float:
    """Births of a period from the mean of the women at its start and end [persons].

    women_start, women_end: women by age group [age]; fertility: births per woman-year [age];
    width: length of the period and of the age groups in years.
    """
    total = 0.0
    for age in range(women_start.shape[0]):
        total += fertility[age] * (women_start[age] + women_end[age])
    return 0.5 * width * total
