"""The pipeline of projects as plain data: where each project stands, what a year gives it, what a year brings.

Times are months since the start of year 0, on a grid of 1/1024 of a month (43 minutes), so that sums and differences
of times are exact and a run that is stopped and taken up again has the same dates to the last bit.
"""

import math
from typing import Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass

Shortage = Literal["money", "land", "crew"]
"""What the project at the head of the queue waits for."""


@quickclass(frozen=True, slots=True)
class Dates:
    """When a project gets through its stages [month], each None as long as it is not known.

    approved: end of approval, known once approval has begun; started: start of construction, when all of its cost and
    land is committed; completed: end of construction, when its crews are free; opened: what it delivers is there.
    """

    approved: float | None = None
    started: float | None = None
    completed: float | None = None
    opened: float | None = None


@quickclass(frozen=True, slots=True)
class Drawn:
    """What chance made of the projects of a region in one group of draws, in the order of the projects.

    approval, construction, opening: durations of the stages [month]; cost: what a project takes from the budget
    [whole yuan]; investment: what it costs altogether [whole yuan].
    """

    approval: tuple[float, ...]
    construction: tuple[float, ...]
    opening: tuple[float, ...]
    cost: tuple[float, ...]
    investment: tuple[float, ...]


@quickclass(frozen=True, slots=True)
class Progress:
    """The pipeline of one region in one group of draws at the end of `year`.

    money: unspent [whole yuan]; land: unused quota [whole m²]; dates: by project.
    """

    year: int
    money: float
    land: float
    dates: tuple[Dates, ...]


@quickclass(frozen=True, slots=True)
class Supply:
    """What a region's pipeline is given in a year, all of it at the year's start.

    money [yuan] and land [m²] add to what is left over; `inf` is no limit, and fractions are not counted.
    crews: how many can build at a time. approval_time: factor on the approval of projects that enter it this year.
    Raises ValueError for what is negative or not a number.
    """

    money: float
    land: float
    crews: int
    approval_time: float = 1.0

    def __post_init__(self) -> None:
        for name in ("money", "land", "crews", "approval_time"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} of a year is {getattr(self, name)}, expected 0 or more")
        if not math.isfinite(self.approval_time):
            raise ValueError("approval_time of a year must be finite")


@quickclass(frozen=True, slots=True)
class Delivery:
    """So much of something in a zone (a position on the axis of zones), in the unit of the thing."""

    what: str
    zone: int
    amount: float


@quickclass(frozen=True, slots=True, kw_only=True)
class ProjectYear:
    """What a year brought in one region and group of draws.

    opened, started: what projects that opened, or began to be built, this year deliver, one entry a thing and zone.
    spent: money committed to projects started this year [yuan]; invested: their whole cost, whoever pays [yuan];
    land: used by them [m²]. At the year's end: approving, waiting, building: projects in these stages, waiting being
    approved and not started; completed ones that are not open yet count as building. short_of: what the first in the
    queue waits for; behind it, projects wait for their turn.
    """

    year: int
    opened: tuple[Delivery, ...]
    started: tuple[Delivery, ...]
    spent: float
    invested: float
    land: float
    approving: int
    waiting: int
    building: int
    short_of: tuple[Shortage, ...]


@quickclass(frozen=True, slots=True)
class Moment:
    """The 10%, 50% and 90% quantile of a date over the groups [year, with its fraction]; None: not within the run."""

    low: float | None
    median: float | None
    high: float | None


@quickclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project as a Gantt chart shows it.

    entry, number: as in `Project`; delivers: names of what it delivers. begins: when its approval begins, or when it
    entered its stage of the base year [year, with its fraction]. lead: what its stages still take at `begins` if it
    waits for nothing, by their central durations [month]; latest: when it would have to begin to be open at the test
    year's end, if they take that long [year, with its fraction]. opened_by_test: share of groups in which it is open
    at the test year's end [1]; groups: how many there are.
    """

    id: str
    entry: str
    number: int
    name: Text
    kind: str
    region: str
    zone: int
    priority: int
    delivers: tuple[str, ...]
    begins: float
    approved: Moment
    started: Moment
    opened: Moment
    lead: float
    latest: float
    opened_by_test: float
    groups: int
