"""Homes: who needs one that the market does not give, and what policies start."""

from typing import Final

from sim.common.language import Text
from sim.model.parameter import Parameter

_POLICY: Final = Text("只由情景、政策给出", "scenarios and policies only")

TENURE: Final = (
    Parameter(
        "homes.low_income",
        Text("租房户中需公租房保障的低收入比重", "low-income share of households that rent, in need of public rental"),
        "share",
        0.2,
        0.0,
        1.0,
        Text(
            "假设:最低收入五分之一;2011年各类保障房覆盖城镇人口11%",
            "assumption: the lowest fifth; all subsidised housing covered 11% of town people in 2011",
        ),
        0.3,
    ),
    Parameter(
        "homes.settled_public",
        Text("新落户人口需公租房的比重", "newly settled people in need of public rental"),
        "share",
        0.05,
        0.0,
        1.0,
        Text("假设:2%—10%", "assumption: 2–10%"),
        0.4,
    ),
    Parameter(
        "homes.settled_affordable",
        Text("新落户人口需保障性租赁住房的比重", "newly settled people in need of affordable rental"),
        "share",
        0.15,
        0.0,
        1.0,
        Text(
            "假设:5%—26%;40个大城市保障性租赁住房占新增供应26%",
            "assumption: 5–26%; affordable rental was 26% of new supply in 40 large cities",
        ),
        0.4,
    ),
    Parameter(
        "homes.affordable_persons",
        Text("每套租赁住房居住人数", "persons in a rental home for the newly settled"),
        "person/home",
        2.0,
        0.5,
        10.0,
        Text(
            "住建部2021—2025年目标:650万套住1300万人",
            "ministry's target for 2021–2025: 6.5 million homes for 13 million",
        ),
    ),
    Parameter(
        "homes.monetised",
        Text("货币化安置比例", "share of renewal that is compensated in money"),
        "share",
        0.5,
        0.0,
        1.0,
        Text("假设;阜宁为74%(推算)", "assumption; 74% in Funing (derived)"),
        0.3,
    ),
)

POLICY: Final = tuple(
    Parameter(f"homes.{path}", Text(zh, en), "home/year", 0.0, 0.0, 1e6, _POLICY)
    for path, zh, en in (
        ("public_rental_starts", "公租房开工", "public rental homes started"),
        ("affordable_starts", "保障性租赁住房开工", "affordable rental homes started"),
        ("talent_units", "人才住房开工", "talent homes started"),
        ("talent_need", "人才住房需求", "talent homes needed"),
        ("shanty_units", "棚户区改造开工", "shantytown homes whose renewal starts"),
        ("renovation_units", "老旧小区改造开工", "homes in old estates whose renovation starts"),
        ("resettlement_deliveries", "在建安置房交付", "resettlement homes delivered from what was under way"),
        ("rural_improved", "农房条件改善", "village homes improved"),
    )
)
