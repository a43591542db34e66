"""A year of one lane as a textbook would write it: slow, plain NumPy, sharing no code with the kernels."""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array

AWAY, CITY, RURAL, OUTSIDE, MALE, FEMALE = 3, 0, 2, 2, 0, 1


@dataclass(frozen=True)
class Year:
    """What a lane is given, in the shapes of the model page: no packed columns."""

    death_level: float
    males_per_female: float
    left_behind: float
    tfr: Array  # [zone]
    arrivals: Array  # [zone without away]
    flow_rates: Array  # [flow]
    flow_counts: Array  # [flow]
    deaths_ratio: Array  # [zone, sex, age]
    fertility: Array  # [zone, age]
    profiles: Array  # [flow, sex, age]
    arrival_profile: Array  # [zone without away, sex, age]
    transfers: list[
        tuple[int, int, int, int, int]
    ]  # zone, registration → zone, registration (zone −1: elsewhere), flow
    boundaries: list[tuple[int, int, int, int, int]]
    settlements: list[tuple[int, int, int, int, int]]


def lane_year(pop: Array, year: Year) -> Array:
    """Population at the end of the year [zone, registration, sex, age]."""
    after = survived(pop, year)
    rates = with_counts(after, year)
    after = moved(after, year.transfers, rates, year.profiles)
    for zone in range(3):
        after[zone, OUTSIDE] += year.arrivals[zone] * year.arrival_profile[zone]
    after = born(pop, after, year)
    after = moved(after, year.boundaries, rates, year.profiles)
    return moved(after, year.settlements, rates, year.profiles)


def survived(pop: Array, year: Year) -> Array:
    """Everyone one year older, less the dead."""
    n_ages = pop.shape[-1]
    after = np.zeros_like(pop)
    for zone, registration, sex in np.ndindex(pop.shape[:3]):
        ratio = 1.0 - np.minimum(year.death_level * year.deaths_ratio[zone, sex], 1.0)
        for age in range(1, n_ages - 1):
            after[zone, registration, sex, age] = pop[zone, registration, sex, age - 1] * ratio[age]
        oldest = pop[zone, registration, sex, n_ages - 2] + pop[zone, registration, sex, n_ages - 1]
        after[zone, registration, sex, n_ages - 1] = oldest * ratio[n_ages - 1]
    return after


def with_counts(pop: Array, year: Year) -> Array:
    """Rates of flows, those with a count raised by count ÷ (people at risk × profile)."""
    rates = year.flow_rates.copy()
    for flow, count in enumerate(year.flow_counts):
        if count > 0:
            at_risk = sum(
                float((pop[zone, registration] * year.profiles[flow]).sum())
                for zone, registration, _, _, of in year.transfers
                if of == flow
            )
            if at_risk > 0:
                rates[flow] += count / at_risk
    return rates


def moved(pop: Array, routes: list[tuple[int, int, int, int, int]], rates: Array, profiles: Array) -> Array:
    """All moves at once from the stock before them; flows from one cell are scaled down to 90% together."""
    after = pop.copy()
    for zone, registration in np.ndindex(pop.shape[:2]):
        own = [route for route in routes if route[:2] == (zone, registration)]
        shares = {route: rates[route[4]] * profiles[route[4]] for route in own}
        total = sum(shares.values(), np.zeros(pop.shape[2:]))
        scale = np.where(total > 0.9, 0.9 / np.maximum(total, 1e-300), 1.0)
        for route, share in shares.items():
            people = pop[zone, registration] * share * scale
            after[zone, registration] -= people
            if route[2] >= 0:
                after[route[2], route[3]] += people
    return after


def born(before: Array, after: Array, year: Year) -> Array:
    """Births from the mean of women at the start and end of the year; infants survive their part of it."""
    result = after.copy()
    boys = year.males_per_female / (1.0 + year.males_per_female)
    for zone, registration in np.ndindex(before.shape[:2]):
        women = 0.5 * (before[zone, registration, FEMALE] + after[zone, registration, FEMALE])
        births = year.tfr[zone] * float((year.fertility[zone] * women).sum())
        births *= 1.0 - year.left_behind if registration == OUTSIDE else 1.0
        homes = [(zone, births)]
        if zone == AWAY:
            villages = RURAL if before[RURAL].any() else CITY
            homes = [(villages, births * year.left_behind), (AWAY, births * (1.0 - year.left_behind))]
        for home, children in homes:
            for sex, share in ((MALE, boys), (FEMALE, 1.0 - boys)):
                alive = 1.0 - min(year.death_level * year.deaths_ratio[home, sex, 0], 1.0)
                result[home, registration, sex, 0] += children * share * alive
    return result
