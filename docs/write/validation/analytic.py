"""Cases with a known answer, on the national schedules that the program carries."""

from typing import Final

import numpy as np
from scipy.optimize import brentq

from docs.write.validation.check import Check
from docs.write.validation.project import Rates, project
from sim.common.language import Text
from sim.model.axes import FEMALE, N_AGES
from sim.places.china.national import load_national

GROUP: Final = Text("解析解", "Analytic cases")
GROWTH_LIMIT: Final = 1e-12
STILL_LIMIT: Final = 0.0
SETTLING_YEARS: Final = 1500
CHILDREN_PER_WOMAN: Final = (1.0, 2.1, 6.0)
MALES_AT_BIRTH: Final = 1.06


def national_rates(children: float) -> Rates:
    """China's survival of 2020 and age pattern of births at a total fertility rate [children/woman]; no migrants."""
    national = load_national()
    return Rates(
        survival=1.0 - national.deaths_ratio,
        fertility=children * national.fertility_of(2020),
        males_per_female=MALES_AT_BIRTH,
        migrants=np.zeros((2, N_AGES)),
    )


def intrinsic_growth(rates: Rates) -> float:
    """Lotka's r [1/year] of yearly rates: the root of Σ ½ f(a) L(a) (e^(−ra) + e^(−r(a+1))) / (1 + srb) = 1.

    L are person-years lived by girls per birth; births come from the mean of women at both ends of a year
    (Preston et al. 2001, ch. 7).
    """
    person_years = np.cumprod(rates.survival[FEMALE])
    daughters = rates.fertility * person_years / (1.0 + rates.males_per_female)
    ages = np.arange(person_years.size)

    def excess(r: float) -> float:
        return float((daughters * 0.5 * (np.exp(-r * ages) + np.exp(-r * (ages + 1)))).sum()) - 1.0

    return float(brentq(excess, -0.2, 0.2, xtol=1e-15, rtol=1e-14))


def settled_growth(rates: Rates) -> float:
    """Yearly log growth [1/year] that the projection tends to, from equal numbers at every age."""
    population = np.ones((2, N_AGES))
    growth = 0.0
    for _ in range(SETTLING_YEARS):
        after = project(population, rates).population
        growth = float(np.log(after[FEMALE, :50].sum() / population[FEMALE, :50].sum()))
        population = after / after.sum()
    return growth


def still_year() -> float:
    """Greatest change [persons] of a year with no deaths, births or migrants, ageing apart."""
    start = np.arange(1.0, 2 * N_AGES + 1.0).reshape(2, N_AGES)
    rates = Rates(np.ones((2, N_AGES)), np.zeros(N_AGES), MALES_AT_BIRTH, np.zeros((2, N_AGES)))
    period = project(start, rates)
    aged = np.concatenate((np.zeros((2, 1)), start[:, :-2], start[:, -2:].sum(axis=1, keepdims=True)), axis=1)
    gap = float(np.max(np.abs(period.population - aged)))
    return gap + abs(period.births) + float(np.max(np.abs(period.deaths)))


def checks() -> list[Check]:
    """Stable populations grow at Lotka's r, and zero rates change nothing."""
    lines = []
    for children in CHILDREN_PER_WOMAN:
        rates = national_rates(children)
        r = intrinsic_growth(rates)
        gap = abs(settled_growth(rates) - r)
        label = f"a stable population of {children:g} children a woman grows at Lotka's r"
        lines.append(Check(GROUP, label, gap, GROWTH_LIMIT, f"r = {r:+.6f} a year"))
    return [*lines, Check(GROUP, "zero rates change nothing", still_year(), STILL_LIMIT)]
