"""The measures of a run, which a plan may name: of the model, its services, what projects deliver, its indicators."""

from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import Final

from sim.model.indicators.indicator import Indicator
from sim.model.indicators.indicator import measures_of as indicator_measures
from sim.model.measure import Measure
from sim.model.projects.project import Project
from sim.model.registry import MEASURES
from sim.model.services.parameters import DELIVERED, delivered_measure
from sim.model.services.parameters import measures_of as service_measures
from sim.model.services.service import Service

BY_SCENARIO: Final = ("indicator.", DELIVERED)
"""What the names of measures begin with that a scenario may add to."""


def named(services: Iterable[Service], indicators: Iterable[Indicator] = ()) -> tuple[Measure, ...]:
    """Every measure that a plan may name, whatever is known of the services' stock."""
    table = tuple(services)
    ids = {service.id for service in table}
    return tuple(reported(table, ids, ids, indicators).values())


def reported(
    services: Sequence[Service], known: Container[str], delivers: Container[str], traced: Iterable[Indicator]
) -> dict[str, Measure]:
    """Every measure of a run, by id, in a fixed order.

    Of services: needs of all, the rest of those whose stock is known, what projects delivered of those that they do.
    """
    described = (measure for measure in _of_services(tuple(services)) if _is_reported(measure.id, known))
    built = (delivered_measure(service) for service in services if service.id in delivers)
    return {**MEASURES, **{measure.id: measure for measure in (*described, *built, *indicator_measures(traced))}}


def delivered(services: Sequence[Service], projects: Sequence[Project]) -> tuple[str, ...]:
    """The services that projects deliver, in the order of the table."""
    asked = {part.what for project in projects for part in project.delivers}
    return tuple(service.id for service in services if service.id in asked)


def _is_reported(measure: str, known: Container[str]) -> bool:
    kind, _, service = measure.partition(".")
    return kind in ("need", "adequacy_known") or (kind == "adequacy" and not service) or service in known


@lru_cache(maxsize=8)
def _of_services(services: tuple[Service, ...]) -> tuple[Measure, ...]:
    """Asked again and again of the same services."""
    return service_measures(services)
