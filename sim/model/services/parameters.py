"""Parameters and measures of services, made from the table of services that a scenario uses."""

from collections.abc import Iterable
from math import log
from typing import Final

from sim.common.language import Text
from sim.common.units import in_language
from sim.model import subject
from sim.model.measure import Measure
from sim.model.parameter import Parameter
from sim.model.services.service import Figure, Service
from sim.model.texts import tr

ROUTINE: Final = "services.routine"
RETIREMENT: Final = "services.retirement"
DELIVERED: Final = "delivered."
"""What the name of a measure begins with that says what projects delivered of a service."""

_NINETY_PERCENT: Final = 2.0 * 1.6449
"""Standard deviations between the 5th and the 95th percentile of a normal distribution."""
_MARGIN: Final = 10.0
"""How far beyond its plausible range a file may set a figure."""
_LARGEST_SHARE: Final = 1.2
"""Gross enrolment counts pupils of any age against the children of one, and may pass 1."""

_COMMON: Final = subject.parameters("services")
_WEIGHT: Final = tr(
    "assumption: a share each for schools, health, childcare and elder care, divided by importance",
)


def path(service: Service, what: str) -> str:
    """The path of a parameter of a service."""
    return f"service.{service.id}.{what}"


def parameters_of(services: Iterable[Service]) -> dict[str, Parameter]:
    """Every parameter of the services by path, those of all services first.

    A service has only the parameters that it has a figure for. Standards are choices, so they are certain unless a
    scenario says otherwise; costs are uncertain by their range, taken as its 90% interval.
    """
    found = [*_COMMON.values(), *(parameter for service in services for parameter in _parameters(service))]
    return {parameter.path: parameter for parameter in found}


def measures_of(services: Iterable[Service]) -> tuple[Measure, ...]:
    """Every measure of the services, need first; cost and land are of closing the gap."""
    table = tuple(services)
    return (
        *(measure for service in table for measure in _measures(service, zone_of(service, table))),
        *subject.measures("services").values(),
    )


def delivered_measure(service: Service) -> Measure:
    """What projects have delivered of a service since the base year."""
    words = tr("{name} delivered by projects since the base year", name=service.name)
    return Measure(f"{DELIVERED}{service.id}", words, service.unit, "resident")


def zone_of(service: Service, services: Iterable[Service]) -> str:
    """Whose need it is, told by the measure at the end of its chain of drivers."""
    by_id = {other.id: other for other in services}
    while service.parent is not None:
        service = by_id[service.parent]
    words = service.driver.split("_")
    return next((zone for zone in ("urban", "city", "town", "rural") if zone in words), "resident")


def _measures(service: Service, zone: str) -> Iterable[Measure]:
    name = service.name
    yield Measure(f"need.{service.id}", tr("need of {name}", name=name), service.unit, zone)
    yield Measure(f"capacity.{service.id}", tr("capacity of {name}", name=name), service.unit, zone)
    yield Measure(f"gap.{service.id}", tr("gap of {name}", name=name), service.unit, zone)
    yield Measure(f"adequacy.{service.id}", tr("adequacy of {name}", name=name), "share", zone)
    if service.unit_cost is not None:
        words = tr("cost of closing the gap of {name}", name=name)
        yield Measure(f"cost.{service.id}", words, "yuan", zone)
    if service.land is not None:
        words = tr("land for closing the gap of {name}", name=name)
        yield Measure(f"land.{service.id}", words, "m²", zone)


def _parameters(service: Service) -> Iterable[Parameter]:
    name = service.name
    yield _figure(service, "standard", tr("standard"), service.standard)
    if service.enrolment is not None:
        enrolment = service.enrolment
        words = tr("{name}: enrolment", name=name)
        highest = _LARGEST_SHARE * 100.0 if enrolment.unit == "%" else _LARGEST_SHARE
        yield Parameter(
            path(service, "enrolment"), words, _unit(enrolment), enrolment.value, 0.0, highest, enrolment.backing
        )
    for what, words, figure in (
        ("unit_cost", tr("cost of a unit"), service.unit_cost),
        ("land", tr("land of a unit"), service.land),
        ("running_cost", tr("running cost of a unit a year"), service.running_cost),
    ):
        if figure is not None:
            yield _figure(service, what, words, figure, spread=0.0 if what == "land" else _spread(figure))
    for what, words, figure in (
        ("routine", _COMMON[ROUTINE].name, service.routine),
        ("retirement", _COMMON[RETIREMENT].name, service.retirement),
    ):
        if figure is not None:
            full = tr("{name}: {what}", name=name, what=words)
            highest = 100.0 if figure.unit.startswith("%") else 1.0
            yield Parameter(path(service, what), full, _unit(figure), figure.value, 0.0, highest, figure.backing)
    if service.weight:
        words = tr("{name}: weight in the adequacy of services", name=name)
        yield Parameter(path(service, "weight"), words, "ratio", service.weight, 0.0, 10.0, _WEIGHT)


def _figure(service: Service, what: str, words: Text, figure: Figure, spread: float = 0.0) -> Parameter:
    name = tr("{name}: {what}", name=service.name, what=words)
    highest = _MARGIN * max(figure.high, figure.value)
    return Parameter(path(service, what), name, _unit(figure), figure.value, 0.0, highest, figure.backing, spread)


def _spread(figure: Figure) -> float:
    return log(figure.high / figure.low) / _NINETY_PERCENT if 0.0 < figure.low < figure.high else 0.0


def _unit(figure: Figure) -> str:
    return in_language(figure.unit, "en")
