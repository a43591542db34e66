"""The shapes of the processes by which lines of plans are held against what was done elsewhere."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.model.services.service import EvidenceClass
from sim.scenario.shapes.words import Name, Said, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr


class BaseEntry(Strict, defer_build=False):
    """Where what a line asks for stood in a year, in the unit of the line."""

    value: Annotated[float, said(tr("value, in the unit of the line"))]
    year: Annotated[Year, said(tr("year of the value"))]
    source: Annotated[Said, said(tr("source of the value"))]


class PaceEntry(Strict, defer_build=False):
    """What peers did a year."""

    low: Annotated[float, said(tr("lower end of what peers did a year"))]
    high: Annotated[float, said(tr("upper end of what peers did a year"))]
    unit: Annotated[
        Literal["百分点/年", "points/year", "%/年", "%/year"],
        said(tr("percentage points a year of a share, or percent a year of a growth")),
    ]

    @model_validator(mode="after")
    def _ordered(self) -> "PaceEntry":
        if self.low > self.high:
            raise wrong(tr("low must not be above high"))
        return self


class ProgrammeEntry(Strict, defer_build=False):
    """A programme that covers more and more of something, or makes it grow."""

    id: Annotated[Name, said(tr("id of the programme"))]
    name: Annotated[Words, said(tr("name"))]
    of: Annotated[Words, said(tr("what it covers a share of, or makes grow"))]
    pace: Annotated[PaceEntry | None, said(tr("what peers did a year; left out where nothing was found"))] = None
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source of the pace; where there is none, what was looked for"))]


class ProgrammesFile(Strict):
    """A library of programmes."""

    programmes: Annotated[tuple[ProgrammeEntry, ...], Field(strict=False), said(tr("programmes"))]


class AwardEntry(Strict, defer_build=False):
    """A title that a higher level awards in rounds."""

    id: Annotated[Name, said(tr("id of the award"))]
    name: Annotated[Words, said(tr("name"))]
    named: Annotated[int, Field(ge=0), said(tr("places named in a round"))]
    eligible: Annotated[int, Field(ge=1), said(tr("places that could have been named"))]
    every: Annotated[float, Field(gt=0.0), said(tr("years from round to round"))]
    year: Annotated[Year, said(tr("year of the round that was counted"))]
    first: Annotated[Year | None, said(tr("year of the first round"))] = None
    source: Annotated[Said, said(tr("source of the round"))]

    @model_validator(mode="after")
    def _fewer(self) -> "AwardEntry":
        if self.named > self.eligible:
            raise wrong(tr("named must not be more than eligible"))
        return self


class AwardsFile(Strict):
    """A library of awards."""

    awards: Annotated[tuple[AwardEntry, ...], Field(strict=False), said(tr("awards"))]
