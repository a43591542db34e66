"""The shape of a scenario file."""

from typing import Annotated, Any, Final

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.shapes.indicator_file import IndicatorEntry
from sim.scenario.shapes.project_file import Projects
from sim.scenario.shapes.service_file import ServiceEntry
from sim.scenario.shapes.values import Quantity, SettingEntry, check_years
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, Year, said

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
    Annotated[Name, Tag("one")] | Annotated[tuple[Name, ...], Field(strict=False, min_length=1), Tag("many")],
    Discriminator(_one_or_many),
]
Parents = Annotated[
    Annotated[Sentence, Tag("one")] | Annotated[tuple[Sentence, ...], Field(strict=False), Tag("many")],
    Discriminator(_one_or_many),
]


class PolicyUse(Strict):
    """A policy put to use."""

    use: Annotated[Name, said("政策 id(policies/ 下的文件名)", "id of the policy (its file under policies/)")]
    from_: Annotated[Year | None, said("起始年", "first year in force", alias="from")] = None
    to: Annotated[Year | None, said("终止年(含)", "last year in force")] = None
    intensity: Annotated[
        float, Field(ge=0.0, le=10.0), said("强度,0 为不施行,1 为原样", "strength: 0 is off, 1 is as written")
    ] = 1.0
    amount: Annotated[
        Quantity | None, said("规模,替代政策文件中的缺省值", "size, instead of the policy's own default")
    ] = None
    apart_from_projects: Annotated[
        bool,
        said(
            "所带来的确实不同于项目库同年交付的同类,两者都计",
            "what it brings is other than what projects of the pool bring in those years: both count",
        ),
    ] = False

    @model_validator(mode="after")
    def _ordered(self) -> "PolicyUse":
        check_years(self.from_, self.to)
        return self


class ScenarioFile(Strict):
    """A scenario: what differs from the files that it extends."""

    name: Annotated[Name, said("情景名(用于文件名)", "name of the scenario, used in file names")]
    title: Annotated[Words | None, said("中英文标题", "title in both languages")] = None
    extends: Annotated[
        Parents | None,
        said(
            "上级情景文件,可写多个,后者优先",
            "scenario files that this one stands on; of several, the later wins",
        ),
    ] = None
    region: Annotated[
        Names | None,
        said(
            "区域:文件夹名或六位代码(加引号),可写多个",
            "regions: folder name or six-digit code (quoted), one or several",
        ),
    ] = None
    plan: Annotated[Name | None, said("规划(plans/ 下的文件名)", "plan: its file under plans/")] = None
    horizon: Annotated[Year | None, said("模拟终止年,缺省为基年后15年", "last year; base year + 15 if left out")] = None
    test_year: Annotated[
        Year | None, said("检验年,缺省为基年后5年", "year of the verdicts; base year + 5 if left out")
    ] = None
    draws: Annotated[
        int | None, Field(ge=1, le=MAX_DRAWS), said("抽样数,缺省1000", "number of draws; 1000 if left out")
    ] = None
    seed: Annotated[int | None, Field(ge=0, le=2**63 - 1), said("随机种子,缺省2020", "seed; 2020 if left out")] = None
    pool: Annotated[
        int | None,
        Field(ge=1, le=10_000),
        said("共用一个项目库的抽样数,缺省50", "draws that share one project pool; 50 if left out"),
    ] = None
    policies: Annotated[tuple[PolicyUse, ...], Field(strict=False), said("采用的政策", "policies put to use")] = ()
    set_: Annotated[
        dict[str, SettingEntry],
        Field(default_factory=dict),
        said("参数路径: 数值或变动", "path: value or change", alias="set"),
    ]
    services: Annotated[
        tuple[ServiceEntry, ...],
        Field(strict=False),
        said("公共服务:新增,或改动已有的", "public services: new ones, or changes of known ones"),
    ] = ()
    projects: Projects = ()
    indicators: Annotated[
        tuple[IndicatorEntry, ...],
        Field(strict=False),
        said(
            "模型不驱动的指标:按给定增速外推", "indicators that the model does not drive: carried on at a given growth"
        ),
    ] = ()
