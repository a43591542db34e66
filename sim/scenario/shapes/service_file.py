"""The shape of the table of services, of what a scenario adds to it, and of a region's capacities."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.model.services.service import Category, EvidenceClass
from sim.scenario.shapes.words import Called, Said, Sentence, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr

REQUIRED = ("name", "category", "driver", "unit", "standard")
"""What a service must have once every file has said its part."""


class FigureEntry(Strict, defer_build=False):
    """A figure of a service with its range and what backs it."""

    value: Annotated[float, Field(ge=0.0), said(tr("value"))]
    low: Annotated[float | None, Field(ge=0.0), said(tr("lower end of what is plausible"))] = None
    high: Annotated[float | None, Field(ge=0.0), said(tr("upper end of what is plausible"))] = None
    unit: Annotated[Sentence, said(tr("unit"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source; of an assumption, the reason"))]
    note: Annotated[Said | None, said(tr("note"))] = None

    @model_validator(mode="after")
    def _ordered(self) -> "FigureEntry":
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise wrong(
                tr("low {low:g} ≤ value {value:g} ≤ high {high:g} must hold", low=low, value=self.value, high=high),
            )
        return self


class LevelEntry(Strict, defer_build=False):
    """The standard of another place, year or document, beside the one in use."""

    name: Annotated[Words, said(tr("where, when, which document"))]
    value: Annotated[float, Field(ge=0.0), said(tr("value, in the unit of the standard"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]


class ServiceEntry(Strict, defer_build=False):
    """A service, or what a file changes of one that is there already; the id says which."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$"), said(tr("id of the service"))]
    name: Annotated[Words | None, said(tr("name"))] = None
    category: Annotated[Category | None, said(tr("category"))] = None
    driver: Annotated[
        Sentence | None,
        said(tr("driver: a measure of the model, or need.<service>")),
    ] = None
    unit: Annotated[Sentence | None, said(tr("unit of capacity"))] = None
    standard: Annotated[FigureEntry | None, said(tr("standard: how much for a unit of the driver"))] = None
    enrolment: Annotated[FigureEntry | None, said(tr("share of the driver who use it"))] = None
    unit_cost: Annotated[FigureEntry | None, said(tr("investment a unit, prices of 2020"))] = None
    land: Annotated[FigureEntry | None, said(tr("land a unit"))] = None
    running_cost: Annotated[FigureEntry | None, said(tr("running cost a unit and year"))] = None
    routine: Annotated[
        FigureEntry | None,
        said(
            tr("share of the gap closed a year; services.routine if left out"),
        ),
    ] = None
    retirement: Annotated[
        FigureEntry | None,
        said(tr("share retired a year; services.retirement if left out")),
    ] = None
    weight: Annotated[
        float | None,
        Field(ge=0.0, le=10.0),
        said(tr("weight in the adequacy; none if left out")),
    ] = None
    part_of: Annotated[
        str | None,
        said(tr("the service that counts its cost and land already")),
    ] = None
    levels: Annotated[tuple[LevelEntry, ...] | None, Field(strict=False), said(tr("other levels, for comparison"))] = (
        None
    )
    note: Annotated[Words | None, said(tr("note"))] = None


class ServicesFile(Strict):
    """The table of services."""

    services: Annotated[tuple[ServiceEntry, ...], Field(strict=False, min_length=1), said(tr("services"))]


class CapacityEntry(Strict, defer_build=False):
    """What a region has of a service."""

    value: Annotated[float, Field(ge=0.0), said(tr("value"))]
    unit: Annotated[
        Sentence,
        said(
            tr("unit of the service, or of its standard (beds/1000: times the driver of the base year)"),
        ),
    ]
    year: Annotated[Year, said(tr("at the end of which year"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source; of an assumption, the reason"))]
    note: Annotated[Said | None, said(tr("note"))] = None


class CapacityFile(Strict):
    """What is known of a region's services; a service that is not named has a stock that is not known."""

    capacities: Annotated[dict[Called, CapacityEntry], said(tr("service: what there is of it"))]
