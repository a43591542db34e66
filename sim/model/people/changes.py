"""Changes of status without a move: settlement of hukou, and places that become urban; each a parameter's share."""

from dataclasses import dataclass
from typing import Final

from sim.model.axes import CITY, HUKOU, OUTSIDE_HUKOU, RURAL, RURAL_HUKOU, TOWN, URBAN_HUKOU, cell


@dataclass(frozen=True, slots=True)
class Change:
    """A share of some cells that becomes another cell in a year: the parameter of the share, and the cells."""

    path: str
    pairs: tuple[tuple[int, int], ...]


def _settlement(path: str, hukou: int) -> Change:
    return Change(path, tuple((cell(zone, hukou), cell(zone, URBAN_HUKOU)) for zone in (CITY, TOWN)))


def _reclassification(path: str, source: int, destination: int) -> Change:
    return Change(path, tuple((cell(source, hukou), cell(destination, hukou)) for hukou in range(len(HUKOU))))


SETTLEMENTS: Final = (
    _settlement("hukou.settle_local", RURAL_HUKOU),
    _settlement("hukou.settle_outside", OUTSIDE_HUKOU),
)

BOUNDARY_CHANGES: Final = (
    _reclassification("boundary.rural_to_town", RURAL, TOWN),
    _reclassification("boundary.rural_to_city", RURAL, CITY),
    _reclassification("boundary.town_to_city", TOWN, CITY),
)
