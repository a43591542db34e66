"""The shape of a study file."""

from typing import Annotated, Final

from pydantic import Field, model_validator

from sim.scenario.shapes.values import Valued, check_years
from sim.scenario.shapes.words import Name, Sentence, Strict, Words, Year, said

DEFAULT_DRAWS: Final = 2048


class Period(Strict):
    """Years whose figures are fitted."""

    from_: Annotated[Year | None, said("起始年", "first year", alias="from")] = None
    to: Annotated[Year | None, said("终止年(含)", "last year")] = None

    @model_validator(mode="after")
    def _ordered(self) -> "Period":
        check_years(self.from_, self.to)
        return self


class StudyFile(Strict):
    """A study: a scenario, the series it is to meet, and what may vary so that it does."""

    name: Annotated[Name, said("名称(用于结果文件夹)", "name, used for the folder of results")]
    title: Annotated[Words | None, said("中英文标题", "title in both languages")] = None
    scenario: Annotated[
        Sentence, said("方案文件:给出区域、基年与速率", "scenario file: it gives region, base year and rates")
    ]
    series: Annotated[Sentence, said("历年数据 (CSV)", "yearly series (CSV)")]
    period: Annotated[Period | None, said("拟合所用年份,缺省为全部", "years to fit; all if left out")] = None
    vary: Annotated[
        tuple[Sentence, ...] | None,
        Field(strict=False, min_length=1),
        said(
            "可变动的参数或参数组,缺省为全部不确定的速率",
            "parameters, or groups of them, that may vary; all uncertain rates if left out",
        ),
    ] = None
    priors: Annotated[
        dict[str, Valued],
        Field(default_factory=dict),
        said(
            "先验:参数路径: 数值与分布,缺省用方案的",
            "prior: path of a parameter: value and dist; the scenario's if left out",
        ),
    ]
    draws: Annotated[
        int, Field(ge=64, le=65536), said("检验后验的抽样数", "draws by which the posterior is checked")
    ] = DEFAULT_DRAWS
