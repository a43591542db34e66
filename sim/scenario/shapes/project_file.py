"""The shape of a scenario's projects, and of the library of kinds of projects."""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from sim.model.projects.project import Stage
from sim.model.services.service import EvidenceClass
from sim.scenario.shapes.service_file import FigureEntry
from sim.scenario.shapes.values import Dist, Valued
from sim.scenario.shapes.words import Name, Said, Strict, Words, Year, said, wrong

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
        raise wrong(f"{word!r} 应为年份或年月,如 2021、2021-07", f"{word!r} must be a year or a month: 2021 or 2021-07")
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
        said("月数(三角为众数,对数正态为中位数)", "months: mode, or median if lognormal"),
    ]
    dist: Annotated[
        Dist | None, said("不确定性:triangular、uniform、lognormal", "spread: triangular, uniform or lognormal")
    ] = None
    evidence: Annotated[EvidenceClass | None, said("依据类别", "class of evidence")] = None
    source: Annotated[Said | None, said("来源;假设则写理由", "source; of an assumption, the reason")] = None

    @model_validator(mode="after")
    def _possible(self) -> "Duration":
        if self.dist is None:
            return self
        if self.dist.normal is not None:
            raise wrong("工期不能用 normal,它没有下限", "a duration cannot be normal, which has no lower end")
        bounds = self.dist.triangular or self.dist.uniform
        if bounds is not None and not 0.0 <= bounds.low <= self.months <= bounds.high <= LONGEST:
            raise wrong(
                f"应有 0 ≤ low ≤ months ≤ high ≤ {LONGEST:g}", f"0 ≤ low ≤ months ≤ high ≤ {LONGEST:g} must hold"
            )
        if self.dist.lognormal is not None and self.months == 0.0:
            raise wrong("lognormal 的 months 应大于 0", "months of a lognormal must be above 0")
        return self


def _duration_form(value: Any) -> str:
    return "Duration" if isinstance(value, dict) else "number"


Months = Annotated[
    Annotated[float, Field(ge=0.0, le=LONGEST), Tag("number")] | Annotated[Duration, Tag("Duration")],
    Discriminator(_duration_form),
]


class KindEntry(Strict, defer_build=False):
    """A kind of project: how long its stages take, and what it costs where nothing else says so."""

    id: Annotated[Name, said("类型 id", "id of the kind")]
    name: Annotated[Words, said("名称", "name")]
    approval: Annotated[Duration, said("前期审批", "approval")]
    construction: Annotated[Duration, said("施工", "construction")]
    opening: Annotated[Duration | None, said("竣工到启用,缺省为0", "from completion to opening; none if left out")] = (
        None
    )
    opens_in: Annotated[
        int | None, Field(ge=1, le=12), said("只在某月启用(如学校9月)", "the month it may open in: 9 for schools")
    ] = None
    of: Annotated[str | None, said("费用和用地按哪项交付计", "the thing whose units its cost and land go by")] = None
    cost_each: Annotated[
        FigureEntry | None, said("每单位投资,缺省同服务表", "investment a unit; the service's own if left out")
    ] = None
    land_each: Annotated[
        FigureEntry | None, said("每单位用地,缺省同服务表", "land a unit; the service's own if left out")
    ] = None
    crews: Annotated[int, Field(ge=0, le=100), said("占用施工队", "crews it takes")] = 1
    budget_share: Annotated[
        FigureEntry | None, said("本级财政承担的投资比例,缺省为全部", "share of cost the budget bears; all if left out")
    ] = None

    @model_validator(mode="after")
    def _consistent(self) -> "KindEntry":
        if self.of is None and (self.cost_each is not None or self.land_each is not None):
            raise wrong("写了 cost_each 或 land_each 还需要 of", "cost_each and land_each need an of")
        return self


class KindsFile(Strict):
    """The library of kinds."""

    kinds: Annotated[tuple[KindEntry, ...], Field(strict=False, min_length=1), said("项目类型", "kinds of projects")]


class ProjectEntry(Strict, defer_build=False):
    """A project of the plan's pool, or several like ones."""

    id: Annotated[Name, said("项目 id,下级文件同 id 者替代", "id; a later file's entry of the same id replaces it")]
    name: Annotated[Words | None, said("名称,缺省为类型名", "name; that of the kind if left out")] = None
    kind: Annotated[Name, said("类型(projects/kinds.yaml)", "kind, from projects/kinds.yaml")]
    region: Annotated[Name | None, said("区域;只有一个区域时可省", "region; may be left out if there is one")] = None
    zone: Annotated[Zone, said("所在:县城、镇、乡村", "where: city, town or rural")]
    delivers: Annotated[
        dict[str, Amount], Field(min_length=1), said("每个项目交付: 数量", "what each delivers: how much")
    ]
    count: Annotated[int, Field(ge=0, le=MOST), said("相同项目个数,0 为取消", "how many like ones; 0 takes it out")] = 1
    per_year: Annotated[
        int | None,
        Field(ge=1, le=MOST),
        said("每年启动几个,缺省同时", "how many begin a year; all at once if left out"),
    ] = None
    cost: Annotated[Amount | None, said("每个的总投资", "investment of each")] = None
    budget_share: Annotated[
        float | None, Field(ge=0.0, le=1.0), said("本级财政承担的投资比例", "share of cost that the budget bears")
    ] = None
    land: Annotated[Amount | None, said("每个的新增用地", "new construction land of each")] = None
    crews: Annotated[int | None, Field(ge=0, le=100), said("占用施工队", "crews it takes")] = None
    approval: Annotated[Months | None, said("前期审批月数", "months of approval")] = None
    construction: Annotated[Months | None, said("施工月数", "months of construction")] = None
    opening: Annotated[Months | None, said("竣工到启用月数", "months from completion to opening")] = None
    opens_in: Annotated[int | None, Field(ge=1, le=12), said("只在某月启用", "the month it may open in")] = None
    from_: Annotated[
        Month | None,
        said("最早何时开始前期,缺省为基年次年", "when approval may begin; the year after the base year", alias="from"),
    ] = None
    stage: Annotated[
        Stage,
        said(
            "基年末所处阶段:前期、已批待建、施工",
            "stage at the base year's end: approval, waiting (approved) or construction",
        ),
    ] = "approval"
    since: Annotated[Month | None, said("何时进入此阶段", "when it entered that stage")] = None
    batch: Annotated[
        Batch | None, said("批次:竣工、启动、储备", "batch of the plan: to finish, to start, in reserve")
    ] = None
    priority: Annotated[
        int | None, Field(ge=1, le=9), said("优先级,1 最先,缺省按批次", "priority, 1 first; by batch if left out")
    ] = None
    source: Annotated[Said, said("来源,或写 assumption", "source, or the word assumption")]

    @model_validator(mode="after")
    def _consistent(self) -> "ProjectEntry":
        if self.stage != "approval" and self.since is None:
            raise wrong(f"stage 为 {self.stage} 时请写 since", f"with stage {self.stage}, give since")
        if self.since is not None and (self.from_ is not None or self.per_year is not None):
            raise wrong("已在推进的项目写 since,不写 from 和 per_year", "since goes with neither from nor per_year")
        return self

    @property
    def rank(self) -> int:
        """The priority, by batch where it is not given; of neither, that of a project to start."""
        return self.priority if self.priority is not None else PRIORITY[self.batch or "start"]


Projects = Annotated[
    tuple[ProjectEntry, ...], Field(strict=False), said("项目库中的项目", "projects of the plan's pool")
]
"""The `projects` of a scenario file."""
