"""What a measure of the model is: a quantity that a run reports, with its unit and words for it."""

from dataclasses import dataclass

from sim.common.language import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity of one region at a year's end, or of the year that led there.

    zone: whose quantity it is (resident, urban, city, town, rural, away, all).
    """

    id: str
    name: Text
    unit: str
    zone: str
    is_flow: bool = False
