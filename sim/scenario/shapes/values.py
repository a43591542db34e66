"""How a number is written: alone, as a path over years, or with unit, source and uncertainty beside it."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.scenario.shapes.words import Said, Strict, Year, said, wrong
from sim.scenario.texts import tr


class Deviation(Strict):
    """A spread by its standard deviation."""

    sd: Annotated[float, Field(gt=0.0), said(tr("standard deviation"))]


LARGEST_LOG_SD: Final = 5.0
"""Of a spread of logarithms: at 5, two draws in three lie between a 150th of a value and 150 times it."""


class LogDeviation(Strict):
    """A spread of logarithms by its standard deviation."""

    sd: Annotated[float, Field(gt=0.0, le=LARGEST_LOG_SD), said(tr("standard deviation of the logarithm"))]


class Bounds(Strict):
    """A spread between two ends."""

    low: Annotated[float, said(tr("lower end"))]
    high: Annotated[float, said(tr("upper end"))]

    @model_validator(mode="after")
    def _ordered(self) -> "Bounds":
        if self.low >= self.high:
            raise wrong(tr("low {low} must be below high {high}", low=self.low, high=self.high))
        return self


class Certain(Strict):
    """No spread at all: `certain: {}`."""


class Dist(Strict, defer_build=False):
    """The uncertainty of a value: exactly one of five shapes."""

    normal: Annotated[Deviation | None, said(tr("normal; sd in the unit of the value"))] = None
    lognormal: Annotated[
        LogDeviation | None,
        said(tr("lognormal; sd of the logarithm, the value is the median")),
    ] = None
    uniform: Annotated[Bounds | None, said(tr("uniform between low and high"))] = None
    triangular: Annotated[Bounds | None, said(tr("triangular; the value is the mode"))] = None
    certain: Annotated[Certain | None, said(tr("no uncertainty"))] = None

    @model_validator(mode="after")
    def _one(self) -> "Dist":
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            shapes = ", ".join(type(self).model_fields)
            raise wrong(tr("give exactly one of {shapes}", shapes=shapes))
        return self


def _not_empty(path: dict[int, float]) -> dict[int, float]:
    if not path:
        raise wrong(tr("give at least one year"))
    return path


DatedPath = Annotated[
    dict[Year, float],
    AfterValidator(_not_empty),
    WithJsonSchema(
        {
            "type": "object",
            "description": "年份: 数值,年份之间线性插值 / year: value, linear between years",
            "patternProperties": {"^[0-9]{4}$": {"type": "number"}},
            "additionalProperties": False,
            "minProperties": 1,
        }
    ),
]


def _form(value: Any) -> str:
    """Which way a number is written, told by its shape."""
    if not isinstance(value, dict):
        return "number"
    return "path" if value and all(isinstance(key, int) for key in value) else "Valued"


def _simple_form(value: Any) -> str:
    return "path" if isinstance(value, dict) else "number"


NumberOrPath = Annotated[
    Annotated[float, Tag("number")] | Annotated[DatedPath, Tag("path")], Discriminator(_simple_form)
]


class Valued(Strict, defer_build=False):
    """A number with what makes it checkable."""

    value: Annotated[NumberOrPath, said(tr("a number, or a path over years"))]
    unit: Annotated[str | None, said(tr("unit; the parameter's own if left out"))] = None
    source: Annotated[Said | None, said(tr("source, or the word assumption"))] = None
    note: Annotated[Said | None, said(tr("note"))] = None
    dist: Annotated[Dist | None, said(tr("uncertainty"))] = None


Quantity = Annotated[
    Annotated[float, Tag("number")] | Annotated[DatedPath, Tag("path")] | Annotated[Valued, Tag("Valued")],
    Discriminator(_form),
]


class Change(Strict, defer_build=False):
    """A change of a parameter: replaced, multiplied or added to, from a year on."""

    set_: Annotated[Quantity | None, said(tr("becomes"), alias="set")] = None
    times: Annotated[Quantity | None, said(tr("multiplied by"))] = None
    add: Annotated[Quantity | None, said(tr("plus"))] = None
    from_: Annotated[Year | None, said(tr("first year in force"), alias="from")] = None
    to: Annotated[Year | None, said(tr("last year in force"))] = None
    lag: Annotated[int, Field(ge=0, le=50), said(tr("years before it acts"))] = 0
    ramp: Annotated[
        int,
        Field(ge=0, le=50),
        said(tr("years to full strength, the first included")),
    ] = 0
    source: Annotated[Said | None, said(tr("source, or the word assumption"))] = None
    note: Annotated[Said | None, said(tr("note"))] = None

    @model_validator(mode="after")
    def _consistent(self) -> "Change":
        if sum(change is not None for change in (self.set_, self.times, self.add)) != 1:
            raise wrong(tr("give exactly one of set, times, add"))
        check_years(self.from_, self.to)
        if self.from_ is None and (self.lag or self.ramp):
            raise wrong(tr("lag and ramp need a from"))
        return self


def check_years(first: int | None, last: int | None) -> None:
    """Raises the fault of years the wrong way round."""
    if first is not None and last is not None and first > last:
        raise wrong(tr("years reversed: from {first} is after to {last}", first=first, last=last))


def _setting_form(value: Any) -> str:
    if isinstance(value, dict) and not {"set", "times", "add"}.isdisjoint(value):
        return "Change"
    return _form(value)


SettingEntry = Annotated[
    Annotated[float, Tag("number")]
    | Annotated[DatedPath, Tag("path")]
    | Annotated[Valued, Tag("Valued")]
    | Annotated[Change, Tag("Change")],
    Discriminator(_setting_form),
]
