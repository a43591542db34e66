"""What a county is from one year to the next, what a year is given, and what happened in it."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.county.sums import NAMES
from sim.model.homes.stock import BaseHomes, Homes
from sim.model.jobs.jobs import Jobs
from sim.model.measures import DERIVED
from sim.model.money.budget import Purse
from sim.model.moves.between import Movers
from sim.model.moves.pull import Conditions
from sim.model.people.kernels.step import People
from sim.model.people.state import State
from sim.model.people.step import LEDGER_WIDTH, Constants
from sim.model.projects.pools import Programme
from sim.model.projects.project import THINGS
from sim.model.projects.stages import Stages
from sim.model.records import Records
from sim.model.services.service import Capacity
from sim.model.services.services import Table
from sim.model.services.year import Acting, Serving, Standards


@quickclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What does not change at all, by region where it is a tuple.

    base_year: that people and all else are known in; outset: the year whose end a run is reported from, that or a later
    one, at whose end people are brought to known totals and after which alone projects act.
    together: whether people move between the regions; homes, known: what is known of homes and of services in the
    base year; services: the table; acting: those that act on something inside the year; delivered: those that projects
    deliver.
    """

    people: Constants
    base_year: int
    outset: int
    together: bool
    homes: tuple[BaseHomes, ...]
    services: Table
    acting: Acting
    known: tuple[Mapping[str, Capacity], ...]
    delivered: tuple[str, ...]

    @property
    def things(self) -> tuple[str, ...]:
        """What projects may deliver."""
        return (*THINGS, *self.delivered)

    @property
    def serving(self) -> Serving:
        """The services that act, as kernels take them."""
        names = (*NAMES, *DERIVED)
        ids = [self.services.ids[at] for at in self.acting.at]
        return Serving(
            source=self.acting.source,
            drivers=np.array([names.index(name) for name in self.acting.drivers], dtype=np.int64),
            things=np.array([self.things.index(one) if one in self.delivered else -1 for one in ids], dtype=np.int64),
        )


class Lane:
    """What is true of a lane at a year's end besides its people. land_sold: for homes in the year [m²]."""

    jobs: Jobs
    homes: Homes
    purse: Purse
    movers: Movers
    conditions: Conditions
    land_sold: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a block of draws keeps over the years.

    people: what their kernel goes by; programme: of the project pools; serving: the services that act; base: `SUMS` of
    the base year [draw, region];
    services: what they go by then, which the pull keeps to, and adequacy by it [draw, region].
    """

    frame: Frame
    people: People
    programme: Programme
    serving: Serving
    base: Records
    services: Standards
    adequacy: Array


@quickclass(frozen=True, slots=True, kw_only=True)
class County:
    """What is true at the end of a year, for every draw and region of a block.

    people: of every draw, or of one for all; lanes: a `Lane` each [draw, region];
    capacity: of the services that act [draw, region, service]; delivered: by projects since the base year [draw,
    region, thing]; pipelines: where projects stand.
    """

    people: State
    lanes: Records
    capacity: Array
    delivered: Array
    pipelines: Stages


@quickclass(frozen=True, slots=True, kw_only=True)
class Years:
    """What happened in some years: the kernel's ledger, and what adds up over regions.

    ledger [column, year, draw, region]; sums: the numbers of `SUMS` [column, year, draw, region]; capacity, delivered:
    as in `County` at each year's end [service or thing, year, draw, region].
    """

    years: Sequence[int]
    ledger: Array
    sums: Array
    capacity: Array
    delivered: Array

    def of(self, year: int) -> "Years":
        """The same of one year."""
        return self.part(slice(self.years.index(year), self.years.index(year) + 1))

    def part(self, at: slice) -> "Years":
        """The same of some years that follow each other, by position."""
        return Years(
            years=self.years[at],
            ledger=self.ledger[:, at],
            sums=self.sums[:, at],
            capacity=self.capacity[:, at],
            delivered=self.delivered[:, at],
        )


def room(county: County, years: Sequence[int]) -> Years:
    """Space for what will happen to a county in some years."""
    lanes = (len(years), *county.lanes.shape)
    return Years(
        years=years,
        ledger=np.empty((LEDGER_WIDTH, *lanes)),
        sums=np.empty((len(NAMES), *lanes)),
        capacity=np.empty((county.capacity.shape[-1], *lanes)),
        delivered=np.empty((county.delivered.shape[-1], *lanes)),
    )
