"""People who move between the regions of a prefecture."""

import numpy as np

from sim.model.arrays import Array, ByRegion, Values
from sim.model.axes import CITY
from sim.model.people.flows import ARRIVAL_PATHS, FLOWS
from sim.model.people.kernels.year import LEDGER_FLOWS
from sim.model.people.step import FLOW_PATHS
from tests.model.oracle import moves_between as between
from tests.model.oracle import moves_pull as pull
from tests.model.oracle.county_state import County, Setup
from tests.model.oracle.moves_between import Movers
from tests.model.oracle.moves_inputs import MovesInputs

_LEFT = [LEDGER_FLOWS + FLOW_PATHS.index(flow.path) for flow in FLOWS if flow.path.startswith("away.leave_")]
_ARRIVES_IN_CITY = list(ARRIVAL_PATHS).index(CITY)


def moves(
    setup: Setup, before: County, attraction: Array, rates: Array, now: MovesInputs
) -> tuple[Movers, Array, Array | None]:
    """Movers, rates and persons moved [draw, from, to] once the regions answer to each other's leavers."""
    movers = before.movers
    if not setup.frame.together or movers.left is None:
        return movers, rates, None
    to = between.destinations(setup.base["urban"], attraction[..., CITY])
    share = now.between.share
    strength = pull.multipliers(attraction)[..., _ARRIVES_IN_CITY]
    if movers.usual is None:
        movers = between.first(movers, share, to, between.fitted(rates, strength))
    people = between.moved(movers, share, to)
    return movers, between.arriving(rates, people, movers, strength), people


def left(ledger: Array) -> ByRegion:
    """Who left each region in the year [person]."""
    gone: ByRegion = ledger[..., _LEFT].sum(axis=-1)
    return gone


def sums(people: Array | None, like: ByRegion) -> Values:
    """Persons who came from and went to the other regions. people: as `moves` gives them; like: [draw, region]."""
    nothing = np.zeros_like(like)
    if people is None:
        return {"between_in": nothing, "between_out": nothing}
    return {"between_in": people.sum(axis=1), "between_out": people.sum(axis=2)}
