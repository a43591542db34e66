"""What a measure of the model is: a quantity that a run reports, with its unit and words for it."""

from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass

ZONES: Final = ("resident", "urban", "city", "town", "rural", "away", "all")
"""Whose quantity a measure may be."""


@quickclass(frozen=True, slots=True)
class Measure:
    """A quantity of one region at a year's end, or of the year that led there.

    zone: whose quantity it is. part, whole: of which two sums it is the ratio, so that a group's is the ratio of the
    group's sums; empty for what adds up over regions, or is worked out by the process itself.
    """

    id: str
    name: Text
    unit: str
    zone: str
    is_flow: bool = False
    part: str = ""
    whole: str = ""
