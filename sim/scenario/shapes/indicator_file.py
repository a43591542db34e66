"""The shape of the indicators of a scenario file."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.shapes.values import Dist
from sim.scenario.shapes.words import Called, Name, Said, Sentence, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr


class GrowthEntry(Strict, defer_build=False):
    """How an indicator changes a year."""

    value: Annotated[
        float,
        said(tr("change a year: in its unit if linear, a share if compound")),
    ]
    unit: Annotated[Sentence | None, said(tr("unit of a compound growth, such as %/year"))] = None
    dist: Annotated[Dist | None, said(tr("uncertainty"))] = None
    source: Annotated[Said, said(tr("source, or assumption with the reason"))]


class IndicatorEntry(Strict, defer_build=False):
    """A quantity that nothing in the model drives, carried on from its base."""

    id: Annotated[Name, said(tr("id of the indicator"))]
    name: Annotated[Words, said(tr("name"))]
    unit: Annotated[Sentence, said(tr("unit"))]
    region: Annotated[Called | None, said(tr("region or group; the main one if left out"))] = None
    form: Annotated[Literal["linear", "compound"], said(tr("change: an amount a year, or a share a year"))] = "linear"
    year: Annotated[Year, said(tr("year of the base"))]
    base: Annotated[float, said(tr("value in that year"))]
    source: Annotated[Said, said(tr("source of the value"))]
    growth: Annotated[GrowthEntry, said(tr("change a year"))]
    low: Annotated[float | None, said(tr("it stays above"))] = None
    high: Annotated[float | None, said(tr("it stays below"))] = None
    observed: Annotated[dict[Year, float], Field(default_factory=dict), said(tr("observed values by year"))]

    @model_validator(mode="after")
    def _ordered(self) -> "IndicatorEntry":
        low = self.base if self.low is None else self.low
        high = self.base if self.high is None else self.high
        if not low <= self.base <= high:
            raise wrong(tr("base must lie between low and high"))
        if self.form == "linear" and self.growth.unit is not None:
            raise wrong(tr("a linear growth is in the indicator's unit: leave unit out"))
        return self
