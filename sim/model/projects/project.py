"""Projects of a plan's pool once every file is read: frozen data, in the units of the model."""

from typing import Final, Literal, NamedTuple

from sim.common.errors import Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.draws.distribution import Distribution

HOME_THINGS: Final = ("homes", "public_rental_homes", "affordable_homes", "talent_homes", "resettlement_homes")
"""What projects may deliver of homes, in the order of tenures: `homes` are for the market."""

THINGS: Final = ("jobs", "demolished_homes", "renovated_homes", *HOME_THINGS)
"""What projects may deliver besides the capacity of services."""

Stage = Literal["approval", "waiting", "construction"]


class Brought(NamedTuple):
    """What a parameter that policies add to brings, in the words of projects, counted when begun or when opened."""

    thing: str
    when_started: bool


BROUGHT: Final = {
    "jobs.new": Brought("jobs", False),
    "homes.public_rental_starts": Brought("public_rental_homes", True),
    "homes.affordable_starts": Brought("affordable_homes", True),
    "homes.talent_units": Brought("talent_homes", True),
    "homes.renovation_units": Brought("renovated_homes", True),
    "homes.shanty_units": Brought("demolished_homes", True),
    "homes.resettlement_deliveries": Brought("resettlement_homes", False),
}
"""Parameters by which a policy brings what projects can deliver as well."""


@quickclass(frozen=True, slots=True)
class Chance:
    """An uncertain number: its central value, how it spreads, and what backs it.

    The central value is the mode of a triangular distribution and the median of a lognormal one.
    """

    central: float
    dist: Distribution
    source: Text | None = None


@quickclass(frozen=True, slots=True)
class Delivers:
    """What a project delivers when it opens, in the unit of the thing."""

    what: str
    amount: float


@quickclass(frozen=True, slots=True)
class Project:
    """One project of the pipeline.

    entry, number: the entry of the file that it comes from, and which of several like ones it is (0: the only one).
    zone: position on the axis of zones. approval, construction, opening: durations [month]; opens_in: the calendar
    month in which it may open (None: any). cost: investment [yuan], of which `budget_share` is the region's to pay.
    land [m²]. crews: how many it takes while it is built. begins: the moment its approval can begin, or for a
    project that is past approval at the base year's end, when it entered its `stage` [month since year 0].
    """

    id: str
    entry: str
    number: int
    name: Text
    kind: str
    region: str
    zone: int
    delivers: tuple[Delivers, ...]
    approval: Chance
    construction: Chance
    opening: Chance
    opens_in: int | None
    cost: Chance
    budget_share: float
    land: float
    crews: int
    begins: float
    stage: Stage
    priority: int
    source: Text | None
    place: Place
