"""What a service is: a driver, a standard, and what a unit of its capacity costs and takes."""

from typing import Final, Literal

from sim.common.errors import Place
from sim.common.language import NOTHING, Text
from sim.common.quickclass import quickclass
from sim.common.units import base, factor, per
from sim.model.texts import tr

EvidenceClass = Literal[
    "standard", "local_rule", "statistic", "policy_target", "plan", "project", "paper", "derived", "assumption"
]
Category = Literal[
    "education",
    "health",
    "childcare",
    "elder_care",
    "community",
    "culture_sport",
    "commerce",
    "transport",
    "utilities",
    "sanitation",
    "green",
    "safety",
    "land",
]

EVIDENCE: Final[dict[EvidenceClass, Text]] = {
    "standard": tr("standard (secondary source)"),
    "local_rule": tr("local rule"),
    "statistic": tr("statistic"),
    "policy_target": tr("policy target"),
    "plan": tr("plan"),
    "project": tr("project"),
    "paper": tr("paper"),
    "derived": tr("derived"),
    "assumption": tr("assumption"),
}
"""What backs a figure; no standard was seen in its official edition."""

CATEGORIES: Final[dict[Category, Text]] = {
    "education": tr("education"),
    "health": tr("health"),
    "childcare": tr("childcare"),
    "elder_care": tr("elder care"),
    "community": tr("community"),
    "culture_sport": tr("culture and sport"),
    "commerce": tr("commerce"),
    "transport": tr("transport"),
    "utilities": tr("utilities"),
    "sanitation": tr("sanitation"),
    "green": tr("green space"),
    "safety": tr("safety"),
    "land": tr("construction land"),
}
NEED: Final = "need."
"""What a driver begins with that is the need of another service."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of a service in the unit it was written in, with its plausible range and what backs it."""

    value: float
    low: float
    high: float
    unit: str
    evidence: EvidenceClass
    source: Text
    note: Text | None = None

    @property
    def backing(self) -> Text:
        """Class of evidence, source and note in one sentence."""
        kind = EVIDENCE[self.evidence]
        note = self.note or NOTHING
        return Text(
            f"{kind.zh}:{self.source.zh}" + (f";{note.zh}" if note.zh else ""),
            f"{kind.en}: {self.source.en}" + (f"; {note.en}" if note.en else ""),
        )


@quickclass(frozen=True, slots=True)
class Level:
    """A standard as some other place, year or document has it, in the unit of the standard."""

    name: Text
    value: float
    evidence: EvidenceClass


@quickclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A public service or facility: need = driver × enrolment × standard, in `unit` (canonical).

    driver: a measure of the model, or `need.<service>`; driver_unit: its unit. enrolment: share of the driver who
    use it. unit_cost: investment for a unit of capacity; land: land for one; running_cost: of one a year; what is None
    is not known, and land None is none. weight: in the adequacy of services. part_of: the service that counts its
    cost and land already. routine, retirement: where they differ from those of all services.
    """

    id: str
    name: Text
    category: Category
    driver: str
    driver_unit: str
    unit: str
    standard: Figure
    place: Place
    enrolment: Figure | None = None
    unit_cost: Figure | None = None
    land: Figure | None = None
    running_cost: Figure | None = None
    routine: Figure | None = None
    retirement: Figure | None = None
    weight: float = 0.0
    part_of: str | None = None
    levels: tuple[Level, ...] = ()
    note: Text | None = None

    @property
    def parent(self) -> str | None:
        """The service whose need drives this one, if any."""
        return self.driver.removeprefix(NEED) if self.driver.startswith(NEED) else None


def standard_unit(unit: str, driver_unit: str) -> str:
    """The quantity of a standard: its service's unit for each unit of its driver; a share where they are the same."""
    return "share" if base(unit)[0] == base(driver_unit)[0] else per(base(unit)[0], base(driver_unit)[0])


def land_unit(unit: str) -> str:
    """The quantity of the land of a unit of capacity: m² of land for a bed, a share where the unit is m² itself."""
    return "share" if unit == "m²" else per("m²", unit)


def standard_scale(service: Service) -> float:
    """What a standard in its written unit is multiplied by to give units of service for a unit of driver."""
    return factor(service.standard.unit, standard_unit(service.unit, service.driver_unit))


def capacity_scale(unit: str, service: Service) -> tuple[float, bool]:
    """What a capacity in `unit` is multiplied by, and whether the driver of the base year still multiplies it.

    Raises UnitError where it is neither in the unit of the service nor in that of its standard.
    """
    wanted = standard_unit(service.unit, service.driver_unit)
    if unit and _agrees(unit, wanted):
        return factor(unit, wanted), True
    return factor(unit, service.unit), False


def _agrees(unit: str, wanted: str) -> bool:
    try:
        factor(unit, wanted)
    except ValueError:
        return False
    return True


@quickclass(frozen=True, slots=True)
class Capacity:
    """What a region has of a service [its unit], or for each unit of its driver in the base year if `per_driver`."""

    service: str
    value: float
    per_driver: bool
    year: int
    figure: Figure
    place: Place
