"""People of a base year carried forward, brought to known totals, and the totals that later moves are led to."""

from typing import Final

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import REGISTRATIONS, RURAL
from sim.model.compiled import rule

N_REGISTRATIONS: Final = len(REGISTRATIONS)


@quickclass(frozen=True, slots=True, kw_only=True)
class ControlInputs:
    """Factors on residents of towns and of villages [1]; totals [person] and the years until they are due."""

    urban: float
    rural: float
    residents: float
    residents_years: float
    townspeople: float
    townspeople_years: float


@rule
def factor(now: ControlInputs, zone: int) -> float:
    """What the people of a zone without away are multiplied by [1]."""
    return now.rural if zone == RURAL else now.urban


@rule
def brought(people: Array, zone: int, times: float) -> None:
    """Multiply the people of a zone [cell, group], in place: age, sex and registration keep their shares."""
    for cell in range(zone * N_REGISTRATIONS, (zone + 1) * N_REGISTRATIONS):
        for group in range(people.shape[1]):
            people[cell, group] *= times


@rule
def led_to(total: float, years: float, there: float) -> float:
    """How many a year is to end with: a step of a straight line to a total; 0 where none is given.

    years: until it is due, this one included; there: how many there are before the year.
    """
    return there + (total - there) / years if total > 0.0 else 0.0
