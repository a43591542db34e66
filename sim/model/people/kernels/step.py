"""A year of a lane with what its end adds up to, while its people are at hand, and for a block of lanes."""

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Array, Flags, Integers
from sim.model.compiled import OPTIONS, kernel, rule
from sim.model.people.kernels.fitted import Fitting, lane_fitted
from sim.model.people.kernels.tally import lane_fault, lane_tally
from sim.model.people.kernels.year import N_LEADING, Routes, Schedules, persons


class People(NamedTuple):
    """What the kernel goes by over all years.

    schedules: with the axis [region] in front; weights: what is counted per person [region, quantity, zone, group];
    bounds: of age classes; departures: which flows leave the account [flow].
    """

    schedules: Schedules
    routes: Routes
    weights: Array
    bounds: Integers
    departures: Flags


class Space(NamedTuple):
    """Space for a lane: people at risk [cell, group], rates of flows [flow], of a fit, and people of a zone [group]."""

    at_risk: Array
    annual: Array
    fitting: Fitting
    row: Array


def space(cells: int, groups: int, columns: int) -> Space:
    """Space for lanes of so many cells, groups and columns of rates."""
    fitting = Fitting(np.empty(columns), np.empty(2), np.empty(3), np.empty(2))
    return Space(np.empty((cells, groups)), np.empty(columns - N_LEADING), fitting, np.empty(groups))


@rule
def lane_step(
    old: Array,
    new: Array,
    given: tuple[Array, Array, Array],
    of: People,
    region: int,
    found: tuple[Array, Array],
    work: Space,
) -> int:
    """As `lane_fitted`, of a region, with its tally; which invariant it breaks, as `lane_fault` gives it.

    given: rates, counts and totals; found: ledger and tally, written.
    """
    ledger, tally = found
    own = Schedules(
        of.schedules.deaths_ratio[region],
        of.schedules.fertility[region],
        of.schedules.profiles[region],
        of.schedules.peaks[region],
        of.schedules.arrival_profile[region],
    )
    before = persons(old)
    lane_fitted(old, new, given, own, of.routes, ledger, (work.at_risk, work.annual, work.fitting))
    lane_tally(new, of.bounds, of.weights[region], tally, work.row)
    return lane_fault(before, ledger, tally, of.departures)


@kernel(OPTIONS)
def lanes_step(
    old: Array, new: Array, given: tuple[Array, Array, Array], of: People, flows: tuple[Array, Array], work: Space
) -> int:
    """As `lane_step` for every lane, with the axes [draw, region] in front of every array; the first fault, or 0."""
    (rates, counts, totals), (ledger, tally) = given, flows
    for draw in range(old.shape[0]):
        for region in range(old.shape[1]):
            own = rates[draw, region], counts[draw, region], totals[draw, region]
            found = ledger[draw, region], tally[draw, region]
            fault: int = lane_step(old[draw, region], new[draw, region], own, of, region, found, work)
            if fault:
                return fault
    return 0
