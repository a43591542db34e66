"""Homes at a year's end, what happens to them in a year, and what a region's base year says of them."""

from dataclasses import dataclass, field
from math import nan
from typing import Final

from sim.model.arrays import Array, ByRegion, ByZone

N_ZONES: Final = 3
TENURES: Final = ("market", "public_rental", "affordable", "talent", "resettlement")
"""Kinds of homes that are completed; self-built homes of villages count as market."""

PROGRAMMES: Final = ("public_rental", "affordable", "talent", "resettlement", "renovation")
"""What policies start and a later year completes."""

PUBLIC_RENTAL, AFFORDABLE, TALENT, RESETTLEMENT, RENOVATION = range(len(PROGRAMMES))
N_SUBSIDISED: Final = TALENT + 1

SLOTS: Final = 6
"""Years ahead in which what is under construction may be completed."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Base:
    """What stays as it was in the base year; NaN where it is not known.

    renting: share of households that rent [1]; public_rental, affordable: homes.
    """

    renting: ByRegion
    public_rental: ByRegion
    affordable: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Sums since the base year; delivered: homes of programmes.

    settled: persons who settled; resettlement, talent: homes owed and wanted; renovation: renovations started;
    shanty: homes demolished in renewal; rural: village homes improved.
    """

    settled: ByRegion
    delivered: Array
    resettlement: ByRegion
    talent: ByRegion
    renovation: ByRegion
    shanty: ByRegion
    rural: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Homes at a year's end, zones city, town, rural.

    homes: units, empty ones included; floor [m²]; households, residents: who lives there;
    usual: the vacancy that is built for, and declared: the vacancy it was set from; felt: the vacancy that moves
    are measured from, the usual one until a slack market lowers it everywhere [1];
    expected: new homes a year that the market counts on; market: homes under construction for it by the year
    of completion [slot, draw, region, zone]; programmes: the same for policies [slot, draw, region, programme];
    old, shanty: homes not yet renovated or renewed, NaN where not known.
    is_base: nothing is under construction yet; the first year puts there what a steady trend would have.
    """

    homes: ByZone
    floor: ByZone
    households: ByZone
    residents: ByZone
    usual: ByZone
    declared: ByZone
    felt: ByZone
    expected: ByZone
    market: Array = field(metadata={"draws": 1})
    programmes: Array = field(metadata={"draws": 1})
    old: ByRegion
    shanty: ByRegion
    since: Since
    base: Base
    is_base: bool


@dataclass(frozen=True, slots=True)
class Occupants:
    """Who needs homes at a year's end: households, residents, persons who settled.

    reclassified: shares of villages that became town and county seat, and of towns that became county seat, in
    the year [draw, region, 3] (the order of `BOUNDARY_CHANGES`); their homes go with them.
    """

    households: ByZone
    residents: ByZone
    settled: ByRegion
    reclassified: Array | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What projects opened in a year.

    homes: completed [tenure, draw, region, zone]; demolished, renovated.
    """

    homes: Array
    demolished: ByZone
    renovated: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """New homes that a year asks for, by part [home/year]; `reused` is negative."""

    growth: ByZone
    improvement: ByZone
    replacement: ByZone
    vacancy: ByZone
    reused: ByZone

    @property
    def total(self) -> ByZone:
        """The sum of the parts, never negative."""
        return self.growth + self.improvement + self.replacement + self.vacancy + self.reused


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesYear:
    """What happened to homes in a year [home/year].

    ageing, renewal, withdrawn: homes demolished or taken out of use; completed, started [tenure, …], completed with
    those of projects and started without; renewed_by_policy, renovation_by_policy, renovation_started, renovated,
    from_backlog (resettlement homes under way before the base year), rural_improved;
    floor_completed [m²/year]; new_size [tenure, …], old_size: floor area of a new and of a demolished home [m²].
    """

    demand: Demand
    ageing: ByZone
    renewal: ByZone
    withdrawn: ByZone
    completed: Array
    started: Array
    renewed_by_policy: ByRegion
    renovation_by_policy: ByRegion
    renovation_started: ByRegion
    renovated: ByRegion
    from_backlog: ByRegion
    rural_improved: ByRegion
    floor_completed: ByZone
    new_size: Array
    old_size: ByZone

    @property
    def demolished(self) -> ByZone:
        """All homes lost in the year."""
        return self.ageing + self.renewal + self.withdrawn
