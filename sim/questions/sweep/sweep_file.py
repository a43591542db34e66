"""The shape of a sweep file."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from sim.scenario.shapes.scenario_file import DEFAULT_SEED, MAX_DRAWS
from sim.scenario.shapes.values import Dist
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, Year, said, wrong

DesignKind = Literal["grid", "latin", "sobol", "saltelli", "morris", "fast", "one_at_a_time"]
Statistic = Literal["median", "mean", "q025", "q10", "q25", "q75", "q90", "q975"]

MOST_MEMBERS: Final = 10_000_000
SIZED: Final = ("latin", "sobol", "saltelli", "morris", "fast")
"""Designs that cannot do without a size."""


class FactorEntry(Strict):
    """How a factor varies: between two ends, over listed values, or by a distribution around a value."""

    change: Annotated[
        Literal["set", "times", "add"] | None,
        said("对参数:改为、乘以或加上", "of a parameter: replaced, multiplied or added to"),
    ] = None
    low: Annotated[float | None, said("下限", "lower end")] = None
    high: Annotated[float | None, said("上限", "upper end")] = None
    values: Annotated[
        tuple[float, ...] | None, Field(strict=False, min_length=1), said("逐一列出的数值", "listed values")
    ] = None
    value: Annotated[float | None, said("基准值(分布的中心)", "base value, or the centre of the dist")] = None
    dist: Annotated[Dist | None, said("分布,写法同方案文件", "a distribution, written as in scenarios")] = None
    unit: Annotated[str | None, said("单位,缺省为参数自己的单位", "unit; the parameter's own if left out")] = None
    name: Annotated[Words | None, said("在图表中的名称", "its name in charts")] = None

    @model_validator(mode="after")
    def _one_way(self) -> "FactorEntry":
        ends = self.low is not None or self.high is not None
        if sum((ends, self.values is not None, self.dist is not None)) != 1:
            raise wrong("请写 low 与 high、values、或 dist 之一", "give one of: low and high, values, dist")
        if ends and (self.low is None or self.high is None or self.low >= self.high):
            raise wrong("请写 low 与 high,且 low 小于 high", "give both low and high, low below high")
        if self.values is not None and len(set(self.values)) < len(self.values):
            raise wrong("values 中有重复的数值", "a value is listed twice")
        if self.low is not None and self.high is not None and self.value is not None:
            _check_inside(self.value, self.low, self.high)
        self._check_dist()
        return self

    def _check_dist(self) -> None:
        if self.dist is None:
            return
        if self.dist.certain is not None:
            raise wrong("因素不能是确定的", "a factor cannot be certain")
        if self.dist.uniform is None and self.value is None:
            raise wrong("此分布需要 value", "this dist needs a value")
        bounds = self.dist.triangular
        if bounds is not None and self.value is not None:
            _check_inside(self.value, bounds.low, bounds.high)
        if self.dist.lognormal is not None and self.value == 0.0:
            raise wrong("对数正态的 value 不能为 0", "the value of a lognormal cannot be 0")


def _check_inside(value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise wrong("value 应在 low 与 high 之间", "the value must lie between low and high")


class DesignEntry(Strict):
    """How members are chosen."""

    kind: Annotated[DesignKind, said("设计方法", "kind of design")]
    size: Annotated[
        int | None,
        Field(ge=1, le=MOST_MEMBERS),
        said(
            "规模:成员数;saltelli 为基样本数,morris 为轨迹数,fast 为每因素样本数,grid 为每因素水平数",
            "members; base sample of saltelli, trajectories of morris, samples a factor of fast, levels of grid",
        ),
    ] = None
    levels: Annotated[int, Field(ge=2, le=100), said("morris 的水平数(偶数)", "levels of morris, even")] = 4
    seed: Annotated[int, Field(ge=0, le=2**31 - 1), said("设计的随机种子", "seed of the design")] = DEFAULT_SEED

    @model_validator(mode="after")
    def _sized(self) -> "DesignEntry":
        if self.kind in SIZED and self.size is None:
            raise wrong(f"{self.kind} 需要 size", f"{self.kind} needs a size")
        if self.kind == "fast" and self.size is not None and self.size < 65:
            raise wrong("fast 的 size 至少 65", "the size of fast is at least 65")
        if self.kind == "morris" and (self.levels % 2 or (self.size or 0) < 2):
            raise wrong("morris 需要偶数 levels 与至少 2 条轨迹", "morris needs even levels and a size of 2 or more")
        return self


class OutputEntry(Strict):
    """What is kept of a member: statistics of a measure in a year, or the probability of a target."""

    measure: Annotated[Sentence | None, said("量", "measure")] = None
    year: Annotated[Year | None, said("年份", "year")] = None
    statistics: Annotated[
        tuple[Statistic, ...], Field(strict=False, min_length=1), said("抽样的统计量", "statistics over the draws")
    ] = ("median",)
    target: Annotated[Sentence | None, said("规划指标的 id:达标概率", "id of a target: its probability")] = None
    region: Annotated[Name | None, said("区域,缺省为第一个", "region; the first if left out")] = None
    name: Annotated[Name | None, said("列名", "name of the column")] = None

    @model_validator(mode="after")
    def _one_kind(self) -> "OutputEntry":
        if (self.measure is None) == (self.target is None):
            raise wrong("请在 measure 与 target 中写一个", "give one of measure and target")
        if self.measure is not None and self.year is None:
            raise wrong("measure 需要 year", "a measure needs a year")
        if self.target is not None and (self.year is not None or "statistics" in self.model_fields_set):
            raise wrong("target 不需要 year 与 statistics", "a target takes neither year nor statistics")
        return self


class SweepFile(Strict):
    """A sweep: a scenario, what varies in it, how members are chosen, what is kept of each."""

    name: Annotated[Name, said("名称(用于结果文件夹)", "name, used for the folder of results")]
    title: Annotated[Words | None, said("中英文标题", "title in both languages")] = None
    scenario: Annotated[Sentence, said("方案文件", "scenario file")]
    factors: Annotated[
        dict[str, FactorEntry],
        Field(default_factory=dict),
        said("路径(同 --set): 如何变动", "path, as for --set: how it varies"),
    ]
    design: Annotated[DesignEntry, said("设计", "design")]
    draws: Annotated[
        int | None,
        Field(ge=1, le=MAX_DRAWS),
        said("每个成员的抽样数,缺省同方案", "draws of each member; the scenario's if left out"),
    ] = None
    outputs: Annotated[
        tuple[OutputEntry, ...], Field(strict=False, min_length=1), said("保留的结果", "what is kept of each member")
    ]
