"""The shape of a seek file."""

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.questions.texts import tr
from sim.scenario.shapes.scenario_file import MAX_DRAWS
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, said, wrong

DEFAULT_PROBABILITY: Final = 0.8

Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
Anything = Annotated[Any, WithJsonSchema({"type": ["number", "string", "object", "array"]})]
"""What `--set` takes for a path is known only when the scenario is."""


class TargetEntry(Strict, defer_build=False):
    """A target with a probability of its own."""

    target: Annotated[Sentence, said(tr("id of a target, a measure, or MEASURE>=VALUE@YEAR"))]
    probability: Annotated[Probability | None, said(tr("asked for this one; `probability` if left out"))] = None


class LeverEntry(Strict, defer_build=False):
    """How far a lever may go, and what going there costs."""

    change: Annotated[
        Literal["set", "times", "add"] | None,
        said(
            tr("of a parameter: replaced, multiplied or added to; it may stand at the end of the path instead"),
        ),
    ] = None
    low: Annotated[float | None, said(tr("lower end"))] = None
    high: Annotated[float | None, said(tr("upper end"))] = None
    weight: Annotated[float, Field(gt=0.0), said(tr("what its whole range costs; 1 if left out"))] = 1.0

    @model_validator(mode="after")
    def _both_ends(self) -> "LeverEntry":
        if (self.low is None) != (self.high is None):
            raise wrong(tr("give both low and high, or neither"))
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise wrong(tr("low must be below high"))
        return self


def _form(value: Any) -> str:
    return "TargetEntry" if isinstance(value, dict) else "sentence"


Wanted = Annotated[
    Annotated[Sentence, Tag("sentence")] | Annotated[TargetEntry, Tag("TargetEntry")], Discriminator(_form)
]


class SeekFile(Strict):
    """A seek: a scenario, the targets that are to be met, what may change for it, and how far."""

    name: Annotated[Name, said(tr("name, used for the folder of results"))]
    title: Annotated[Words | None, said(tr("title"))] = None
    scenario: Annotated[Sentence, said(tr("scenario file"))]
    targets: Annotated[
        tuple[Wanted, ...],
        Field(strict=False, min_length=1),
        said(tr("the targets to meet, every one of them")),
    ]
    vary: Annotated[
        dict[str, LeverEntry],
        Field(min_length=1),
        said(tr("path: how far it may go, {} for the default range")),
    ]
    probability: Annotated[Probability, said(tr("the probability asked for; 0.8 if left out"))] = DEFAULT_PROBABILITY
    draws: Annotated[
        int | None,
        Field(ge=1, le=MAX_DRAWS),
        said(tr("draws of each trial; the scenario's if left out")),
    ] = None
    seed: Annotated[int | None, Field(ge=0, le=2**63 - 1), said(tr("seed; the scenario's if left out"))] = None
    set_: Annotated[
        dict[str, Anything],
        Field(default_factory=dict),
        said(tr("what is changed in the scenario first; paths as for --set"), alias="set"),
    ]
