"""The shape of the list of policy levers that the plan documents name, and of what became of each."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.common.language import Text
from sim.scenario.shapes.words import Sentence, Strict, Words, said, wrong

Group = Literal["hukou", "jobs", "homes", "land", "services", "villages", "places"]
Fate = Literal["policy", "project", "standard", "built_in", "same", "none"]

NEEDS_REASON = ("built_in", "same", "none")


class LeverEntry(Strict, defer_build=False):
    """A lever and where it is found, or why it is nowhere."""

    id: Annotated[str, Field(pattern=r"^L[0-9]{2,3}$"), said(Text("编号", "number"))]
    name: Annotated[Words, said(Text("名称", "name"))]
    group: Annotated[Group, said(Text("类别", "group"))]
    fate: Annotated[
        Fate,
        said(
            Text(
                "去向:政策、项目、标准、模型已含、与另一项相同、无从作用",
                "policy, project, standard, built in, the same as another, acts on nothing modelled",
            ),
        ),
    ]
    by: Annotated[
        tuple[Sentence, ...],
        Field(strict=False),
        said(
            Text(
                "政策、项目类型、服务的 id,或相同者的编号", "ids of policies, kinds or services, or the lever it equals"
            )
        ),
    ] = ()
    reason: Annotated[Words | None, said(Text("理由或说明", "reason, or what to know"))] = None

    @model_validator(mode="after")
    def _consistent(self) -> "LeverEntry":
        if self.fate != "none" and not self.by:
            raise wrong(Text(f"fate 为 {self.fate} 时请写 by", f"with fate {self.fate}, say by what"))
        if self.fate in NEEDS_REASON and self.reason is None:
            raise wrong(Text(f"fate 为 {self.fate} 时请写 reason", f"with fate {self.fate}, give the reason"))
        return self


class LeversFile(Strict):
    """The list of levers."""

    levers: Annotated[tuple[LeverEntry, ...], Field(strict=False, min_length=1), said(Text("杠杆", "levers"))]
