"""What a stock of people adds up to: cells, ages by zone, households, labour force."""

import numpy as np

from sim.model.arrays import Array, Flags, Integers
from sim.model.axes import (
    AWAY,
    FEMALE,
    FERTILE_FIRST,
    FERTILE_LAST,
    N_AGES,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RESIDENT_ZONES,
    ZONES,
)
from sim.model.compiled import inlined, rule
from sim.model.people.kernels.year import LEDGER_ARRIVALS, LEDGER_BIRTHS, LEDGER_DEATHS, LEDGER_FLOWS

N_REGISTRATIONS = len(REGISTRATIONS)
assert N_REGISTRATIONS == 3, "a zone is added up as one sum of three"
N_CELLS = N_REGISTRATIONS * len(ZONES)
N_RESIDENT_ZONES = len(RESIDENT_ZONES)


def width(n_classes: int, n_weights: int) -> int:
    """Number of columns of a tally with that many age classes and weighted sums."""
    return N_CELLS + N_RESIDENT_ZONES * (n_classes + 1 + n_weights) + 2


@inlined
def lane_tally(pop: Array, bounds: Integers, weights: Array, out: Array, row: Array) -> None:
    """Sums of one lane [persons, households …].

    pop [cell, group], group = sex × age; bounds: first age of each age class, then the number of ages
    [class + 1]; weights: what is counted per person, such as households [quantity, zone, group]; row: work
    space [group].
    out: persons by cell; then per resident zone the persons of each age class, the women of childbearing age
    and each weighted quantity; then all persons, and how many entries of `pop` are negative.
    """
    n_columns = bounds.shape[0] + weights.shape[0]
    everyone = negative = 0.0
    for cell in range(N_CELLS):
        people = 0.0
        for group in range(pop.shape[1]):
            people += pop[cell, group]
            negative += 1.0 if pop[cell, group] < 0.0 else 0.0
        out[cell] = people
        everyone += people
    for zone in range(N_RESIDENT_ZONES):
        first = zone * N_REGISTRATIONS
        one, two, three = pop[first], pop[first + 1], pop[first + 2]
        for group in range(row.shape[0]):
            row[group] = one[group] + two[group] + three[group]
        own = out[N_CELLS + zone * n_columns :]
        for quantity in range(weights.shape[0]):
            counted = 0.0
            for group in range(row.shape[0]):
                counted += row[group] * weights[quantity, zone, group]
            own[bounds.shape[0] + quantity] = counted
        _classes(row, bounds, own)
    out[-2], out[-1] = everyone, negative


@inlined
def _classes(row: Array, bounds: Integers, out: Array) -> None:
    """Women of childbearing age and age classes of the people of a zone [group].

    Women are added to men, in place, so that an age class is one sum.
    """
    n_classes, women = bounds.shape[0] - 1, FEMALE * N_AGES
    fertile = 0.0
    for age in range(women + FERTILE_FIRST, women + FERTILE_LAST + 1):
        fertile += row[age]
    out[n_classes] = fertile
    for age in range(N_AGES):
        row[age] += row[women + age]
    for group in range(n_classes):
        people = 0.0
        for age in range(bounds[group], bounds[group + 1]):
            people += row[age]
        out[group] = people


@rule
def lane_fault(before: float, flows: Array, after: Array, departures: Flags) -> int:
    """Which invariant a lane breaks: 0 none, 1 persons are conserved, 2 no cell is negative, 3 none away of elsewhere.

    before: persons at the year's start; flows, after: ledger of the year and tally of its end [column]; departures:
    which flows leave the account [flow].
    """
    expected = before
    for cell in range(N_CELLS):
        expected += flows[LEDGER_BIRTHS + cell] - flows[LEDGER_DEATHS + cell]
    for column in range(LEDGER_ARRIVALS, LEDGER_FLOWS):
        expected += flows[column]
    for flow in range(departures.shape[0]):
        expected -= flows[LEDGER_FLOWS + flow] if departures[flow] else 0.0
    if not abs(after[-2] - expected) <= 1e-9 * np.maximum(expected, 1.0):
        return 1
    if after[-1] != 0.0:
        return 2
    return 3 if after[AWAY * N_REGISTRATIONS + OUTSIDE_REGISTRATION] != 0.0 else 0
