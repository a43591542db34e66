"""Services that act on something inside the year, for every lane: what capacity there is, and how adequate it is.

They are those whose stock some region knows, and those whose need drives one of these. What the others need follows
from the years once they are over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.compiled import STRICT, kernel, rule
from sim.model.services.service import Capacity
from sim.model.services.services import Norms, Table


class Acting(NamedTuple):
    """The services that act, each before those that it drives.

    at: their positions in the table; source: of its driver among the drivers, or of the service that drives it among
    those that act, as −1 − position; drivers: the measures that drive any.
    """

    at: Integers
    source: Integers
    drivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standards:
    """What the services that act go by, each [draw or 1, region or 1, service]; over years with [year or 1] in front.

    per_driver: need per unit of driver; routine, retirement: shares of a year; weight: in adequacy; whole: weight of
    all services, of those that do not act too [draw or 1, region or 1, 1].
    """

    per_driver: Array
    routine: Array
    retirement: Array
    weight: Array
    whole: Array

    def of_years(self, which: slice) -> "Standards":
        """Those of some of the years."""
        return Standards(*(of_years(getattr(self, one.name), which) for one in fields(self)))


def of_years(values: Array, which: slice) -> Array:
    """Values of some years; where all years agree they are there once [year or 1, …]."""
    return values[which] if len(values) > 1 else values


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


def standards(of: Acting, norms: Norms) -> Standards:
    """What the services that act go by, in every year that the norms are of."""

    def own(values: tuple[Array, ...]) -> Array:
        return side_by_side([values[at] for at in of.at])

    return Standards(
        per_driver=own(norms.per_driver),
        routine=own(norms.routine),
        retirement=own(norms.retirement),
        weight=own(norms.weight),
        whole=side_by_side([sum(norms.weight, start=np.zeros((1, 1, 1)))]),
    )


def side_by_side(values: Sequence[Array]) -> Array:
    """Values as one array [..., value]; what all agree on along an axis is there once."""
    if not values:
        return np.zeros((1, 1, 1, 0))
    found = np.empty((*np.broadcast_shapes(*{value.shape for value in values}), len(values)))
    for at, value in enumerate(values):
        found[..., at] = value
    return found


def start(of: Acting, ids: Sequence[str], known: Sequence[Mapping[str, Capacity]], given: tuple[Array, Array]) -> Array:
    """Capacities of the base year [draw, region, service], NaN where a region's stock of a service is not known.

    ids: of the table; known: of each region, by service; given: drivers [draw, region, driver], and need per unit of
    driver [draw or 1, region or 1, service].
    """
    driving, per_driver = given
    needed = np.empty((*driving.shape[:2], len(of.at)))
    found = np.full_like(needed, np.nan)
    for column, (at, source) in enumerate(zip(of.at.tolist(), of.source.tolist(), strict=True)):
        driver = np.maximum(driving[..., source], 0.0) if source >= 0 else needed[..., -1 - source]
        needed[..., column] = driver * per_driver[..., column]
        for region, capacities in enumerate(known):
            capacity = capacities.get(ids[at])
            if capacity is not None:
                found[:, region, column] = capacity.value * (driver[:, region] if capacity.per_driver else 1.0)
    return found


def year(of: Acting, driving: Array, capacity: Array, opened: Array, now: Standards, then: Standards) -> Felt:
    """How adequate services are a year later; capacity: of those that act [draw, region, service], moved on in place.

    driving: their drivers [draw, region, driver]; opened: what projects deliver of each in the year; then: standards of
    the base year. Unknown stocks (NaN) stay unknown, whatever opens; routine adds nothing to a need that is not known.
    """
    found = Felt(*(np.empty(driving.shape[:2]) for _ in Felt._fields))
    own = (now.per_driver, now.routine, now.retirement, now.weight, now.whole)
    lanes(of.source, driving, capacity, opened, own, (then.per_driver, then.weight, then.whole), found)
    return found


def at_base(of: Acting, driving: Array, capacity: Array, now: Standards) -> Felt:
    """How adequate they are in the base year."""
    nothing = np.zeros((1, 1, len(of.at)))
    return year(of, driving, capacity, nothing, replace(now, routine=nothing, retirement=nothing), now)


@kernel(STRICT)
def lanes(
    source: Integers,
    driving: Array,
    capacity: Array,
    opened: Array,
    now: tuple[Array, Array, Array, Array, Array],
    then: tuple[Array, Array, Array],
    felt: Felt,
) -> None:
    """As `year`, for every lane. now: need per driver, routine, retirement, weight, whole; then: without the shares."""
    per_driver, routine, retirement, weight, whole = now
    need, need_then = np.empty(source.shape[0]), np.empty(source.shape[0])
    for draw in range(driving.shape[0]):
        for region in range(driving.shape[1]):
            needs(source, driving[draw, region], of_lane(per_driver, draw, region), need)
            needs(source, driving[draw, region], of_lane(then[0], draw, region), need_then)
            stock, added = capacity[draw, region], of_lane(opened, draw, region)
            lost, usual = of_lane(retirement, draw, region), of_lane(routine, draw, region)
            for one in range(source.shape[0]):
                kept = stock[one] * (1.0 - lost[one]) + added[one]
                stock[one] = kept + usual[one] * np.fmax(need[one] - kept, 0.0)
            mean, known = overall(need, stock, of_lane(weight, draw, region), of_lane(whole, draw, region)[0])
            felt.now[draw, region], felt.known[draw, region] = mean, known
            own, total = of_lane(then[1], draw, region), of_lane(then[2], draw, region)[0]
            felt.then[draw, region] = overall(need_then, stock, own, total)[0]


@rule
def of_lane(values: Array, draw: int, region: int) -> Array:
    """What a lane has of values on which draws or regions may agree [draw or 1, region or 1, …]."""
    found: Array = values[draw if values.shape[0] > 1 else 0, region if values.shape[1] > 1 else 0]
    return found


@rule
def needs(source: Integers, driving: Array, per_driver: Array, need: Array) -> None:
    """What is needed of each service, by its driver or by the need that drives it; a driver below 0 drives nothing."""
    for one in range(source.shape[0]):
        driver = np.maximum(driving[source[one]], 0.0) if source[one] >= 0 else need[-1 - source[one]]
        need[one] = driver * per_driver[one]


@rule
def overall(need: Array, stock: Array, weight: Array, whole: float) -> tuple[float, float]:
    """Adequacy of the services whose stock is known, by weight, 1 where none is; and the share of all weight they have.

    A service is adequate by min(1, stock ÷ need), and where nothing is needed. whole: all weight.
    """
    known = enough = 0.0
    for one in range(need.shape[0]):
        if not np.isnan(need[one] - stock[one]):
            known += weight[one]
            enough += weight[one] * (stock[one] / need[one] if need[one] > stock[one] else 1.0)
    return (enough / known if known > 0.0 else 1.0), (known / whole if whole > 0.0 else 0.0)
