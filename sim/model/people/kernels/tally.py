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
from sim.model.compiled import INLINED, OPTIONS, STRICT, kernel
from sim.model.people.kernels.year import LEDGER_ARRIVALS, LEDGER_BIRTHS, LEDGER_DEATHS, LEDGER_FLOWS

N_REGISTRATIONS = len(REGISTRATIONS)
N_CELLS = N_REGISTRATIONS * len(ZONES)
N_RESIDENT_ZONES = len(RESIDENT_ZONES)


def width(n_classes: int, n_weights: int) -> int:
    """Number of columns of a tally with that many age classes and weighted sums."""
    return N_CELLS + N_RESIDENT_ZONES * (n_classes + 1 + n_weights) + 2


@kernel(INLINED)
def lane_tally(pop: Array, bounds: Integers, weights: Array, out: Array, row: Array) -> None:
    """Sums of one lane [persons, households …].

    pop [cell, group], group = sex × age; bounds: first age of each age class, then the number of ages
    [class + 1]; weights: what is counted per person, such as households [quantity, zone, group]; row: work
    space [group].
    out: persons by cell; then per resident zone the persons of each age class, the women of childbearing age
    and each weighted quantity; then all persons, and how many entries of `pop` are negative.
    """
    n_classes = bounds.shape[0] - 1
    n_weights = weights.shape[0]
    everyone = 0.0
    negative = 0.0
    for cell in range(N_CELLS):
        people = 0.0
        for group in range(pop.shape[1]):
            people += pop[cell, group]
            negative += 1.0 if pop[cell, group] < 0.0 else 0.0
        out[cell] = people
        everyone += people
    for zone in range(N_RESIDENT_ZONES):
        row[:] = pop[zone * N_REGISTRATIONS]
        for registration in range(1, N_REGISTRATIONS):
            for group in range(row.shape[0]):
                row[group] += pop[zone * N_REGISTRATIONS + registration, group]
        first = N_CELLS + zone * (n_classes + 1 + n_weights)
        _classes(row, bounds, out[first : first + n_classes])
        women = FEMALE * N_AGES
        out[first + n_classes] = row[women + FERTILE_FIRST : women + FERTILE_LAST + 1].sum()
        for quantity in range(n_weights):
            counted = 0.0
            for group in range(row.shape[0]):
                counted += row[group] * weights[quantity, zone, group]
            out[first + n_classes + 1 + quantity] = counted
    out[-2] = everyone
    out[-1] = negative


@kernel(INLINED)
def _classes(row: Array, bounds: Integers, out: Array) -> None:
    for group in range(out.shape[0]):
        people = 0.0
        for sex in range(2):
            for age in range(sex * N_AGES + bounds[group], sex * N_AGES + bounds[group + 1]):
                people += row[age]
        out[group] = people


@kernel(OPTIONS)
def lanes_tally(pop: Array, bounds: Integers, weights: Array, out: Array) -> None:
    """As `lane_tally` for every lane of a block: pop [draw, region, …], weights [region, …], out [draw, region, :]."""
    row = np.empty(pop.shape[3])
    for draw in range(pop.shape[0]):
        for region in range(pop.shape[1]):
            lane_tally(pop[draw, region], bounds, weights[region], out[draw, region], row)


@kernel(STRICT)
def lanes_fault(before: Array, ledger: Array, tally: Array, departures: Flags) -> int:
    """Which invariant a block breaks: 0 none, 1 persons are conserved, 2 no cell is negative, 3 none away of elsewhere.

    before: persons at the year's start [draw, region]; ledger, tally: of the year and its end [draw, region, column];
    departures: which flows leave the account [flow].
    """
    for draw in range(before.shape[0]):
        for region in range(before.shape[1]):
            flows, after = ledger[draw, region], tally[draw, region]
            expected = before[draw, region]
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
            if after[AWAY * N_REGISTRATIONS + OUTSIDE_REGISTRATION] != 0.0:
                return 3
    return 0
