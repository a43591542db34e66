"""The shape of a ledger: what came of the lines of a plan, with the source of each."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.resolved import Result
from sim.scenario.shapes.words import Name, Said, Sentence, Strict, Words, said, wrong
from sim.scenario.texts import tr


class PublishedEntry(Strict):
    """Who says what came of a line."""

    title: Annotated[Said, said(tr("title of the source"))]
    publisher: Annotated[Said | None, said(tr("who published it"))] = None
    published: Annotated[Said | None, said(tr("when it was published"))] = None
    evidence: Annotated[Sentence, said(tr("class of evidence of the source"))]


class OutcomeEntry(Strict):
    """What came of a line."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9-]{0,15}$"), said(tr("number of the target"))]
    result: Annotated[Result, said(tr("met, late, missed, partly or unknown; unknown is no miss"))]
    date: Annotated[
        Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None,
        said(tr("when it came: year, year-month or year-month-day, quoted")),
    ] = None
    months_late: Annotated[int | None, Field(ge=1), said(tr("months after it was due (late)"))] = None
    value: Annotated[float | None, said(tr("figure"))] = None
    unit: Annotated[Sentence | None, said(tr("unit of the figure"))] = None
    year: Annotated[int | None, said(tr("year of the figure"))] = None
    note: Annotated[Words, said(tr("what is known, in a sentence"))]
    source: Annotated[PublishedEntry | None, said(tr("source; left out only where nothing was found"))] = None

    @model_validator(mode="after")
    def _consistent(self) -> "OutcomeEntry":
        if self.result != "unknown" and self.source is None:
            raise wrong(tr("an outcome that is known needs its source"))
        if (self.value is None) != (self.unit is None):
            raise wrong(tr("give value and unit together, or neither"))
        if (self.months_late is not None) != (self.result == "late"):
            raise wrong(tr("months_late goes with late, and late with months_late"))
        return self


class OutcomesFile(Strict):
    """The ledger of a plan."""

    plan: Annotated[Name, said(tr("plan: its file under plans/"))]
    outcomes: Annotated[tuple[OutcomeEntry, ...], Field(strict=False, min_length=1), said(tr("what came of its lines"))]
