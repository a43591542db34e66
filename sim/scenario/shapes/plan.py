"""Measures that a plan may name and the unit of each, known without loading the model."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sim.model.homes import parameters as homes
from sim.model.indicators.indicator import Indicator
from sim.model.indicators.indicator import measures_of as indicator_measures
from sim.model.jobs import parameters as jobs
from sim.model.measure import Measure
from sim.model.money import parameters as budget
from sim.model.moves import parameters as pull
from sim.model.services.parameters import measures_of as service_measures
from sim.model.services.service import Service

DELIVERED: Final = "delivered."
"""What the name of a measure begins with that says what projects delivered of a service."""
BY_SCENARIO: Final = ("indicator.", DELIVERED)
"""What the names of measures begin with that a scenario may add to."""


class MeasureName(NamedTuple):
    """A measure of the model that a plan may compare or build on, and its unit."""

    name: str
    unit: str


_AGES: Final = ("age_0_2", "age_3_5", "age_6_11", "age_12_14", "age_15_17")
_PERSONS: Final = (
    "resident",
    "urban",
    "city",
    "town",
    "rural",
    "away",
    "registered",
    "hukou_urban",
    "agricultural_migrants",
    "outsiders",
    "urban_population_growth",
    "base_urban",
    *_AGES,
    "age_6_14",
    "age_0_14",
    "age_15_59",
    "age_18_59",
    "age_60_plus",
    "age_65_plus",
    "women_15_49",
    *(f"urban_{age}" for age in _AGES),
)
_SHARES: Final = ("urbanization_rate", "hukou_urbanization_rate", "city_growth", "urbanization_rate_gain")
_HOUSEHOLDS: Final = (
    "households",
    "urban_households",
    "city_households",
    "town_households",
    "new_urban_households",
    "base_urban_households",
)
_PERSONS_A_YEAR: Final = ("births", "deaths")


def _names(measures: Iterable[Measure]) -> tuple[MeasureName, ...]:
    return tuple(MeasureName(measure.id, measure.unit) for measure in measures)


MEASURES: Final = (
    *(
        MeasureName(name, unit)
        for names, unit in (
            (_PERSONS, "person"),
            (_SHARES, "share"),
            (_HOUSEHOLDS, "household"),
            (_PERSONS_A_YEAR, "person/year"),
        )
        for name in names
    ),
    *(name for part in (jobs, homes, budget, pull) for name in _names(part.MEASURES)),
)


def named(services: Iterable[Service], indicators: Iterable[Indicator] = ()) -> tuple[MeasureName, ...]:
    """The measures of the model, of the services, of what projects deliver of them, and of the indicators."""
    table = tuple(services)
    delivered = tuple(MeasureName(f"{DELIVERED}{service.id}", service.unit) for service in table)
    return (*MEASURES, *_names(service_measures(table)), *delivered, *_names(indicator_measures(indicators)))
