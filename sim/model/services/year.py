"""Services that act on something inside the year, for every lane: what capacity there is, and how adequate it is.

They are those whose stock some region knows, and those whose need drives one of these. What the others need follows
from the years once they are over.
"""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.compiled import STRICT, kernel, rule
from sim.model.services.services import Norms, Table


class Acting(NamedTuple):
    """The services that act, each before those that it drives.

    at: their positions in the table; source: of its driver among the drivers, or of the service that drives it among
    those that act, as −1 − position; drivers: the measures that drive any.
    """

    at: Integers
    source: Integers
    drivers: tuple[str, ...]


class Felt(NamedTuple):
    """How adequate services are [draw, region], each [1].

    now: by the norms of the year, of all services whose stock is known; known: the share of all weight that these
    have; then: by the norms of the base year.
    """

    now: Array
    known: Array
    then: Array


def acting(of: Table, known: Collection[str]) -> Acting:
    """The services that act. known: those whose stock some region knows."""
    by_id = {service.id: service for service in of.services}
    chosen: set[str] = set()
    for id_ in known & by_id.keys():
        service = by_id[id_]
        while service.id not in chosen:
            chosen.add(service.id)
            service = by_id.get(service.parent or "", service)
    ids = [id_ for id_ in of.ids if id_ in chosen]
    drivers = tuple(dict.fromkeys(by_id[id_].driver for id_ in ids if by_id[id_].parent is None))
    source = [
        drivers.index(by_id[id_].driver) if by_id[id_].parent is None else -1 - ids.index(str(by_id[id_].parent))
        for id_ in ids
    ]
    at = [of.ids.index(id_) for id_ in ids]
    return Acting(np.array(at, dtype=np.int64), np.array(source, dtype=np.int64), drivers)


def year(of: Acting, driving: Array, capacity: Array, opened: Array, norms: Norms, then: Norms) -> Felt:
    """How adequate services are a year later; capacity: of those that act [draw, region, service], moved on in place.

    driving: their drivers [draw, region, driver]; opened: what projects deliver of each in the year; then: norms of the
    base year. Unknown stocks (NaN) stay unknown, whatever opens; routine adds nothing to a need that is not known.
    """
    found = Felt(*(np.empty(driving.shape[:2]) for _ in Felt._fields))
    now = (norms.per_driver, norms.routine, norms.retirement, norms.weight)
    lanes(of.at, of.source, driving, capacity, opened, now, (then.per_driver, then.weight), found)
    return found


def at_base(of: Acting, driving: Array, capacity: Array, norms: Norms) -> Felt:
    """How adequate they are in the base year."""
    as_they_are = Norms(norms.per_driver, np.zeros((1, 1, 1)), np.zeros((1, 1, 1)), norms.weight)
    return year(of, driving, capacity, np.zeros((1, 1, len(of.at))), as_they_are, norms)


@kernel(STRICT)
def lanes(
    at: Integers,
    source: Integers,
    driving: Array,
    capacity: Array,
    opened: Array,
    now: tuple[Array, Array, Array, Array],
    then: tuple[Array, Array],
    felt: Felt,
) -> None:
    """As `year`, for every lane. now: need per driver, routine, retirement, weight; then: need per driver, weight."""
    per_driver, routine, retirement, weight = now
    need, need_then = np.empty(at.shape[0]), np.empty(at.shape[0])
    for draw in range(driving.shape[0]):
        for region in range(driving.shape[1]):
            needs(at, source, driving[draw, region], of_lane(per_driver, draw, region), need)
            needs(at, source, driving[draw, region], of_lane(then[0], draw, region), need_then)
            stock, added = capacity[draw, region], of_lane(opened, draw, region)
            lost, usual = of_lane(retirement, draw, region), of_lane(routine, draw, region)
            for one in range(at.shape[0]):
                kept = stock[one] * (1.0 - lost[at[one] if lost.shape[0] > 1 else 0]) + added[one]
                stock[one] = kept + usual[at[one] if usual.shape[0] > 1 else 0] * np.fmax(need[one] - kept, 0.0)
            mean, known = overall(at, need, stock, of_lane(weight, draw, region))
            felt.now[draw, region], felt.known[draw, region] = mean, known
            felt.then[draw, region] = overall(at, need_then, stock, of_lane(then[1], draw, region))[0]


@rule
def of_lane(values: Array, draw: int, region: int) -> Array:
    """What a lane has of values on which draws or regions may agree [draw or 1, region or 1, …]."""
    found: Array = values[draw if values.shape[0] > 1 else 0, region if values.shape[1] > 1 else 0]
    return found


@rule
def needs(at: Integers, source: Integers, driving: Array, per_driver: Array, need: Array) -> None:
    """What is needed of each service, by its driver or by the need that drives it; a driver below 0 drives nothing."""
    for one in range(at.shape[0]):
        driver = np.maximum(driving[source[one]], 0.0) if source[one] >= 0 else need[-1 - source[one]]
        need[one] = driver * per_driver[at[one]]


@rule
def overall(at: Integers, need: Array, stock: Array, weight: Array) -> tuple[float, float]:
    """Adequacy of the services whose stock is known, by weight, 1 where none is; and the share of all weight they have.

    A service is adequate by min(1, stock ÷ need), and where nothing is needed.
    """
    total = known = enough = 0.0
    for one in range(weight.shape[0]):
        total += weight[one]
    for one in range(at.shape[0]):
        if not np.isnan(need[one] - stock[one]):
            known += weight[at[one]]
            enough += weight[at[one]] * (stock[one] / need[one] if need[one] > stock[one] else 1.0)
    return (enough / known if known > 0.0 else 1.0), (known / total if total > 0.0 else 0.0)
