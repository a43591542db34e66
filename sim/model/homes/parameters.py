"""Homes: the stock, what is asked for and what is built; with tenure, costs and measures, all of homes."""

from typing import Final

from sim.common.language import Text
from sim.model.homes.cost_parameters import COST
from sim.model.homes.measures import MEASURES
from sim.model.homes.tenure_parameters import POLICY, TENURE
from sim.model.parameter import Parameter

__all__ = ["MEASURES", "PARAMETERS"]

LONGEST_LAG: Final = 6.0
"""Most years between the start and the completion of a home."""

_CENSUS: Final = Text("2020年人口普查:住户人均住房建筑面积", "2020 census: floor area per person of households")


_ZONES: Final = {
    "city": Text("县城", "county seat"),
    "town": Text("镇", "towns"),
    "rural": Text("乡村", "villages"),
}

_VACANCY: Final = (
    ("city", 0.2, Text("假设:全国城镇为21.4%(CHFS 2017),县城不详", "assumption: 21.4% in towns of China (CHFS 2017)")),
    ("town", 0.2, Text("假设:全国城镇为21.4%(CHFS 2017),镇区不详", "assumption: 21.4% in towns of China (CHFS 2017)")),
    (
        "rural",
        0.107,
        Text(
            "假设:各地相同;样本村宅基地空置率10.7%(农村绿皮书2018—2019)",
            "assumption: the same everywhere; 10.7% of homesteads in sample villages (Rural Green Book 2018–2019)",
        ),
    ),
)

_ZONE_FLOOR: Final = (("city", 36.52), ("town", 42.29), ("rural", 46.8))

STOCK: Final = (
    *(
        Parameter(
            f"homes.vacancy_{zone}",
            Text(f"{_ZONES[zone].zh}常年空置率", f"usual vacancy of homes, {_ZONES[zone].en}"),
            "share",
            value,
            0.0,
            0.6,
            evidence,
            0.3,
        )
        for zone, value, evidence in _VACANCY
    ),
    Parameter(
        "homes.floor_per_person",
        Text("人均住房建筑面积(本地无数据时)", "floor area per person where the county's is not known"),
        "m²/person",
        41.76,
        5.0,
        200.0,
        _CENSUS,
    ),
    *(
        Parameter(
            f"homes.floor_ratio_{zone}",
            Text(
                f"{_ZONES[zone].zh}人均面积与平均之比",
                f"floor area per person against the mean, {_ZONES[zone].en}",
            ),
            "ratio",
            round(value / 41.76, 4),
            0.2,
            5.0,
            Text(
                f"2020年人口普查:全国{value}与41.76之比;假设各县相同",
                f"2020 census: {value} over 41.76 in China; assumed the same in every county",
            ),
        )
        for zone, value in _ZONE_FLOOR
    ),
    Parameter(
        "homes.renting",
        Text("租房户比重(本地无数据时)", "share of households that rent, where the county's is not known"),
        "share",
        0.15,
        0.0,
        1.0,
        Text("2020年人口普查长表各县合计", "2020 census, long form, sum over counties"),
    ),
)

DEMAND: Final = (
    Parameter(
        "homes.demolition",
        Text("住房自然拆除率", "homes demolished for their age"),
        "share/year",
        0.012,
        0.0,
        0.1,
        Text(
            "假设:0.5%—2%;平均寿命34年(Zhou 等 2019)时稳态上限为2.9%",
            "assumption: 0.5–2%; a mean life of 34 years (Zhou et al. 2019) allows at most 2.9% in a steady state",
        ),
        0.35,
    ),
    Parameter(
        "homes.floor_norm",
        Text("改善性需求的人均面积标准", "floor area per person below which households improve"),
        "m²/person",
        35.0,
        0.0,
        200.0,
        Text("GB 50180-2018 所据人均住宅面积(二手来源)", "floor area behind GB 50180-2018 (secondary source)"),
    ),
    Parameter(
        "homes.floor_spread",
        Text("各户人均面积的离散度(对数标准差)", "spread of floor area per person among households (sd of log)"),
        "ratio",
        0.5,
        0.05,
        2.0,
        Text("假设", "assumption"),
        0.2,
    ),
    Parameter(
        "homes.improvement",
        Text("低于标准的住户每年改善的比例", "households below the norm that improve in a year"),
        "share/year",
        0.018,
        0.0,
        0.3,
        Text(
            "假设:全国城市平均水平时约为全部住户的1%(0.5%—2%)",
            "assumption: about 1% (0.5–2%) of all households at the mean of China's cities",
        ),
        0.35,
    ),
    Parameter(
        "homes.reuse",
        Text("改善后腾出旧房再住的比例", "homes left by improving households that others live in"),
        "share",
        0.7,
        0.0,
        1.0,
        Text("假设:0.4—1,其余退出使用", "assumption: 0.4–1; the others are taken out of use"),
        0.15,
    ),
)

SUPPLY: Final = (
    Parameter(
        "homes.market_response",
        Text("市场按预期需求开工的比例", "share of expected demand that the market starts"),
        "ratio",
        1.0,
        0.0,
        3.0,
        Text("假设:供应跟上需求", "assumption: supply keeps pace"),
    ),
    Parameter(
        "homes.market_correction",
        Text("市场每年纠正的余缺比例", "share of a lack or surplus of homes that the market corrects in a year"),
        "share/year",
        0.2,
        0.0,
        1.0,
        Text("假设:0.1—0.4", "assumption: 0.1–0.4"),
        0.35,
    ),
    Parameter(
        "homes.displaced",
        Text("每套保障房替代的市场住房", "market homes displaced by a subsidised one"),
        "ratio",
        0.6,
        0.0,
        1.0,
        Text(
            "Sinai 和 Waldfogel 2005:美国为0.5—0.67;用于中国为假设",
            "Sinai & Waldfogel 2005: 0.5–0.67 in the US; that China is alike is an assumption",
        ),
        0.2,
    ),
    Parameter(
        "homes.construction",
        Text("城镇住房建设年数", "years from start to completion of a home in town"),
        "year",
        2.5,
        0.0,
        LONGEST_LAG,
        Text("假设:24—36个月", "assumption: 24–36 months"),
        0.12,
    ),
    Parameter(
        "homes.construction_rural",
        Text("乡村住房建设年数", "years from start to completion of a home in a village"),
        "year",
        1.0,
        0.0,
        LONGEST_LAG,
        Text("假设:农户自建,一年左右", "assumption: built by the family in about a year"),
    ),
    Parameter(
        "homes.renovation_time",
        Text("老旧小区改造年数", "years of an old estate's renovation"),
        "year",
        1.0,
        0.0,
        LONGEST_LAG,
        Text("假设:一年左右", "assumption: about a year"),
    ),
)

PARAMETERS: Final = (*STOCK, *DEMAND, *SUPPLY, *TENURE, *POLICY, *COST)
