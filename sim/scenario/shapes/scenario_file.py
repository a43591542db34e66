"""The shape of a scenario file."""

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.shapes.indicator_file import IndicatorEntry
from sim.scenario.shapes.plan_file import TargetEntry
from sim.scenario.shapes.project_file import Projects
from sim.scenario.shapes.service_file import CapacityEntry, ServiceEntry
from sim.scenario.shapes.total_file import TotalEntry
from sim.scenario.shapes.values import Quantity, SettingEntry, check_years
from sim.scenario.shapes.words import Called, Name, Sentence, Strict, Words, Year, said
from sim.scenario.texts import tr

Mode = Literal["rates", "follow_homes", "follow_jobs", "control_total"]
MAX_DRAWS: Final = 10_000_000
DEFAULT_DRAWS: Final = 1000
DEFAULT_SEED: Final = 2020
DEFAULT_SPAN: Final = 15
DEFAULT_TEST_SPAN: Final = 5
LONGEST_RUN: Final = 50
"""At most: by 2070 the decline of deaths, fitted to 2020–2030, gives women 1.6 years more than the UN's medium."""


def _one_or_many(value: Any) -> str:
    return "many" if isinstance(value, list) else "one"


Names = Annotated[
    Annotated[Called, Tag("one")] | Annotated[tuple[Called, ...], Field(strict=False, min_length=1), Tag("many")],
    Discriminator(_one_or_many),
]
Parents = Annotated[
    Annotated[Sentence, Tag("one")] | Annotated[tuple[Sentence, ...], Field(strict=False), Tag("many")],
    Discriminator(_one_or_many),
]


class PolicyUse(Strict):
    """A policy put to use."""

    use: Annotated[Called, said(tr("id of the policy (its file under policies/)"))]
    from_: Annotated[Year | None, said(tr("first year in force"), alias="from")] = None
    to: Annotated[Year | None, said(tr("last year in force"))] = None
    intensity: Annotated[float, Field(ge=0.0, le=10.0), said(tr("strength: 0 is off, 1 is as written"))] = 1.0
    amount: Annotated[Quantity | None, said(tr("size, instead of the policy's own default"))] = None
    apart_from_projects: Annotated[
        bool,
        said(
            tr("what it brings is other than what projects of the pool bring in those years: both count"),
        ),
    ] = False

    @model_validator(mode="after")
    def _ordered(self) -> "PolicyUse":
        check_years(self.from_, self.to)
        return self


class ScenarioFile(Strict):
    """A scenario: what differs from the files that it extends."""

    name: Annotated[Name, said(tr("name of the scenario, used in file names"))]
    title: Annotated[Words | None, said(tr("title"))] = None
    extends: Annotated[
        Parents | None,
        said(
            tr("scenario files that this one stands on; of several, the later wins"),
        ),
    ] = None
    region: Annotated[
        Names | None,
        said(
            tr("regions: folder name or six-digit code (quoted), one or several"),
        ),
    ] = None
    plan: Annotated[Called | None, said(tr("plan: its file under plans/"))] = None
    base_year: Annotated[
        Year | None,
        said(
            tr(
                "year whose end the run starts from: people of the census carried forward to it; the census's own year "
                "if left out"
            )
        ),
    ] = None
    horizon: Annotated[Year | None, said(tr("last year; base year + 15 if left out"))] = None
    test_year: Annotated[Year | None, said(tr("year of the verdicts; base year + 5 if left out"))] = None
    draws: Annotated[int | None, Field(ge=1, le=MAX_DRAWS), said(tr("number of draws; 1000 if left out"))] = None
    seed: Annotated[int | None, Field(ge=0, le=2**63 - 1), said(tr("seed; 2020 if left out"))] = None
    observed: Annotated[
        Literal["published", "none"] | None,
        said(
            tr(
                "figures published since the base year: held to (published), or left out (none); if left out, none for "
                "a run of a plan from the census, else published"
            )
        ),
    ] = None
    mode: Annotated[
        Mode | None,
        said(
            tr(
                "how people move: by all that the model knows (rates, if left out), following vacant homes or jobs "
                "alone, or so that they come to the totals"
            )
        ),
    ] = None
    totals: Annotated[
        tuple[TotalEntry, ...],
        Field(strict=False),
        said(tr("people that a control total asks for, by year; a straight line leads from one to the next")),
    ] = ()
    targets: Annotated[
        tuple[TargetEntry, ...],
        Field(strict=False),
        said(tr("targets of the scenario itself, beside those of its plan")),
    ] = ()
    policies: Annotated[tuple[PolicyUse, ...], Field(strict=False), said(tr("policies put to use"))] = ()
    set_: Annotated[
        dict[str, SettingEntry],
        Field(default_factory=dict),
        said(tr("path: value or change"), alias="set"),
    ]
    services: Annotated[
        tuple[ServiceEntry, ...],
        Field(strict=False),
        said(tr("public services: new ones, or changes of known ones")),
    ] = ()
    capacities: Annotated[
        dict[Called, CapacityEntry],
        Field(default_factory=dict),
        said(tr("service: what its region has of it; goes before the region's own")),
    ]
    projects: Projects = ()
    indicators: Annotated[
        tuple[IndicatorEntry, ...],
        Field(strict=False),
        said(tr("indicators that the model does not drive: carried on at a given growth")),
    ] = ()
