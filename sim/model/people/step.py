"""The order of a year, and nothing else orders it.

The population part (survive, transfer, bear, reclassify, settle) is `sim.model.people.kernels.year.lane_year`.
"""

from functools import cached_property

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import POP_SHAPE
from sim.model.people import registration, transfer
from sim.model.people.changes import BOUNDARY_CHANGES, CHANGES, REGISTRATION_CHANGES
from sim.model.people.flows import ELSEWHERE, FLOWS
from sim.model.people.kernels.step import People, lanes_step, space
from sim.model.people.kernels.tally import width
from sim.model.people.kernels.year import (
    LEDGER_FLOWS,
    N_CELLS,
    Routes,
    Schedules,
)
from sim.model.people.state import State

FLOW_PATHS = (*(flow.path for flow in FLOWS), *(change.path for change in CHANGES))
"""Every flow the kernel moves people by, in the order of its columns."""

N_FLOWS = len(FLOW_PATHS)
LEDGER_WIDTH = LEDGER_FLOWS + N_FLOWS
_DEPARTURES = np.array(
    [flow.destination == ELSEWHERE for flow in FLOWS]
    + [any(destination == ELSEWHERE for _, destination in change.pairs) for change in CHANGES]
)

ROUTES = Routes(
    transfer=transfer.routes(),
    boundary=registration.routes(BOUNDARY_CHANGES, len(FLOWS)),
    registration=registration.routes(REGISTRATION_CHANGES, len(FLOWS) + len(BOUNDARY_CHANGES)),
)

AGE_BOUNDS = np.array([0, 3, 6, 12, 15, 18, 60, 65, POP_SHAPE[-1]], dtype=np.int64)
"""First ages of the classes that are tallied: nursery, kindergarten, schools by stage, work, old age."""

N_GROUPS = POP_SHAPE[2] * POP_SHAPE[3]
WEIGHTS = ("households", "labour")
"""What is counted per person by zone, sex and age: households and people in work or looking for it."""

TALLY_WIDTH = width(len(AGE_BOUNDS) - 1, len(WEIGHTS))


class Broken(AssertionError):
    """An invariant of the model does not hold: a fault of the program, never of the input."""


@quickclass(frozen=True)
class Constants:
    """What does not change over the years or between draws, by region.

    deaths_ratio [region, zone, sex, age]; fertility at TFR 1 [region, zone, age];
    profiles [region, flow, group]; arrival_profile [region, zone, group], group = sex × age;
    weights: households and labour force per person in the base year [region, WEIGHTS, zone without away, group].
    """

    deaths_ratio: Array
    fertility: Array
    profiles: Array
    arrival_profile: Array
    weights: Array

    @cached_property
    def taken(self) -> People:
        """As kernels take it."""
        given = (self.deaths_ratio, self.fertility, self.profiles, self.profiles.max(axis=2), self.arrival_profile)
        # in one order, whatever they were made from: kernels are compiled for an order
        schedules = Schedules(*(np.require(one, np.float64, ["C", "W"]) for one in given))
        return People(schedules, ROUTES, np.require(self.weights, np.float64, ["C", "W"]), AGE_BOUNDS, _DEPARTURES)


@quickclass(frozen=True, slots=True)
class YearInputs:
    """What a year is given: rates and counts in the columns of `kernels.year`, [draw, region, column]."""

    year: int
    rates: Array
    counts: Array


@quickclass(frozen=True, slots=True)
class Flows:
    """What happened in a year, and what its end adds up to, in the columns of the kernels [draw, region, column]."""

    ledger: Array
    tally: Array


def step(constants: Constants, state: State, inputs: YearInputs, totals: Array | None = None) -> tuple[State, Flows]:
    """The state one year later and the flows that led there. Raises Broken if persons are not conserved.

    totals: what moves are fitted to, as `kernels.fitted.lane_fitted` takes it [draw, region, 2]; None where nothing is.
    """
    lanes = state.pop.shape[:2]
    old = np.ascontiguousarray(state.pop).reshape(*lanes, N_CELLS, N_GROUPS)
    new = np.empty_like(old)
    flows = Flows(np.empty((*lanes, LEDGER_WIDTH)), np.empty((*lanes, TALLY_WIDTH)))
    given = inputs.rates, inputs.counts, np.zeros((*lanes, 2)) if totals is None else totals
    work = space(N_CELLS, N_GROUPS, inputs.rates.shape[2])
    check(lanes_step(old, new, given, constants.taken, (flows.ledger, flows.tally), work))
    return State(inputs.year, new.reshape(*lanes, *POP_SHAPE)), flows


def check(fault: int) -> None:
    """Raise Broken where a kernel has found a fault."""
    if fault:
        raise Broken(_FAULTS[fault])


_FAULTS = (
    "",
    "persons are not conserved: new ≠ old + births − deaths + in − out",
    "a cell of the population is negative",
    "people registered in another region are counted as away from this one",
)
