"""Jobs, incomes and the labour force: parameters and measures.

Without policies jobs follow people: the market keeps the base year's jobs per member of the labour force, so that a
trend is the one that two censuses showed. What policies and projects add opens a gap that draws people and fades as
it is filled, as in the regional adjustment models of Carlino & Mills (1987, doi:10.1111/j.1467-9787.1987.tb01143.x).
"""

from typing import Final

from sim.common.language import Text
from sim.model.measure import Measure
from sim.model.parameter import Parameter

_NO_SOURCE: Final = Text("假设:未见来源", "assumption: no source seen")
_BY_SCENARIO: Final = Text("只由情景或政策给出", "scenarios and policies only")

PARAMETERS: Final = (
    Parameter(
        "labour.participation",
        Text("劳动参与水平", "level of labour participation"),
        "ratio",
        1.0,
        0.3,
        1.5,
        Text(
            "假设:分年龄性别参与率见 calibration/national/participation.csv",
            "assumption: rates by age and sex are in calibration/national/participation.csv",
        ),
        0.05,
    ),
    Parameter(
        "labour.unemployment",
        Text("城镇失业率", "urban unemployment rate"),
        "share",
        0.052,
        0.0,
        0.5,
        Text("2020年末全国城镇调查失业率(国家统计局)", "surveyed urban unemployment, end of 2020 (NBS)"),
        0.1,
    ),
    Parameter(
        "jobs.new",
        Text("政策带来的城镇新增就业(毛数)", "gross new urban jobs by policies"),
        "person/year",
        0.0,
        0.0,
        1e6,
        _BY_SCENARIO,
    ),
    Parameter(
        "jobs.net_share",
        Text("城镇新增就业的净额比", "net jobs per gross new urban job"),
        "share",
        0.4,
        0.0,
        1.0,
        Text("假设:0.3—0.5,未见来源", "assumption: 0.3–0.5, no source seen"),
        0.13,
    ),
    Parameter(
        "jobs.multiplier",
        Text("每个新增岗位带动的服务岗位", "service jobs per new job"),
        "ratio",
        0.1,
        0.0,
        2.0,
        Text(
            "假设:县域0—0.2(全国弹性0—0.435,Yuan & Gao 2015)",
            "assumption: 0–0.2 in counties (nation 0–0.435, Yuan & Gao 2015)",
        ),
        0.5,
    ),
    Parameter(
        "jobs.absorbed",
        Text("岗位缺口每年被本地市场吸收的比例", "share of the job gap that the local market fills in a year"),
        "share/year",
        0.25,
        0.01,
        1.0,
        _NO_SOURCE,
        0.3,
    ),
    Parameter(
        "jobs.beyond_labour",
        Text("城镇岗位增速超过劳动力的部分", "growth of urban jobs beyond that of the labour force"),
        "share/year",
        0.0,
        -0.2,
        0.2,
        Text("基准:岗位随劳动力增减", "baseline: jobs follow the labour force"),
    ),
    Parameter(
        "skills.trained",
        Text("补贴性职业技能培训", "subsidised vocational training"),
        "person-time/year",
        0.0,
        0.0,
        1e7,
        _BY_SCENARIO,
    ),
    Parameter(
        "labour.placed",
        Text("农村劳动力转移就业", "transfers of rural labour into work"),
        "person-time/year",
        0.0,
        0.0,
        1e7,
        _BY_SCENARIO,
    ),
    Parameter(
        "income.urban",
        Text("基年城镇居民人均可支配收入", "urban disposable income in the base year"),
        "yuan/person",
        43834.0,
        1000.0,
        1e6,
        Text("全国2020年(国家统计局);区域无数据时采用", "nation, 2020 (NBS), where the region has no figure"),
    ),
    Parameter(
        "income.rural",
        Text("基年农村居民人均可支配收入", "rural disposable income in the base year"),
        "yuan/person",
        17131.0,
        500.0,
        1e6,
        Text("全国2020年(国家统计局);区域无数据时采用", "nation, 2020 (NBS), where the region has no figure"),
    ),
    Parameter(
        "income.urban_growth",
        Text("城镇居民收入实际增速", "real growth of urban incomes"),
        "share/year",
        0.042,
        -0.2,
        0.3,
        Text("假设:接近2021—2024年全国平均", "assumption: near the national mean of 2021–2024"),
        0.15,
    ),
    Parameter(
        "income.rural_growth",
        Text("农村居民收入实际增速", "real growth of rural incomes"),
        "share/year",
        0.062,
        -0.2,
        0.3,
        Text("假设:接近2021—2024年全国平均", "assumption: near the national mean of 2021–2024"),
        0.15,
    ),
)

MEASURES: Final = (
    Measure("labour_force", Text("劳动力", "labour force"), "person", "resident"),
    Measure("urban_labour_force", Text("城镇劳动力", "urban labour force"), "person", "urban"),
    Measure("urban_jobs", Text("城镇岗位", "urban jobs"), "job", "urban"),
    Measure("job_gap", Text("政策岗位缺口(未填补)", "unfilled jobs opened by policies"), "job", "urban"),
    Measure("new_jobs_gross", Text("城镇新增就业(毛数)", "gross new urban jobs"), "person/year", "urban", True),
    Measure("new_jobs_net", Text("城镇净增岗位", "net new urban jobs"), "job/year", "urban", True),
    Measure(
        "new_jobs_total", Text("累计城镇新增就业(毛数)", "gross new urban jobs since the base year"), "person", "urban"
    ),
    Measure("trained", Text("累计培训人次", "person-times trained since the base year"), "person-time", "resident"),
    Measure("placed", Text("累计转移就业人次", "person-times placed since the base year"), "person-time", "resident"),
    Measure("income_urban", Text("城镇居民人均可支配收入", "urban disposable income"), "yuan/person", "urban"),
    Measure("income_rural", Text("农村居民人均可支配收入", "rural disposable income"), "yuan/person", "rural"),
    Measure("income_ratio", Text("城乡收入比", "urban over rural income"), "ratio", "resident"),
)
