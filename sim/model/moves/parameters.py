"""How strongly jobs, incomes, homes and services pull people: parameters of the feedback on every move."""

from typing import Final

from sim.common.language import Text
from sim.model.measure import Measure
from sim.model.parameter import Parameter

PARAMETERS: Final = (
    Parameter(
        "pull.jobs",
        Text("岗位余缺对迁移的作用", "effect of vacant jobs on moves"),
        "log/share",
        2.5,
        0.0,
        20.0,
        Text(
            "推算:使每个净岗位十年后多出约0.45名城镇劳动力(15个县区中位数0.48,0.38—0.62);目标0.3—0.6本身为假设",
            "derived: a net job leaves some 0.45 more workers in town ten years later (15 counties: median 0.48, "
            "0.38–0.62); that it should be 0.3–0.6 is itself an assumption",
        ),
        0.3,
    ),
    Parameter(
        "pull.income",
        Text("迁移的收入弹性", "income elasticity of moves"),
        "log/log",
        1.0,
        0.0,
        5.0,
        Text("假设:0.5—1.5,文献只支持其正号", "assumption: 0.5–1.5, the literature supports its sign only"),
        0.3,
    ),
    Parameter(
        "pull.housing",
        Text("住房空置率对迁移的作用", "effect of vacant homes on moves"),
        "log/share",
        0.5,
        0.0,
        5.0,
        Text(
            "假设:县域房价作用不显著(Zang 等 2015)",
            "assumption: house prices matter little in counties (Zang et al. 2015)",
        ),
        0.5,
    ),
    Parameter(
        "pull.services",
        Text("公共服务充足度对迁移的作用", "effect of the adequacy of services on moves"),
        "log/share",
        0.3,
        0.0,
        5.0,
        Text("假设:未见来源", "assumption: no source seen"),
        0.5,
    ),
    Parameter(
        "between.share",
        Text("离开者中去往同市其他县区的比例", "share of leavers who go to another region of the group"),
        "share",
        0.15,
        0.0,
        0.9,
        Text(
            "假设:外出农民工六成留在省内(2024),其中约四分之一在本市",
            "assumption: six in ten migrants stay in the province (2024), about a quarter of them in the prefecture",
        ),
        0.3,
    ),
)

MEASURES: Final = (
    Measure(
        "between_in",
        Text("来自同组其他区域", "arrivals from the other regions of the group"),
        "person/year",
        "urban",
        True,
    ),
    Measure(
        "between_out", Text("去往同组其他区域", "leavers to the other regions of the group"), "person/year", "all", True
    ),
)
