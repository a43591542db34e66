"""The shape of a scenario's projects, and of the library of kinds of projects."""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.model.projects.project import Stage
from sim.model.services.service import EvidenceClass
from sim.scenario.shapes.service_file import FigureEntry
from sim.scenario.shapes.values import Dist, Valued
from sim.scenario.shapes.words import Called, Name, Said, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr

Batch = Literal["finish", "start", "reserve"]
Zone = Literal["city", "town", "rural"]

PRIORITY: Final[dict[Batch, int]] = {"finish": 1, "start": 2, "reserve": 3}
"""Priority of a batch of the plan (竣工一批, 启动一批, 储备一批)."""

LONGEST: Final = 600.0
"""Months that a stage may take."""

MOST: Final = 500
"""Like projects in one entry."""

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)


def _month_form(value: Any) -> str:
    return "month" if isinstance(value, str) else "year"


def _is_month(word: str) -> str:
    if _MONTH.fullmatch(word) is None:
        raise wrong(tr("{word!r} must be a year or a month: 2021 or 2021-07", word=word))
    return word


Month = Annotated[
    Annotated[Year, Tag("year")]
    | Annotated[
        str, AfterValidator(_is_month), WithJsonSchema({"type": "string", "pattern": _MONTH.pattern}), Tag("month")
    ],
    Discriminator(_month_form),
]
"""The beginning of a year, or of a month written `2021-07`."""


def _amount_form(value: Any) -> str:
    return "Valued" if isinstance(value, dict) else "number"


Amount = Annotated[
    Annotated[float, Field(ge=0.0), Tag("number")] | Annotated[Valued, Tag("Valued")], Discriminator(_amount_form)
]


class Duration(Strict, defer_build=False):
    """How long a stage takes."""

    months: Annotated[
        float,
        Field(ge=0.0, le=LONGEST),
        said(tr("months: mode, or median if lognormal")),
    ]
    dist: Annotated[Dist | None, said(tr("spread: triangular, uniform or lognormal"))] = None
    evidence: Annotated[EvidenceClass | None, said(tr("class of evidence"))] = None
    source: Annotated[Said | None, said(tr("source; of an assumption, the reason"))] = None

    @model_validator(mode="after")
    def _possible(self) -> "Duration":
        if self.dist is None:
            return self
        if self.dist.normal is not None:
            raise wrong(tr("a duration cannot be normal, which has no lower end"))
        bounds = self.dist.triangular or self.dist.uniform
        if bounds is not None and not 0.0 <= bounds.low <= self.months <= bounds.high <= LONGEST:
            raise wrong(tr("0 ≤ low ≤ months ≤ high ≤ {longest:g} must hold", longest=LONGEST))
        if self.dist.lognormal is not None and self.months == 0.0:
            raise wrong(tr("months of a lognormal must be above 0"))
        return self


def _duration_form(value: Any) -> str:
    return "Duration" if isinstance(value, dict) else "number"


Months = Annotated[
    Annotated[float, Field(ge=0.0, le=LONGEST), Tag("number")] | Annotated[Duration, Tag("Duration")],
    Discriminator(_duration_form),
]


class KindEntry(Strict, defer_build=False):
    """A kind of project: how long its stages take, and what it costs where nothing else says so."""

    id: Annotated[Name, said(tr("id of the kind"))]
    name: Annotated[Words, said(tr("name"))]
    approval: Annotated[Duration, said(tr("approval"))]
    construction: Annotated[Duration, said(tr("construction"))]
    opening: Annotated[Duration | None, said(tr("from completion to opening; none if left out"))] = None
    opens_in: Annotated[int | None, Field(ge=1, le=12), said(tr("the month it may open in: 9 for schools"))] = None
    of: Annotated[str | None, said(tr("the thing whose units its cost and land go by"))] = None
    cost_each: Annotated[FigureEntry | None, said(tr("investment a unit; the service's own if left out"))] = None
    land_each: Annotated[FigureEntry | None, said(tr("land a unit; the service's own if left out"))] = None
    crews: Annotated[int, Field(ge=0, le=100), said(tr("crews it takes"))] = 1
    budget_share: Annotated[FigureEntry | None, said(tr("share of cost the budget bears; all if left out"))] = None

    @model_validator(mode="after")
    def _consistent(self) -> "KindEntry":
        if self.of is None and (self.cost_each is not None or self.land_each is not None):
            raise wrong(tr("cost_each and land_each need an of"))
        return self


class KindsFile(Strict):
    """The library of kinds."""

    kinds: Annotated[tuple[KindEntry, ...], Field(strict=False, min_length=1), said(tr("kinds of projects"))]


class ProjectEntry(Strict, defer_build=False):
    """A project of the plan's pool, or several like ones."""

    id: Annotated[Name, said(tr("id; a later file's entry of the same id replaces it"))]
    name: Annotated[Words | None, said(tr("name; that of the kind if left out"))] = None
    kind: Annotated[Called, said(tr("kind, from projects/kinds.yaml"))]
    region: Annotated[Called | None, said(tr("region; may be left out if there is one"))] = None
    zone: Annotated[Zone, said(tr("where: city, town or rural"))]
    delivers: Annotated[dict[str, Amount], Field(min_length=1), said(tr("what each delivers: how much"))]
    count: Annotated[int, Field(ge=0, le=MOST), said(tr("how many like ones; 0 takes it out"))] = 1
    per_year: Annotated[
        int | None,
        Field(ge=1, le=MOST),
        said(tr("how many begin a year; all at once if left out")),
    ] = None
    cost: Annotated[Amount | None, said(tr("investment of each"))] = None
    budget_share: Annotated[float | None, Field(ge=0.0, le=1.0), said(tr("share of cost that the budget bears"))] = None
    land: Annotated[Amount | None, said(tr("new construction land of each"))] = None
    crews: Annotated[int | None, Field(ge=0, le=100), said(tr("crews it takes"))] = None
    approval: Annotated[Months | None, said(tr("months of approval"))] = None
    construction: Annotated[Months | None, said(tr("months of construction"))] = None
    opening: Annotated[Months | None, said(tr("months from completion to opening"))] = None
    opens_in: Annotated[int | None, Field(ge=1, le=12), said(tr("the month it may open in"))] = None
    from_: Annotated[
        Month | None,
        said(tr("when approval may begin; the year after the base year"), alias="from"),
    ] = None
    stage: Annotated[
        Stage,
        said(
            tr("stage at the base year's end: approval, waiting (approved) or construction"),
        ),
    ] = "approval"
    since: Annotated[Month | None, said(tr("when it entered that stage"))] = None
    batch: Annotated[Batch | None, said(tr("batch of the plan: to finish, to start, in reserve"))] = None
    priority: Annotated[int | None, Field(ge=1, le=9), said(tr("priority, 1 first; by batch if left out"))] = None
    source: Annotated[Said, said(tr("source, or the word assumption"))]

    @model_validator(mode="after")
    def _consistent(self) -> "ProjectEntry":
        if self.stage != "approval" and self.since is None:
            raise wrong(tr("with stage {stage}, give since", stage=self.stage))
        if self.since is not None and (self.from_ is not None or self.per_year is not None):
            raise wrong(tr("since goes with neither from nor per_year"))
        return self

    @property
    def rank(self) -> int:
        """The priority, by batch where it is not given; of neither, that of a project to start."""
        return self.priority if self.priority is not None else PRIORITY[self.batch or "start"]


Projects = Annotated[tuple[ProjectEntry, ...], Field(strict=False), said(tr("projects of the plan's pool"))]
"""The `projects` of a scenario file."""
