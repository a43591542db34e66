"""Moves between cells of the population, by a table of routes."""

from sim.model.arrays import Array, Integers
from sim.model.compiled import inlined

CEILING = 0.9
"""Largest share of a cell that may leave it in a year; above it, all its flows are scaled together."""


@inlined
def exposure(pop: Array, routes: Integers, profiles: Array, counts: Array, out: Array) -> None:
    """Persons at risk of each counted flow, weighted by its profile: out[flow] = Σ pop × profile.

    Only flows with a count above zero are summed. Shapes as in `move`; out: [flow].
    """
    out[:] = 0.0
    for route in range(routes.shape[0]):
        source, flow = routes[route, 0], routes[route, 2]
        if counts[flow] > 0.0:
            people, weights = pop[source], profiles[flow]
            at_risk = 0.0
            for group in range(people.shape[0]):
                at_risk += people[group] * weights[group]
            out[flow] += at_risk


@inlined
def move(
    pop: Array, routes: Integers, rates: Array, profiles: Array, peaks: Array, moved: Array, at_risk: Array
) -> None:
    """Move people along every route at once, each within sex and age.

    pop: persons [cell, group], group = sex × age, changed in place.
    routes: [route, (source cell, destination cell or −1 for elsewhere, flow)], sorted by source cell.
    rates: annual probability of each flow [flow], times profiles [flow, group]; peaks: the largest of each [flow].
    moved: persons moved by flow [flow], added to. at_risk: work space [cell, group].
    Flows that leave one cell compete: where their sum passes CEILING they are scaled together.
    """
    first = 0
    while first < routes.shape[0]:
        source = routes[first, 0]
        end = first
        while end < routes.shape[0] and routes[end, 0] == source:
            end += 1
        if _most(routes[first:end], rates, peaks) <= CEILING:
            for group in range(at_risk.shape[1]):
                at_risk[source, group] = pop[source, group]
        else:
            _compete(pop[source], routes[first:end], rates, profiles, at_risk[source])
        first = end
    for route in range(routes.shape[0]):
        source, destination, flow = routes[route, 0], routes[route, 1], routes[route, 2]
        if rates[flow] > 0.0:
            moved[flow] += _leave(pop, source, destination, rates[flow], profiles[flow], at_risk[source])


@inlined
def _most(routes: Integers, rates: Array, peaks: Array) -> float:
    """What no sum of the flows that leave a cell passes in any group."""
    most = 0.0
    for route in range(routes.shape[0]):
        flow = routes[route, 2]
        most += rates[flow] * peaks[flow] if rates[flow] > 0.0 else 0.0
    return most


@inlined
def _compete(people: Array, routes: Integers, rates: Array, profiles: Array, at_risk: Array) -> None:
    """Persons of a cell to whom its rates apply [group]: all of them, or fewer where CEILING is passed."""
    at_risk[:] = 0.0
    for route in range(routes.shape[0]):
        flow = routes[route, 2]
        rate, profile = rates[flow], profiles[flow]
        if rate > 0.0:
            for group in range(at_risk.shape[0]):
                at_risk[group] += rate * profile[group]
    for group in range(at_risk.shape[0]):
        at_risk[group] = people[group] * (CEILING / max(at_risk[group], CEILING))


@inlined
def _leave(pop: Array, source: int, destination: int, rate: float, profile: Array, at_risk: Array) -> float:
    origin = pop[source]
    people = 0.0
    if destination < 0:
        for group in range(at_risk.shape[0]):
            movers = at_risk[group] * (rate * profile[group])
            origin[group] -= movers
            people += movers
        return people
    target = pop[destination]
    for group in range(at_risk.shape[0]):
        movers = at_risk[group] * (rate * profile[group])
        origin[group] -= movers
        target[group] += movers
        people += movers
    return people
