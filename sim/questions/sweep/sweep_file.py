"""The shape of a sweep file."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from sim.questions.sweep.record import DesignKind
from sim.questions.texts import tr
from sim.scenario.shapes.scenario_file import DEFAULT_SEED, MAX_DRAWS
from sim.scenario.shapes.values import Dist
from sim.scenario.shapes.words import Called, Name, Sentence, Strict, Words, Year, said, wrong

Statistic = Literal["median", "mean", "q025", "q10", "q25", "q75", "q90", "q975"]

MOST_MEMBERS: Final = 10_000_000
SIZED: Final = ("latin", "sobol", "saltelli", "morris", "fast")
"""Designs that cannot do without a size."""


class FactorEntry(Strict):
    """How a factor varies: between two ends, over listed values, or by a distribution around a value."""

    change: Annotated[
        Literal["set", "times", "add"] | None,
        said(tr("of a parameter: replaced, multiplied or added to")),
    ] = None
    low: Annotated[float | None, said(tr("lower end"))] = None
    high: Annotated[float | None, said(tr("upper end"))] = None
    values: Annotated[tuple[float, ...] | None, Field(strict=False, min_length=1), said(tr("listed values"))] = None
    value: Annotated[float | None, said(tr("base value, or the centre of the dist"))] = None
    dist: Annotated[Dist | None, said(tr("a distribution, written as in scenarios"))] = None
    unit: Annotated[str | None, said(tr("unit; the parameter's own if left out"))] = None
    name: Annotated[Words | None, said(tr("its name in charts"))] = None

    @model_validator(mode="after")
    def _one_way(self) -> "FactorEntry":
        ends = self.low is not None or self.high is not None
        if sum((ends, self.values is not None, self.dist is not None)) != 1:
            raise wrong(tr("give one of: low and high, values, dist"))
        if ends and (self.low is None or self.high is None or self.low >= self.high):
            raise wrong(tr("give both low and high, low below high"))
        if self.values is not None and len(set(self.values)) < len(self.values):
            raise wrong(tr("a value is listed twice"))
        if self.low is not None and self.high is not None and self.value is not None:
            _check_inside(self.value, self.low, self.high)
        self._check_dist()
        return self

    def _check_dist(self) -> None:
        if self.dist is None:
            return
        if self.dist.certain is not None:
            raise wrong(tr("a factor cannot be certain"))
        if self.dist.uniform is None and self.value is None:
            raise wrong(tr("this dist needs a value"))
        bounds = self.dist.triangular
        if bounds is not None and self.value is not None:
            _check_inside(self.value, bounds.low, bounds.high)
        if self.dist.lognormal is not None and self.value == 0.0:
            raise wrong(tr("the value of a lognormal cannot be 0"))


def _check_inside(value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise wrong(tr("the value must lie between low and high"))


class DesignEntry(Strict):
    """How members are chosen."""

    kind: Annotated[DesignKind, said(tr("kind of design"))]
    size: Annotated[
        int | None,
        Field(ge=1, le=MOST_MEMBERS),
        said(
            tr("members; base sample of saltelli, trajectories of morris, samples a factor of fast, levels of grid"),
        ),
    ] = None
    levels: Annotated[int, Field(ge=2, le=100), said(tr("levels of morris, even"))] = 4
    seed: Annotated[int, Field(ge=0, le=2**31 - 1), said(tr("seed of the design"))] = DEFAULT_SEED

    @model_validator(mode="after")
    def _sized(self) -> "DesignEntry":
        if self.kind in SIZED and self.size is None:
            raise wrong(tr("{kind} needs a size", kind=self.kind))
        if self.kind == "fast" and self.size is not None and self.size < 65:
            raise wrong(tr("the size of fast is at least 65"))
        if self.kind == "morris" and (self.levels % 2 or (self.size or 0) < 2):
            raise wrong(tr("morris needs even levels and a size of 2 or more"))
        return self


class OutputEntry(Strict):
    """What is kept of a member: statistics of a measure in a year, or the probability of a target."""

    measure: Annotated[Sentence | None, said(tr("measure"))] = None
    year: Annotated[Year | None, said(tr("year"))] = None
    statistics: Annotated[
        tuple[Statistic, ...], Field(strict=False, min_length=1), said(tr("statistics over the draws"))
    ] = ("median",)
    target: Annotated[Sentence | None, said(tr("id of a target: its probability"))] = None
    region: Annotated[Called | None, said(tr("region; the first if left out"))] = None
    name: Annotated[Name | None, said(tr("name of the column"))] = None

    @model_validator(mode="after")
    def _one_kind(self) -> "OutputEntry":
        if (self.measure is None) == (self.target is None):
            raise wrong(tr("give one of measure and target"))
        if self.measure is not None and self.year is None:
            raise wrong(tr("a measure needs a year"))
        if self.target is not None and (self.year is not None or "statistics" in self.model_fields_set):
            raise wrong(tr("a target takes neither year nor statistics"))
        return self


class SweepFile(Strict):
    """A sweep: a scenario, what varies in it, how members are chosen, what is kept of each."""

    name: Annotated[Name, said(tr("name, used for the folder of results"))]
    title: Annotated[Words | None, said(tr("title"))] = None
    scenario: Annotated[Sentence, said(tr("scenario file"))]
    factors: Annotated[
        dict[str, FactorEntry],
        Field(default_factory=dict),
        said(tr("path, as for --set: how it varies")),
    ]
    design: Annotated[DesignEntry, said(tr("design"))]
    draws: Annotated[
        int | None,
        Field(ge=1, le=MAX_DRAWS),
        said(tr("draws of each member; the scenario's if left out")),
    ] = None
    outputs: Annotated[
        tuple[OutputEntry, ...], Field(strict=False, min_length=1), said(tr("what is kept of each member"))
    ]
