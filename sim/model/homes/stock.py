"""Homes at a year's end, what happens to them in a year, and what a region's base year says of them."""

from math import nan
from typing import Annotated, Final

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import RESIDENT_ZONES
from sim.model.records import Zones

N_ZONES: Final = len(RESIDENT_ZONES)
TENURES: Final = ("market", "public_rental", "affordable", "talent", "resettlement")
"""Kinds of homes that are completed; self-built homes of villages count as market."""

PROGRAMMES: Final = ("public_rental", "affordable", "talent", "resettlement", "renovation")
"""What policies start and a later year completes."""

PUBLIC_RENTAL, AFFORDABLE, TALENT, RESETTLEMENT, RENOVATION = range(len(PROGRAMMES))
N_SUBSIDISED: Final = TALENT + 1

SLOTS: Final = 6
"""Years ahead in which what is under construction may be completed."""


@quickclass(frozen=True, slots=True)
class BaseHomes:
    """What is known of one region's homes in the base year; NaN where it is not known.

    floor_per_person [m²/person], rooms_per_household; rented, self_built, purchased: shares of households [1];
    public_rental, affordable; old: homes in estates due for renovation; shanty: homes due for renewal [home].
    """

    floor_per_person: float = nan
    rooms_per_household: float = nan
    rented: float = nan
    self_built: float = nan
    purchased: float = nan
    public_rental: float = nan
    affordable: float = nan
    old: float = nan
    shanty: float = nan


Programmes = Annotated[Array, (len(PROGRAMMES),)]
Tenures = Annotated[Array, (len(TENURES), N_ZONES)]


class Since:
    """Sums since the base year; delivered: homes of programmes.

    settled: persons who settled; resettlement, talent: homes owed and wanted; renovation: renovations started;
    shanty: homes demolished in renewal; rural: village homes improved.
    """

    settled: float
    delivered: Programmes
    resettlement: float
    talent: float
    renovation: float
    shanty: float
    rural: float


class Homes:
    """Homes at a year's end, zones city, town, rural.

    homes: units, empty ones included; floor [m²]; households, residents: who lives there;
    usual: the vacancy that is built for, and declared: the vacancy it was set from; felt: the vacancy that moves
    are measured from, the usual one until a slack market lowers it everywhere [1];
    expected: new homes a year that the market counts on; market: homes under construction for it by the year
    of completion, the coming one first; programmes: the same for policies; old, shanty: homes not yet renovated or
    renewed; renting: share of households that rent in the base year [1]; public_rental, affordable: homes then. NaN:
    not known.
    """

    homes: Zones
    floor: Zones
    households: Zones
    residents: Zones
    usual: Zones
    declared: Zones
    felt: Zones
    expected: Zones
    market: Annotated[Array, (SLOTS, N_ZONES)]
    programmes: Annotated[Array, (SLOTS, len(PROGRAMMES))]
    old: float
    shanty: float
    since: Since
    renting: float
    public_rental: float
    affordable: float


class Occupants:
    """Who needs homes at a year's end: households, residents, persons who settled.

    to_town, to_city, risen: shares of villages that became town and county seat, and of towns that became county
    seat, in the year [1]; their homes go with them.
    """

    households: Zones
    residents: Zones
    settled: float
    to_town: float
    to_city: float
    risen: float


class Opened:
    """What projects opened in a year. homes: completed, by tenure and zone; demolished, renovated."""

    homes: Tenures
    demolished: Zones
    renovated: float


class HomesYear:
    """What happened to homes in a year [home/year].

    target: the vacancy that is built for [1]; growth, improvement, replacement, vacancy, reused: the demand for new
    homes by part, of which the last is negative, and demand: their sum; ageing, renewal, withdrawn: homes demolished or
    taken out of use; demolished: all of them; place: share of each zone in what is built for the county [1];
    by_policy: homes demolished by policies; begun, finished: by programme; completed, started: by tenure, completed
    with those of projects and started without; renovation_started, renovated; backlog: resettlement homes under way
    before the base year; rural_improved; floor_completed [m²/year]; new_size, old_size: floor area of a new and of a
    demolished home [m²].
    """

    target: Zones
    growth: Zones
    improvement: Zones
    replacement: Zones
    vacancy: Zones
    reused: Zones
    demand: Zones
    ageing: Zones
    renewal: Zones
    withdrawn: Zones
    demolished: Zones
    place: Zones
    by_policy: float
    begun: Programmes
    finished: Programmes
    completed: Tenures
    started: Tenures
    renovation_started: float
    renovated: float
    backlog: float
    rural_improved: float
    floor_completed: Zones
    new_size: Tenures
    old_size: Zones
