"""Homes: floor area, land and cost of a new home."""

from typing import Final

from sim.common.language import Text
from sim.model.parameter import Parameter

COST: Final = (
    Parameter(
        "homes.new_floor_ratio",
        Text("新建住房与当地平均每套面积之比", "floor area of a new home against the mean of the place"),
        "ratio",
        1.35,
        0.3,
        3.0,
        Text(
            "推算:使1810个县由2010年普查算到2020年的人均面积平均无偏;此后延续为假设",
            "derived: meets the mean floor area per person of 1,810 counties from the census of 2010 to that of 2020; "
            "that it goes on is an assumption",
        ),
        0.1,
    ),
    Parameter(
        "homes.old_floor_ratio",
        Text("拆除住房与当地平均每套面积之比", "floor area of a demolished home against the mean of the place"),
        "ratio",
        0.8,
        0.3,
        1.0,
        Text("假设:0.6—1", "assumption: 0.6–1"),
    ),
    *(
        Parameter(
            f"homes.{path}_floor", Text(f"{zh}每套面积", f"floor area of {en}"), "m²/home", value, 10.0, 300.0, why
        )
        for path, zh, en, value, why in (
            (
                "public_rental",
                "公租房",
                "a public rental home",
                60.0,
                Text("国家政策上限(二手来源)", "national ceiling (secondary source)"),
            ),
            (
                "affordable",
                "保障性租赁住房",
                "an affordable rental home",
                70.0,
                Text("国家政策上限(二手来源)", "national ceiling (secondary source)"),
            ),
            ("talent", "人才住房", "a talent home", 90.0, Text("假设", "assumption")),
            (
                "resettlement",
                "安置房",
                "a resettlement home",
                90.0,
                Text("假设;易地搬迁为80.6", "assumption; 80.6 in poverty relocation"),
            ),
        )
    ),
    Parameter(
        "homes.floor_area_ratio",
        Text("城镇住宅容积率", "floor area ratio of homes in town"),
        "ratio",
        1.8,
        0.2,
        6.0,
        Text("假设:1.4—2.5", "assumption: 1.4–2.5"),
        0.15,
    ),
    Parameter(
        "homes.build_cost",
        Text("城镇住房造价", "cost of building homes in town"),
        "yuan/m²",
        2700.0,
        0.0,
        1e5,
        Text("推算:安置房2522—2857元(项目)", "derived: 2,522–2,857 yuan for resettlement homes (projects)"),
        0.1,
    ),
    Parameter(
        "homes.build_cost_rural",
        Text("乡村自建房造价", "cost of building homes in villages"),
        "yuan/m²",
        1500.0,
        0.0,
        1e5,
        Text("假设:1000—2000元", "assumption: 1,000–2,000 yuan"),
        0.2,
    ),
    Parameter(
        "homes.renovation_cost",
        Text("老旧小区改造每户投资", "cost of renovation"),
        "yuan/home",
        26755.0,
        0.0,
        1e6,
        Text("推算:2023年全国投资与户数之比", "derived: investment over households, China 2023"),
        0.2,
    ),
    Parameter(
        "homes.shanty_cost",
        Text("棚改单套投资", "cost of shantytown renewal"),
        "yuan/home",
        278000.0,
        0.0,
        1e7,
        Text("推算:2018年全国;含补偿和安置房", "derived: China 2018; compensation and resettlement homes included"),
        0.2,
    ),
    Parameter(
        "homes.rural_improvement_cost",
        Text("农房改善每户投资", "cost of improving a village home"),
        "yuan/home",
        30000.0,
        0.0,
        1e6,
        Text("假设:1万—6万元", "assumption: 10,000–60,000 yuan"),
        0.4,
    ),
)
