"""Measures of homes: what a run reports of stock, need, building and its cost."""

from typing import Final

from sim.common.language import Text
from sim.model.measure import Measure

_PLACES: Final = (
    ("", "全县", "", "resident"),
    ("urban_", "城镇", "in towns", "urban"),
    ("city_", "县城", "in the county seat", "city"),
    ("town_", "镇区", "in other towns", "town"),
    ("rural_", "乡村", "in villages", "rural"),
)
_WIDE: Final = tuple(place for place in _PLACES if place[0] in ("", "urban_", "rural_"))

PARTS: Final = ("growth", "improvement", "replacement", "vacancy", "reused")
"""Parts of the demand for new homes; the last one is negative."""

_PART_WORDS: Final = {
    "growth": ("家庭户增长", "growth of households"),
    "improvement": ("改善", "improvement"),
    "replacement": ("拆除更新", "replacement"),
    "vacancy": ("周转空置", "usual vacancy"),
    "reused": ("腾退旧房再用", "homes left and used again"),
}


def _stock(id_: str, zh: str, en: str, unit: str = "home", zone: str = "urban") -> Measure:
    return Measure(id_, Text(zh, en), unit, zone)


def _flow(id_: str, zh: str, en: str, unit: str = "home/year", zone: str = "resident") -> Measure:
    return Measure(id_, Text(zh, en), unit, zone, True)


def _in(words: str, place: str) -> str:
    return f"{words} {place}" if place else words


_STOCK: Final = (
    *(_stock(f"{key}homes", f"{zh}住房套数", _in("homes", en), "home", zone) for key, zh, en, zone in _PLACES),
    *(
        _stock(f"{key}vacancy_rate", f"{zh}住房空置率", _in("vacancy rate of homes", en), "share", zone)
        for key, zh, en, zone in _PLACES
    ),
    *(
        _stock(f"{key}home_shortage", f"{zh}缺房户", _in("households without a home", en), "home", zone)
        for key, zh, en, zone in _WIDE
    ),
    *(
        _stock(f"{key}floor_lived", f"{zh}有人居住的住房面积", _in("occupied floor area", en), "m²", zone)
        for key, zh, en, zone in _WIDE
    ),
    *(
        _stock(f"{key}floor_per_person", f"{zh}人均住房面积", _in("floor area per person", en), "m²/person", zone)
        for key, zh, en, zone in _WIDE
    ),
    _stock("homes_under_construction", "在建住房", "homes under construction", zone="resident"),
)

_TENURE: Final = (
    *(
        _stock(f"{kind}_{what}", f"{kind_zh}{what_zh}", f"{kind_en}: {what_en}")
        for kind, kind_zh, kind_en in (
            ("public_rental", "公租房", "public rental"),
            ("affordable_rental", "保障性租赁住房", "affordable rental"),
        )
        for what, what_zh, what_en in (
            ("need", "需求", "need"),
            ("stock", "存量", "stock"),
            ("gap", "缺口", "gap"),
            ("delivered", "累计建成", "delivered since the base year"),
        )
    ),
    _stock("talent_homes_need", "人才住房累计需求", "talent homes needed since the base year"),
    _stock("talent_homes_delivered", "人才住房累计建成", "talent homes delivered since the base year"),
    _stock("resettlement_need", "累计应安置住房", "resettlement homes owed since the base year"),
    _stock("resettlement_delivered", "安置房累计建成", "resettlement homes delivered since the base year"),
    _stock("resettlement_waiting", "待安置住房", "resettlement homes still owed"),
    _stock("shanty_replaced", "棚户区累计改造", "shantytown homes demolished since the base year"),
    _stock("shanty_homes", "剩余棚户区住房", "shantytown homes left"),
    _stock("renovation_started", "老旧小区累计开工改造", "homes whose renovation started since the base year"),
    _stock("renovated", "老旧小区累计完成改造", "homes renovated since the base year"),
    _stock("old_homes", "待改造老旧小区住房", "homes of old estates not yet renovated"),
    _stock("rural_homes_improved", "累计改善农房", "village homes improved since the base year", zone="rural"),
)

_YEAR: Final = (
    *(
        _flow(f"{key}home_demand", f"{zh}新增住房需求", _in("demand for new homes", en), zone=zone)
        for key, zh, en, zone in _WIDE
    ),
    *(
        _flow(
            f"{key}home_demand.{part}",
            f"{zh}住房需求:{_PART_WORDS[part][0]}",
            f"{_in('demand for homes', en)}: {_PART_WORDS[part][1]}",
            zone=zone,
        )
        for key, zh, en, zone in _WIDE
        for part in PARTS
    ),
    _flow("homes_started", "住房开工", "homes started"),
    _flow("homes_completed", "住房建成", "homes completed"),
    *(
        _flow(f"homes_completed.{tenure}", f"{zh}建成", f"homes completed: {en}")
        for tenure, zh, en in (
            ("market", "市场和自建住房", "market and self-built"),
            ("public_rental", "公租房", "public rental"),
            ("affordable", "保障性租赁住房", "affordable rental"),
            ("talent", "人才住房", "talent homes"),
            ("resettlement", "安置房", "resettlement"),
        )
    ),
    _flow("home_floor_completed", "住房建成面积", "floor area of homes completed", "m²/year"),
    _flow("homes_demolished", "拆除和退出住房", "homes demolished or taken out of use"),
    _flow("homes_demolished.age", "自然拆除", "homes demolished for their age"),
    _flow("homes_demolished.renewal", "棚改和更新拆除", "homes demolished in renewal"),
    _flow("homes_demolished.withdrawn", "改善后退出", "homes taken out of use after improvement"),
    _flow("homes_land", "城镇新建住房用地", "land under homes started in towns", "m²/year", "urban"),
    _flow(
        "homes_land_new",
        "城镇新建住房用地(扣除拆除腾地)",
        "land under homes started in towns, less land cleared",
        "m²/year",
        "urban",
    ),
)

_MONEY: Final = (
    _flow("home_investment", "住房投资", "investment in homes", "yuan/year"),
    *(
        _flow(f"home_investment.{part}", f"住房投资:{zh}", f"investment in homes: {en}", "yuan/year")
        for part, zh, en in (
            ("market", "市场和自建住房", "market and self-built"),
            ("public_rental", "公租房", "public rental"),
            ("affordable", "保障性租赁住房", "affordable rental"),
            ("talent", "人才住房", "talent homes"),
            ("resettlement", "在建安置房", "resettlement homes under way"),
            ("shanty", "棚户区改造", "shantytown renewal"),
            ("renovation", "老旧小区改造", "renovation of old estates"),
            ("rural_improved", "农房改善", "improvement of village homes"),
        )
    ),
)

STOCK_MEASURES: Final = (*_STOCK, *_TENURE)
FLOW_MEASURES: Final = (*_YEAR, *_MONEY)
MEASURES: Final = (*STOCK_MEASURES, *FLOW_MEASURES)
