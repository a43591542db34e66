"""The shape of a policy file."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.shapes.values import DatedPath, Dist, Quantity, Valued, _form
from sim.scenario.shapes.words import ASSUMPTION, Name, Said, Sentence, Strict, Words, said, text_of, wrong


def _effect_form(value: Any) -> str:
    return "amount" if isinstance(value, str) else _form(value)


EffectValue = Annotated[
    Annotated[Literal["amount"], Tag("amount")]
    | Annotated[float, Tag("number")]
    | Annotated[DatedPath, Tag("path")]
    | Annotated[Valued, Tag("Valued")],
    Discriminator(_effect_form),
]


class Effect(Strict):
    """What a policy does to one parameter."""

    path: Annotated[Sentence, said("参数路径", "path of the parameter")]
    set_: Annotated[EffectValue | None, said("改为", "becomes", alias="set")] = None
    times: Annotated[EffectValue | None, said("乘以", "multiplied by")] = None
    add: Annotated[EffectValue | None, said("加上", "plus")] = None
    share: Annotated[
        float, Field(ge=-1000.0, le=1000.0), said("amount 乘以的系数", "what the amount is multiplied by")
    ] = 1.0
    dist: Annotated[
        Dist | None,
        said("amount 传导的不确定性(对数正态)", "uncertainty of what becomes of the amount (lognormal)"),
    ] = None
    lag: Annotated[int, Field(ge=0, le=50), said("滞后年数", "years before it acts")] = 0
    ramp: Annotated[
        int,
        Field(ge=0, le=50),
        said("达到全部强度所需年数(含首年)", "years to full strength, the first included"),
    ] = 0
    evidence: Annotated[
        Said,
        said(
            "依据及来源,或写 assumption 并说明理由",
            "evidence with its source, or the word assumption with the reason",
        ),
    ]

    @model_validator(mode="after")
    def _consistent(self) -> "Effect":
        given = [value for value in (self.set_, self.times, self.add) if value is not None]
        if len(given) != 1:
            raise wrong("请在 set、times、add 中写一个", "give exactly one of set, times, add")
        if given[0] != "amount" and (self.share != 1.0 or self.dist is not None):
            raise wrong("share 与此处的 dist 只用于 amount", "share, and dist here, only go with amount")
        evidence = text_of(self.evidence)
        if evidence.zh.strip() == ASSUMPTION.zh or evidence.en.strip() == ASSUMPTION.en:
            raise wrong("assumption 之后请写理由", "after assumption, give the reason")
        return self


class PolicyFile(Strict):
    """A policy: where it comes from and what it does."""

    id: Annotated[Name, said("政策 id,与文件名相同", "id, the same as the file's name")]
    name: Annotated[Words, said("名称", "name")]
    from_plan: Annotated[Words, said("出自哪份文件", "the document it comes from")]
    lever: Annotated[
        str | None, Field(pattern=r"^L[0-9]{2,3}$"), said("政策杠杆编号", "number of the lever, if it has one")
    ] = None
    who: Annotated[Words, said("影响的人群", "whom it touches")]
    mechanism: Annotated[
        Name | None,
        said("机制;同一机制的政策不能同用", "mechanism; policies that share one cannot be used together"),
    ] = None
    where_unknown: Annotated[
        tuple[str, ...],
        Field(strict=False),
        said(
            "代替哪些服务的作用:其中有能力已知的,此政策不能用",
            "services it stands in for: not to be used where the capacity of one is known",
        ),
    ] = ()
    caution: Annotated[Words | None, said("使用提醒", "caution")] = None
    amount: Annotated[Quantity | None, said("缺省规模", "default size")] = None
    effects: Annotated[tuple[Effect, ...], Field(strict=False, min_length=1), said("作用", "effects")]
