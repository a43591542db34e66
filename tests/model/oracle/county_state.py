"""What a county is from one year to the next, what a year is given, and what happened in it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array, ByRegion, ByService, Values
from sim.model.people.state import State
from sim.model.people.step import Constants
from sim.model.projects.project import THINGS
from sim.model.services.service import Capacity
from tests.model.oracle.draws_groups import Groups
from tests.model.oracle.homes_stock import BaseHomes, Homes
from tests.model.oracle.jobs_jobs import Jobs
from tests.model.oracle.money_budget import Purse
from tests.model.oracle.moves_between import Movers
from tests.model.oracle.moves_pull import Conditions
from tests.model.oracle.projects_pools import Pipelines, Programme
from tests.model.oracle.services_services import Norms, Standing, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What does not change at all, by region where it is a tuple.

    together: whether people move between the regions; homes, known: what is known of homes and of services in the
    base year; services: the table; delivered: the services that projects deliver.
    """

    people: Constants
    base_year: int
    together: bool
    homes: tuple[BaseHomes, ...]
    services: Table
    known: tuple[Mapping[str, Capacity], ...]
    delivered: tuple[str, ...]

    @property
    def things(self) -> tuple[str, ...]:
        """What projects may deliver."""
        return (*THINGS, *self.delivered)

    def by_service(self, delivered: Array) -> ByService:
        """What was delivered on the axis of all services [draw, region, service]. delivered: of `things`."""
        place = np.array([self.services.ids.index(id_) for id_ in self.delivered], dtype=np.int64)
        amounts = np.zeros((*delivered.shape[:-1], len(self.services.ids)))
        amounts[..., place] = delivered[..., len(THINGS) :]
        return amounts


@dataclass(frozen=True, slots=True)
class Served:
    """How services stand at a year's end.

    standing: need, capacity and gap of each; adequacy: of all whose stock is known, and known: the share of all weight
    that these have, each [1].
    """

    standing: Standing
    adequacy: ByRegion
    known: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a block of draws keeps over the years.

    tally: of the base year, with households and labour force at its level [draw, region, column]; base: its measures,
    each [draw, region]; norms: of services then, which the pull keeps to, and adequacy by them; groups:
    which project pool each draw has; programme: the pools.
    """

    frame: Frame
    groups: Groups
    programme: Programme
    tally: Array
    base: Values
    norms: Norms
    adequacy: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """What is true at the end of a year, for every draw and region of a block.

    services: how they stand; delivered: by projects since the base year [draw, region, thing]; land_sold: for homes in
    the year [m²].
    """

    people: State
    jobs: Jobs
    homes: Homes
    services: Served
    delivered: Array
    land_sold: ByRegion
    purse: Purse
    pipelines: Pipelines
    movers: Movers
    conditions: Conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened in a year: the kernel's ledger, and what adds up over regions.

    ledger [draw, region, column]; tally: at the year's headship and participation [draw, region, column]; people:
    measures of people at its end, economy: what adds up of all else, each [draw, region].
    """

    ledger: Array
    tally: Array
    people: Values
    economy: Values
    indicators: Mapping[str, Array]
