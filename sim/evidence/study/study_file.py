"""The shape of a study file."""

from typing import Annotated, Final

from pydantic import Field, model_validator

from sim.evidence.texts import tr
from sim.scenario.shapes.values import Valued, check_years
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, Year, said

DEFAULT_DRAWS: Final = 2048


class Period(Strict):
    """Years whose figures are fitted."""

    from_: Annotated[Year | None, said(tr("first year"), alias="from")] = None
    to: Annotated[Year | None, said(tr("last year"))] = None

    @model_validator(mode="after")
    def _ordered(self) -> "Period":
        check_years(self.from_, self.to)
        return self


class StudyFile(Strict):
    """A study: a scenario, the series it is to meet, and what may vary so that it does."""

    name: Annotated[Name, said(tr("name, used for the folder of results"))]
    title: Annotated[Words | None, said(tr("title"))] = None
    scenario: Annotated[Sentence, said(tr("scenario file: it gives region, base year and rates"))]
    series: Annotated[Sentence, said(tr("yearly series (CSV)"))]
    period: Annotated[Period | None, said(tr("years to fit; all if left out"))] = None
    vary: Annotated[
        tuple[Sentence, ...] | None,
        Field(strict=False, min_length=1),
        said(
            tr("parameters, or groups of them, that may vary; all uncertain rates if left out"),
        ),
    ] = None
    priors: Annotated[
        dict[str, Valued],
        Field(default_factory=dict),
        said(
            tr("prior: path of a parameter: value and dist; the scenario's if left out"),
        ),
    ]
    draws: Annotated[int, Field(ge=64, le=65536), said(tr("draws by which the posterior is checked"))] = DEFAULT_DRAWS
