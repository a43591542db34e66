"""The shape of a seek file."""

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.scenario.shapes.scenario_file import MAX_DRAWS
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, said, wrong

DEFAULT_PROBABILITY: Final = 0.8

Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
Anything = Annotated[Any, WithJsonSchema({"type": ["number", "string", "object", "array"]})]
"""What `--set` takes for a path is known only when the scenario is."""


class TargetEntry(Strict, defer_build=False):
    """A target with a probability of its own."""

    target: Annotated[
        Sentence, said("规划指标的 id、量,或 量>=数值@年份", "id of a target, a measure, or MEASURE>=VALUE@YEAR")
    ]
    probability: Annotated[
        Probability | None, said("此项要求的概率,缺省同 probability", "asked for this one; `probability` if left out")
    ] = None


class LeverEntry(Strict, defer_build=False):
    """How far a lever may go, and what going there costs."""

    change: Annotated[
        Literal["set", "times", "add"] | None,
        said(
            "对参数:改为、乘以或加上(也可写在路径末尾)",
            "of a parameter: replaced, multiplied or added to; it may stand at the end of the path instead",
        ),
    ] = None
    low: Annotated[float | None, said("下限", "lower end")] = None
    high: Annotated[float | None, said("上限", "upper end")] = None
    weight: Annotated[
        float, Field(gt=0.0), said("走完整个范围的代价,缺省 1", "what its whole range costs; 1 if left out")
    ] = 1.0

    @model_validator(mode="after")
    def _both_ends(self) -> "LeverEntry":
        if (self.low is None) != (self.high is None):
            raise wrong("请同时写 low 与 high,或都不写", "give both low and high, or neither")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise wrong("low 应小于 high", "low must be below high")
        return self


def _form(value: Any) -> str:
    return "TargetEntry" if isinstance(value, dict) else "sentence"


Wanted = Annotated[
    Annotated[Sentence, Tag("sentence")] | Annotated[TargetEntry, Tag("TargetEntry")], Discriminator(_form)
]


class SeekFile(Strict):
    """A seek: a scenario, the targets that are to be met, what may change for it, and how far."""

    name: Annotated[Name, said("名称(用于结果文件夹)", "name, used for the folder of results")]
    title: Annotated[Words | None, said("中英文标题", "title in both languages")] = None
    scenario: Annotated[Sentence, said("方案文件", "scenario file")]
    targets: Annotated[
        tuple[Wanted, ...],
        Field(strict=False, min_length=1),
        said("要达到的指标,每项都要够", "the targets to meet, every one of them"),
    ]
    vary: Annotated[
        dict[str, LeverEntry],
        Field(min_length=1),
        said("路径: 可以变动的范围,{} 为缺省范围", "path: how far it may go, {} for the default range"),
    ]
    probability: Annotated[Probability, said("要求的概率,缺省 0.8", "the probability asked for; 0.8 if left out")] = (
        DEFAULT_PROBABILITY
    )
    draws: Annotated[
        int | None,
        Field(ge=1, le=MAX_DRAWS),
        said("每次试算的抽样数,缺省同方案", "draws of each trial; the scenario's if left out"),
    ] = None
    seed: Annotated[
        int | None, Field(ge=0, le=2**63 - 1), said("随机种子,缺省同方案", "seed; the scenario's if left out")
    ] = None
    set_: Annotated[
        dict[str, Anything],
        Field(default_factory=dict),
        said("先改动方案,路径同 --set", "what is changed in the scenario first; paths as for --set", alias="set"),
    ]
