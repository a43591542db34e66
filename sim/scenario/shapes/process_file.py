"""The shapes of the processes by which lines of plans are held against what was done elsewhere."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.model.services.service import EvidenceClass
from sim.scenario.process import Persons
from sim.scenario.shapes.words import Name, Said, Sentence, Strict, Words, Year, said, wrong
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


class LevelEntry(Strict, defer_build=False):
    """Where others stood in a year."""

    where: Annotated[Words, said(tr("who stood there"))]
    value: Annotated[float, said(tr("value, in unit"))]
    unit: Annotated[Sentence, said(tr("unit"))]
    year: Annotated[Year, said(tr("year of the value"))]


class ProgrammeEntry(Strict, defer_build=False):
    """A programme that covers more and more of something, or makes it grow."""

    id: Annotated[Name, said(tr("id of the programme"))]
    name: Annotated[Words, said(tr("name"))]
    of: Annotated[Words, said(tr("what it covers a share of, or makes grow"))]
    pace: Annotated[PaceEntry | None, said(tr("what peers did a year; left out where nothing was found"))] = None
    level: Annotated[LevelEntry | None, said(tr("where others stood, for a line whose own base is not known"))] = None
    falls: Annotated[bool, said(tr("whether less is better, so that the pace is of a fall"))] = False
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


class TaskEntry(Strict, defer_build=False):
    """A task of administration whose result is a plan, a rule, a survey or a platform."""

    id: Annotated[Name, said(tr("id of the task"))]
    name: Annotated[Words, said(tr("name"))]
    months: Annotated[float, Field(gt=0.0), said(tr("usual months from beginning to result"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source of the time"))]


class TasksFile(Strict):
    """A library of tasks."""

    tasks: Annotated[tuple[TaskEntry, ...], Field(strict=False), said(tr("tasks"))]


class RateEntry(Strict, defer_build=False):
    """What others did a year for every thousand persons."""

    id: Annotated[Name, said(tr("id of the rate"))]
    name: Annotated[Words, said(tr("name"))]
    per_thousand: Annotated[Persons, said(tr("persons of which kind: resident, urban or rural"))]
    low: Annotated[float, Field(ge=0.0), said(tr("lower end of what peers did a year"))]
    high: Annotated[float, Field(ge=0.0), said(tr("upper end of what peers did a year"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source of the rate"))]

    @model_validator(mode="after")
    def _ordered(self) -> "RateEntry":
        if self.low > self.high:
            raise wrong(tr("low must not be above high"))
        return self


class RatesFile(Strict):
    """A library of rates."""

    rates: Annotated[tuple[RateEntry, ...], Field(strict=False), said(tr("rates"))]


class UpkeepEntry(Strict, defer_build=False):
    """Things that fail and are mended."""

    id: Annotated[Name, said(tr("id of what is kept up"))]
    name: Annotated[Words, said(tr("name"))]
    failing: Annotated[float, Field(gt=0.0), said(tr("failures of one in a year"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source of the failures"))]


class UpkeepFile(Strict):
    """A library of what is kept up."""

    upkeep: Annotated[tuple[UpkeepEntry, ...], Field(strict=False), said(tr("what is kept up"))]


class StockEntry(Strict, defer_build=False):
    """A stock as others had it, for places whose own is not known."""

    id: Annotated[Name, said(tr("id of the stock"))]
    level: Annotated[LevelEntry, said(tr("where others stood"))]
    evidence: Annotated[EvidenceClass, said(tr("class of evidence"))]
    source: Annotated[Said, said(tr("source of the level"))]


class StocksFile(Strict):
    """A library of stocks."""

    stocks: Annotated[tuple[StockEntry, ...], Field(strict=False), said(tr("stocks"))]
