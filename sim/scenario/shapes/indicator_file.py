"""The shape of the indicators of a scenario file."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.shapes.values import Dist
from sim.scenario.shapes.words import Name, Said, Sentence, Strict, Words, Year, said, wrong


class GrowthEntry(Strict, defer_build=False):
    """How an indicator changes a year."""

    value: Annotated[
        float,
        said(
            "每年变化:linear 与指标同单位,compound 为比率", "change a year: in its unit if linear, a share if compound"
        ),
    ]
    unit: Annotated[Sentence | None, said("compound 时的单位,如 %/年", "unit of a compound growth, such as %/year")] = (
        None
    )
    dist: Annotated[Dist | None, said("不确定性", "uncertainty")] = None
    source: Annotated[Said, said("来源,或写 assumption 并说明理由", "source, or assumption with the reason")]


class IndicatorEntry(Strict, defer_build=False):
    """A quantity that nothing in the model drives, carried on from its base."""

    id: Annotated[Name, said("指标 id", "id of the indicator")]
    name: Annotated[Words, said("名称", "name")]
    unit: Annotated[Sentence, said("单位", "unit")]
    region: Annotated[
        Name | None, said("所指区域或区域组,缺省为主区域", "region or group; the main one if left out")
    ] = None
    form: Annotated[
        Literal["linear", "compound"], said("变化方式:每年增减,或按比率", "change: an amount a year, or a share a year")
    ] = "linear"
    year: Annotated[Year, said("基年数值的年份", "year of the base")]
    base: Annotated[float, said("该年数值", "value in that year")]
    source: Annotated[Said, said("数值来源", "source of the value")]
    growth: Annotated[GrowthEntry, said("每年变化", "change a year")]
    low: Annotated[float | None, said("下限", "it stays above")] = None
    high: Annotated[float | None, said("上限", "it stays below")] = None
    observed: Annotated[
        dict[Year, float], Field(default_factory=dict), said("观测值: 年份: 数值", "observed values by year")
    ]

    @model_validator(mode="after")
    def _ordered(self) -> "IndicatorEntry":
        low = self.base if self.low is None else self.low
        high = self.base if self.high is None else self.high
        if not low <= self.base <= high:
            raise wrong("base 应在 low 与 high 之间", "base must lie between low and high")
        if self.form == "linear" and self.growth.unit is not None:
            raise wrong(
                "linear 的增量与指标同单位,不写 unit", "a linear growth is in the indicator's unit: leave unit out"
            )
        return self
