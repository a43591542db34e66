"""A year whose moves are fitted to a total: lived through again, with other moves, until people are as many as asked.

Moves in from outside are multiplied by a factor and moves out divided by it, and so are moves to towns and back; what
policies count, births, deaths and reclassification are left as they are. The constrained projection of planners
(POPGROUP; Greater London Authority), here for every draw by itself.
"""

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import AWAY, RESIDENT_ZONES, URBAN_ZONES
from sim.model.compiled import inlined, rule
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.model.people.kernels.year import (
    ARRIVALS,
    LEDGER_ARRIVALS,
    LEDGER_FLOWS,
    N_LEADING,
    N_REGISTRATIONS,
    Routes,
    Schedules,
    lane_year,
    persons,
)

TOLERANCE = 1e-9
"""Of a total, that people may be off it."""

WIDEST = float(np.log(1e4))
"""Largest logarithm of a factor: a total that asks for more cannot be reached by moves."""

_MOST = 60
_STRIDE = 1.0
_N_ARRIVALS, _N_MOVES = len(ARRIVAL_PATHS), len(ARRIVAL_PATHS) + len(FLOWS)
_COLUMN = np.array([*range(ARRIVALS, ARRIVALS + _N_ARRIVALS), *range(N_LEADING, N_LEADING + len(FLOWS))])
_ENTRY = np.array(
    [*range(LEDGER_ARRIVALS, LEDGER_ARRIVALS + _N_ARRIVALS)] + [LEDGER_FLOWS + f for f in range(len(FLOWS))]
)


def _gain(source: int, destination: int, zones: tuple[int, ...]) -> int:
    return (destination in zones) - (source in zones)


_ENDS = ((ELSEWHERE, zone) for zone in ARRIVAL_PATHS), ((flow.source, flow.destination) for flow in FLOWS)
_GAINS = np.array(
    [(_gain(*ends, RESIDENT_ZONES), _gain(*ends, URBAN_ZONES)) for some in _ENDS for ends in some], dtype=np.float64
)
"""What a mover adds to residents and to those of towns [move, 2]."""


@inlined
def _scaled(rates: Array, factors: Array, found: Array) -> None:
    """The rates with moves in and out of the region, and then those between town and village, by their factors."""
    for column in range(rates.shape[0]):  # an array set as a whole takes a second to compile
        found[column] = rates[column]
    for move in range(_N_MOVES):
        outer, inner = _GAINS[move, 0], _GAINS[move, 1]
        found[_COLUMN[move]] *= np.exp(outer * factors[0] if outer != 0.0 else inner * factors[1])


@inlined
def _slopes(ledger: Array, counts: Array, found: Array) -> None:
    """What the logarithms of the factors add: residents and townspeople by the first, townspeople by the second [3]."""
    found[0] = found[1] = found[2] = 0.0
    for move in range(_N_MOVES):
        moved = ledger[_ENTRY[move]]
        if move >= _N_ARRIVALS:
            moved = max(moved - counts[move - _N_ARRIVALS], 0.0)
        outer, inner = _GAINS[move, 0], _GAINS[move, 1]
        found[0] += outer * outer * moved
        found[1] += inner * outer * moved
        found[2] += (1.0 - outer * outer) * inner * inner * moved


@inlined
def _strides(short: Array, slopes: Array, factors: Array) -> bool:
    """The factors a step nearer to the totals, in place; whether any of them moved."""
    outer, inner = 0.0, 0.0
    if short[0] != 0.0 and slopes[0] > 0.0:
        outer = min(max(short[0] / slopes[0], -_STRIDE), _STRIDE)
        outer = min(max(factors[0] + outer, -WIDEST), WIDEST) - factors[0]
    if short[1] != 0.0 and slopes[2] > 0.0:
        inner = min(max((short[1] - slopes[1] * outer) / slopes[2], -_STRIDE), _STRIDE)
        inner = min(max(factors[1] + inner, -WIDEST), WIDEST) - factors[1]
    factors[0] += outer
    factors[1] += inner
    return outer != 0.0 or inner != 0.0


@inlined
def _short(new: Array, totals: Array, found: Array) -> bool:
    """How many persons lack to each total that is asked (above 0) [2]; whether any lacks more than TOLERANCE of it."""
    urban = persons(new[: len(URBAN_ZONES) * N_REGISTRATIONS])
    there = (persons(new[: AWAY * N_REGISTRATIONS]), urban)
    found[0] = totals[0] - there[0] if totals[0] > 0.0 else 0.0
    found[1] = totals[1] - there[1] if totals[1] > 0.0 else 0.0
    lacks: bool = abs(found[0]) > TOLERANCE * totals[0] or abs(found[1]) > TOLERANCE * totals[1]
    return lacks


class Fitting(NamedTuple):
    """Space for the fit of a lane: rates [column], factors [2], slopes [3], short [2]."""

    rates: Array
    factors: Array
    slopes: Array
    short: Array


@rule
def lane_fitted(
    old: Array,
    new: Array,
    given: tuple[Array, Array, Array],
    schedules: Schedules,
    routes: Routes,
    ledger: Array,
    work: tuple[Array, Array, Fitting],
) -> None:
    """As `kernels.year.lane_year`, with moves that lead to totals where they are asked.

    given: rates, counts, and totals: residents and townspeople at the year's end, 0 where none are asked [2].
    """
    rates, counts, totals = given
    at_risk, annual, space = work
    is_asked = totals[0] > 0.0 or totals[1] > 0.0
    space.factors[0] = space.factors[1] = 0.0
    for column in range(rates.shape[0]):
        space.rates[column] = rates[column]
    for _ in range(_MOST):
        lane_year(old, new, space.rates, counts, schedules, routes, ledger, (at_risk, annual))
        if not is_asked or not _short(new, totals, space.short):
            break
        _slopes(ledger, counts, space.slopes)
        if not _strides(space.short, space.slopes, space.factors):
            break
        _scaled(rates, space.factors, space.rates)
