"""Changes of status without a move: places that become urban, settlement of hukou here and elsewhere.

By the published definition people are registered in town where the place they are registered in is urban. Whoever is
registered in a village that becomes urban, there or away, is therefore registered in town from then on.
"""

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
    cell,
)
from sim.model.people.flows import ELSEWHERE, REGISTERED


@quickclass(frozen=True, slots=True)
class Change:
    """A share of some cells that becomes another cell in a year (ELSEWHERE: leaves the account), and the cells.

    follows: paths of the parameters whose sum is the share; of the change's own path where there are none.
    """

    path: str
    pairs: tuple[tuple[int, int], ...]
    follows: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[str, ...]:
        """Paths of the parameters whose sum is the share."""
        return self.follows or (self.path,)


def _settlement(path: str, registration: int) -> Change:
    return Change(path, tuple((cell(zone, registration), cell(zone, URBAN_REGISTRATION)) for zone in (CITY, TOWN)))


def _reclassification(path: str, source: int, destination: int) -> Change:
    def after(registration: int) -> int:
        return URBAN_REGISTRATION if source == RURAL and registration == RURAL_REGISTRATION else registration

    return Change(
        path,
        tuple(
            (cell(source, registration), cell(destination, after(registration)))
            for registration in range(len(REGISTRATIONS))
        ),
    )


SETTLEMENTS: Final = (
    _settlement("hukou.settle_local", RURAL_REGISTRATION),
    _settlement("hukou.settle_outside", OUTSIDE_REGISTRATION),
)
"""People who take up urban registration where they live."""

BOUNDARY_CHANGES: Final = (
    _reclassification("boundary.rural_to_town", RURAL, TOWN),
    _reclassification("boundary.rural_to_city", RURAL, CITY),
    _reclassification("boundary.town_to_city", TOWN, CITY),
)

REGISTRATION_CHANGES: Final = (
    *SETTLEMENTS,
    Change("hukou.settle_elsewhere", tuple((cell(AWAY, registration), ELSEWHERE) for registration in REGISTERED)),
    Change(
        "hukou.reclassified_away",
        ((cell(AWAY, RURAL_REGISTRATION), cell(AWAY, URBAN_REGISTRATION)),),
        ("boundary.rural_to_town", "boundary.rural_to_city"),
    ),
)
"""Changes of registration; settlement elsewhere is the other side of outsiders' settlement in all other regions."""

CHANGES: Final = (*BOUNDARY_CHANGES, *REGISTRATION_CHANGES)
"""Every change, in the order of the kernel's columns."""
