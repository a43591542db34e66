"""The flows between zones and in and out of the region; their levels are parameters of the same path."""

from typing import Final

from sim.common.quickclass import quickclass
from sim.model.axes import (
    AWAY,
    CITY,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RURAL,
    RURAL_REGISTRATION,
    TOWN,
    URBAN_REGISTRATION,
)

ELSEWHERE: Final = -1
ANY_REGISTRATION: Final = tuple(range(len(REGISTRATIONS)))
REGISTERED: Final = (URBAN_REGISTRATION, RURAL_REGISTRATION)
OUTSIDERS: Final = (OUTSIDE_REGISTRATION,)


@quickclass(frozen=True, slots=True)
class Flow:
    """A named move: from one zone to another (ELSEWHERE: out of the account), who may make it, its profile."""

    path: str
    source: int
    destination: int
    registration: tuple[int, ...]
    profile: str


FLOWS: Final = (
    Flow("transfer.rural_to_city", RURAL, CITY, ANY_REGISTRATION, "transfer"),
    Flow("transfer.rural_to_town", RURAL, TOWN, ANY_REGISTRATION, "transfer"),
    Flow("transfer.town_to_city", TOWN, CITY, ANY_REGISTRATION, "transfer"),
    Flow("transfer.city_to_rural", CITY, RURAL, ANY_REGISTRATION, "back"),
    Flow("transfer.town_to_rural", TOWN, RURAL, ANY_REGISTRATION, "back"),
    Flow("away.leave_city", CITY, AWAY, REGISTERED, "leave"),
    Flow("away.leave_town", TOWN, AWAY, REGISTERED, "leave"),
    Flow("away.leave_rural", RURAL, AWAY, REGISTERED, "leave"),
    Flow("away.return_to_city", AWAY, CITY, REGISTERED, "return"),
    Flow("away.return_to_town", AWAY, TOWN, REGISTERED, "return"),
    Flow("away.return_to_rural", AWAY, RURAL, REGISTERED, "return"),
    Flow("outside.depart_city", CITY, ELSEWHERE, OUTSIDERS, "leave"),
    Flow("outside.depart_town", TOWN, ELSEWHERE, OUTSIDERS, "leave"),
    Flow("outside.depart_rural", RURAL, ELSEWHERE, OUTSIDERS, "leave"),
)

ARRIVAL_PATHS: Final = {CITY: "outside.arrive_city", TOWN: "outside.arrive_town", RURAL: "outside.arrive_rural"}
PROFILES: Final = ("transfer", "back", "leave", "return", "arrive")
