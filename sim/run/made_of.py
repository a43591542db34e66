"""What a measure is made of: the measures that give it, and how."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from sim.common.quickclass import quickclass
from sim.model.measure import Measure
from sim.model.services.service import Service

How = Literal["sum", "ratio", "over", "standard", "moves"]
Part = tuple[str, str]
"""A sign (+, −) and the id of a measure, or of a parameter of a service."""

_SUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "resident": ("city", "town", "rural"),
    "urban": ("city", "town"),
    "age_0_14": ("age_0_2", "age_3_5", "age_6_11", "age_12_14"),
    "age_6_14": ("age_6_11", "age_12_14"),
    "age_60_plus": ("age_60_64", "age_65_plus"),
    "homes": ("city_homes", "town_homes", "rural_homes"),
    "urban_homes": ("city_homes", "town_homes"),
}
_RATIOS: Final[Mapping[str, tuple[str, str]]] = {
    "urbanization_rate": ("urban", "resident"),
    "hukou_urbanization_rate": ("hukou_urban", "registered"),
    "household_size": ("resident", "households"),
}
_APART: Final = ("moves", "home_demand", "urban_home_demand", "rural_home_demand")
"""Families of measures that do not simply add up to what they are called after."""
_ZONES: Final = ("city", "town", "rural")


@quickclass(frozen=True, slots=True)
class Made:
    """How a measure follows from others.

    how: a sum of the parts, the first divided by the second, what the first has over the second (never less than
    nothing), a driver times a standard, or last year's with what moved since, births and deaths apart.
    """

    how: How
    parts: tuple[Part, ...]


def made_of(measure: str, measures: Mapping[str, Measure], services: Iterable[Service] = ()) -> Made | None:
    """What gives a measure; None where the model works it out by itself (`docs/model.md`)."""
    if measure in _SUMS:
        return Made("sum", tuple(("+", one) for one in _SUMS[measure]))
    known = measures.get(measure)
    whole = _RATIOS.get(measure) or ((known.part, known.whole) if known and known.part else ())
    if whole and all(one in measures for one in whole):
        return Made("ratio", tuple(("+", one) for one in whole))
    if measure in _ZONES:
        return Made("moves", _moved(measure, measures))
    below = [one for one in measures if one.startswith(f"{measure}.") and measure not in _APART]
    if below and measure in measures:
        return Made("sum", tuple(("+", one) for one in below))
    return _of_service(measure, services)


def _moved(zone: str, measures: Mapping[str, Measure]) -> tuple[Part, ...]:
    """The moves into a zone and out of it."""
    found: list[Part] = []
    for one in measures:
        if one.startswith("moves."):
            move = one.rpartition(".")[2]
            if move.endswith((f"_to_{zone}", f"arrive_{zone}")):
                found.append(("+", one))
            elif move.startswith((f"{zone}_to_", f"leave_{zone}", f"depart_{zone}")):
                found.append(("−", one))
    return tuple(found)


def _of_service(measure: str, services: Iterable[Service]) -> Made | None:
    kind, _, name = measure.partition(".")
    service = next((one for one in services if one.id == name), None)
    if service is None:
        return None
    if kind == "gap":
        return Made("over", (("+", f"need.{name}"), ("−", f"capacity.{name}")))
    if kind != "need":
        return None
    enrolment = (f"service.{name}.enrolment",) if service.enrolment is not None else ()
    return Made("standard", tuple(("+", one) for one in (service.driver, *enrolment, f"service.{name}.standard")))
