"""How a number is written: alone, as a path over years, or with unit, source and uncertainty beside it."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.scenario.shapes.words import Said, Strict, Year, said, wrong


class Deviation(Strict):
    """A spread by its standard deviation."""

    sd: Annotated[float, Field(gt=0.0), said("标准差", "standard deviation")]


LARGEST_LOG_SD: Final = 5.0
"""Of a spread of logarithms: at 5, two draws in three lie between a 150th of a value and 150 times it."""


class LogDeviation(Strict):
    """A spread of logarithms by its standard deviation."""

    sd: Annotated[float, Field(gt=0.0, le=LARGEST_LOG_SD), said("对数的标准差", "standard deviation of the logarithm")]


class Bounds(Strict):
    """A spread between two ends."""

    low: Annotated[float, said("下限", "lower end")]
    high: Annotated[float, said("上限", "upper end")]

    @model_validator(mode="after")
    def _ordered(self) -> "Bounds":
        if self.low >= self.high:
            raise wrong(f"low {self.low} 应小于 high {self.high}", f"low {self.low} must be below high {self.high}")
        return self


class Certain(Strict):
    """No spread at all: `certain: {}`."""


class Dist(Strict, defer_build=False):
    """The uncertainty of a value: exactly one of five shapes."""

    normal: Annotated[
        Deviation | None, said("正态,sd 为标准差,与数值同单位", "normal; sd in the unit of the value")
    ] = None
    lognormal: Annotated[
        LogDeviation | None,
        said("对数正态,sd 为对数的标准差,数值为中位数", "lognormal; sd of the logarithm, the value is the median"),
    ] = None
    uniform: Annotated[Bounds | None, said("均匀分布", "uniform between low and high")] = None
    triangular: Annotated[Bounds | None, said("三角分布,数值为众数", "triangular; the value is the mode")] = None
    certain: Annotated[Certain | None, said("无不确定性", "no uncertainty")] = None

    @model_validator(mode="after")
    def _one(self) -> "Dist":
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            shapes = ", ".join(type(self).model_fields)
            raise wrong(f"请只写一种分布:{shapes}", f"give exactly one of {shapes}")
        return self


def _not_empty(path: dict[int, float]) -> dict[int, float]:
    if not path:
        raise wrong("至少写一个年份", "give at least one year")
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

    value: Annotated[NumberOrPath, said("数值或年份路径", "a number, or a path over years")]
    unit: Annotated[str | None, said("单位,缺省为参数自己的单位", "unit; the parameter's own if left out")] = None
    source: Annotated[Said | None, said("来源,或写 assumption", "source, or the word assumption")] = None
    note: Annotated[Said | None, said("说明", "note")] = None
    dist: Annotated[Dist | None, said("不确定性", "uncertainty")] = None


Quantity = Annotated[
    Annotated[float, Tag("number")] | Annotated[DatedPath, Tag("path")] | Annotated[Valued, Tag("Valued")],
    Discriminator(_form),
]


class Change(Strict, defer_build=False):
    """A change of a parameter: replaced, multiplied or added to, from a year on."""

    set_: Annotated[Quantity | None, said("改为", "becomes", alias="set")] = None
    times: Annotated[Quantity | None, said("乘以", "multiplied by")] = None
    add: Annotated[Quantity | None, said("加上", "plus")] = None
    from_: Annotated[Year | None, said("起始年", "first year in force", alias="from")] = None
    to: Annotated[Year | None, said("终止年(含)", "last year in force")] = None
    lag: Annotated[int, Field(ge=0, le=50), said("滞后年数", "years before it acts")] = 0
    ramp: Annotated[
        int,
        Field(ge=0, le=50),
        said("达到全部强度所需年数(含首年)", "years to full strength, the first included"),
    ] = 0
    source: Annotated[Said | None, said("来源,或写 assumption", "source, or the word assumption")] = None
    note: Annotated[Said | None, said("说明", "note")] = None

    @model_validator(mode="after")
    def _consistent(self) -> "Change":
        if sum(change is not None for change in (self.set_, self.times, self.add)) != 1:
            raise wrong("请在 set、times、add 中写一个", "give exactly one of set, times, add")
        check_years(self.from_, self.to)
        if self.from_ is None and (self.lag or self.ramp):
            raise wrong("lag 与 ramp 需要 from", "lag and ramp need a from")
        return self


def check_years(first: int | None, last: int | None) -> None:
    """Raises the fault of years the wrong way round."""
    if first is not None and last is not None and first > last:
        raise wrong(f"年份颠倒:from {first} 晚于 to {last}", f"years reversed: from {first} is after to {last}")


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
