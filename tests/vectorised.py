"""The year of many lanes in NumPy arrays: what one would write without a compiler, for comparing speed."""

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, CITY, N_AGES, OUTSIDE_REGISTRATION, REGISTRATIONS, RURAL, ZONES
from sim.model.people.kernels.year import ARRIVALS, DEATH_LEVEL, LEFT_BEHIND, MALES_AT_BIRTH, N_LEADING, TFR
from sim.model.people.step import N_GROUPS, ROUTES, Constants, YearInputs

WOMEN = slice(N_AGES, 2 * N_AGES)


def lanes_year(pop: Array, constants: Constants, given: YearInputs) -> Array:
    """Population [lane, zone, registration, group] a year later; one region, all lanes at once."""
    rates = given.rates[:, 0]
    after = _survived(pop, rates, constants)
    flows = rates[:, N_LEADING:]
    after = _moved(after, ROUTES.transfer, _with_counts(after, flows, given.counts[:, 0], constants), constants)
    arrivals = rates[:, ARRIVALS : ARRIVALS + AWAY, np.newaxis] * constants.arrival_profile[0]
    after[:, :AWAY, OUTSIDE_REGISTRATION] += arrivals
    _bear(pop, after, rates, constants)
    if flows[:, ROUTES.boundary[:, 2]].any():
        after = _moved(after, ROUTES.boundary, flows, constants)
    return _moved(after, ROUTES.registration, flows, constants)


def _survived(pop: Array, rates: Array, constants: Constants) -> Array:
    people = pop.reshape(*pop.shape[:3], 2, N_AGES)
    shifted = np.empty_like(people)
    shifted[..., 0] = 0.0
    shifted[..., 1:] = people[..., :-1]
    shifted[..., -1] += people[..., -1]
    dead = np.minimum(rates[:, DEATH_LEVEL, None, None, None] * constants.deaths_ratio[0], 1.0)
    return (shifted * (1.0 - dead[:, :, np.newaxis])).reshape(pop.shape)


def _with_counts(pop: Array, flows: Array, counts: Array, constants: Constants) -> Array:
    if not counts.any():
        return flows
    at_risk = np.zeros_like(counts)
    for source, _, flow in ROUTES.transfer:
        at_risk[:, flow] += (
            pop[:, source // len(REGISTRATIONS), source % len(REGISTRATIONS)] @ constants.profiles[0, flow]
        )
    return flows + np.divide(counts, at_risk, out=np.zeros_like(counts), where=(counts > 0) & (at_risk > 0))


def _moved(pop: Array, routes: Integers, rates: Array, constants: Constants) -> Array:
    cells = pop.reshape(len(pop), len(ZONES) * len(REGISTRATIONS), N_GROUPS)
    after = cells.copy()
    for source in np.unique(routes[:, 0]):
        own = routes[routes[:, 0] == source]
        shares = [rates[:, flow, np.newaxis] * constants.profiles[0, flow] for _, _, flow in own]
        leaving = cells[:, source] * (0.9 / np.maximum(sum(shares), 0.9))
        for (_, destination, _), share in zip(own, shares, strict=True):
            movers = leaving * share
            after[:, source] -= movers
            if destination >= 0:
                after[:, destination] += movers
    return after.reshape(pop.shape)


def _bear(before: Array, after: Array, rates: Array, constants: Constants) -> None:
    women = 0.5 * (before[..., WOMEN] + after[..., WOMEN])
    births = np.einsum("lzha,za->lzh", women, constants.fertility[0]) * rates[:, TFR : TFR + len(ZONES), np.newaxis]
    births[:, :, OUTSIDE_REGISTRATION] *= 1.0 - rates[:, LEFT_BEHIND, np.newaxis]
    left = births[:, AWAY] * rates[:, LEFT_BEHIND, np.newaxis]
    births[:, AWAY] -= left
    villages = before[:, RURAL].any(axis=(1, 2))
    births[villages, RURAL] += left[villages]
    births[~villages, CITY] += left[~villages]
    boys = rates[:, MALES_AT_BIRTH] / (1.0 + rates[:, MALES_AT_BIRTH])
    for sex, share in ((0, boys), (1, 1.0 - boys)):
        alive = 1.0 - np.minimum(rates[:, DEATH_LEVEL, np.newaxis] * constants.deaths_ratio[0, :, sex, 0], 1.0)
        after[..., sex * N_AGES] += births * share[:, None, None] * alive[..., np.newaxis]
