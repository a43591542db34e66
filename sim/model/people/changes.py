"""Changes of status without a move: settlement of hukou, and places that become urban; each a parameter's share."""

from dataclasses import dataclass
from typing import Final

from sim.model.axes import (
    CITY,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RURAL,
    RURAL_REGISTRATION,
    TOWN,
    URBAN_REGISTRATION,
    cell,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A share of some cells that becomes another cell in a year: the parameter of the share, and the cells."""

    path: str
    pairs: tuple[tuple[int, int], ...]


def _settlement(path: str, registration: int) -> Change:
    return Change(path, tuple((cell(zone, registration), cell(zone, URBAN_REGISTRATION)) for zone in (CITY, TOWN)))


def _reclassification(path: str, source: int, destination: int) -> Change:
    return Change(
        path,
        tuple(
            (cell(source, registration), cell(destination, registration)) for registration in range(len(REGISTRATIONS))
        ),
    )


SETTLEMENTS: Final = (
    _settlement("hukou.settle_local", RURAL_REGISTRATION),
    _settlement("hukou.settle_outside", OUTSIDE_REGISTRATION),
)

BOUNDARY_CHANGES: Final = (
    _reclassification("boundary.rural_to_town", RURAL, TOWN),
    _reclassification("boundary.rural_to_city", RURAL, CITY),
    _reclassification("boundary.town_to_city", TOWN, CITY),
)
