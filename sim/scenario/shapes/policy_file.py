"""The shape of a policy file."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.shapes.values import DatedPath, Dist, Quantity, Valued, _form
from sim.scenario.shapes.words import ASSUMPTION, Name, Said, Sentence, Strict, Words, said, text_of, wrong
from sim.scenario.texts import tr


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

    path: Annotated[Sentence, said(tr("path of the parameter"))]
    set_: Annotated[EffectValue | None, said(tr("becomes"), alias="set")] = None
    times: Annotated[EffectValue | None, said(tr("multiplied by"))] = None
    add: Annotated[EffectValue | None, said(tr("plus"))] = None
    share: Annotated[float, Field(ge=-1000.0, le=1000.0), said(tr("what the amount is multiplied by"))] = 1.0
    dist: Annotated[
        Dist | None,
        said(tr("uncertainty of what becomes of the amount (lognormal)")),
    ] = None
    lag: Annotated[int, Field(ge=0, le=50), said(tr("years before it acts"))] = 0
    ramp: Annotated[
        int,
        Field(ge=0, le=50),
        said(tr("years to full strength, the first included")),
    ] = 0
    evidence: Annotated[
        Said,
        said(
            tr("evidence with its source, or the word assumption with the reason"),
        ),
    ]

    @model_validator(mode="after")
    def _consistent(self) -> "Effect":
        given = [value for value in (self.set_, self.times, self.add) if value is not None]
        if len(given) != 1:
            raise wrong(tr("give exactly one of set, times, add"))
        if given[0] != "amount" and (self.share != 1.0 or self.dist is not None):
            raise wrong(tr("share, and dist here, only go with amount"))
        evidence = text_of(self.evidence)
        if evidence.zh.strip() == ASSUMPTION.zh or evidence.en.strip() == ASSUMPTION.en:
            raise wrong(tr("after assumption, give the reason"))
        return self


class PolicyFile(Strict):
    """A policy: where it comes from and what it does."""

    id: Annotated[Name, said(tr("id, the same as the file's name", context="policy"))]
    name: Annotated[Words, said(tr("name"))]
    from_plan: Annotated[Words, said(tr("the document it comes from"))]
    lever: Annotated[str | None, Field(pattern=r"^L[0-9]{2,3}$"), said(tr("number of the lever, if it has one"))] = None
    who: Annotated[Words, said(tr("whom it touches"))]
    mechanism: Annotated[
        Name | None,
        said(tr("mechanism; policies that share one cannot be used together")),
    ] = None
    where_unknown: Annotated[
        tuple[str, ...],
        Field(strict=False),
        said(
            tr("services it stands in for: not to be used where the capacity of one is known"),
        ),
    ] = ()
    caution: Annotated[Words | None, said(tr("caution"))] = None
    amount: Annotated[Quantity | None, said(tr("default size"))] = None
    effects: Annotated[tuple[Effect, ...], Field(strict=False, min_length=1), said(tr("effects"))]
