"""The table of flows between zones and in and out of the region, and its parameters."""

from dataclasses import dataclass
from typing import Final

from sim.common.language import Text
from sim.model.axes import AWAY, CITY, HUKOU, OUTSIDE_HUKOU, RURAL, RURAL_HUKOU, TOWN, URBAN_HUKOU
from sim.model.parameter import Parameter

ELSEWHERE: Final = -1
ANY_HUKOU: Final = tuple(range(len(HUKOU)))
REGISTERED: Final = (URBAN_HUKOU, RURAL_HUKOU)


_EVIDENCE: Final = Text(
    "假设:各县拟合值见 scenarios/regions/", "assumption: fitted values of counties are in scenarios/regions/"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """A named move: from one zone to another (ELSEWHERE: out of the account), who may make it, its profile."""

    path: str
    name: Text
    source: int
    destination: int
    hukou: tuple[int, ...]
    profile: str
    default: float
    spread: float
    evidence: Text = _EVIDENCE


FLOWS: Final = (
    Flow(
        "transfer.rural_to_city",
        Text("乡村→县城", "village to county seat"),
        RURAL,
        CITY,
        ANY_HUKOU,
        "transfer",
        0.012,
        0.3,
    ),
    Flow("transfer.rural_to_town", Text("乡村→镇", "village to town"), RURAL, TOWN, ANY_HUKOU, "transfer", 0.010, 0.3),
    Flow(
        "transfer.town_to_city", Text("镇→县城", "town to county seat"), TOWN, CITY, ANY_HUKOU, "transfer", 0.008, 0.3
    ),
    Flow(
        "transfer.city_to_rural",
        Text("县城→乡村", "county seat to village"),
        CITY,
        RURAL,
        ANY_HUKOU,
        "back",
        0.003,
        0.3,
    ),
    Flow("transfer.town_to_rural", Text("镇→乡村", "town to village"), TOWN, RURAL, ANY_HUKOU, "back", 0.003, 0.3),
    Flow(
        "away.leave_city",
        Text("县城→外出", "leaving from the county seat"),
        CITY,
        AWAY,
        REGISTERED,
        "leave",
        0.015,
        0.25,
    ),
    Flow("away.leave_town", Text("镇→外出", "leaving from towns"), TOWN, AWAY, REGISTERED, "leave", 0.025, 0.25),
    Flow("away.leave_rural", Text("乡村→外出", "leaving from villages"), RURAL, AWAY, REGISTERED, "leave", 0.040, 0.25),
    Flow(
        "away.return_to_city",
        Text("外出→县城", "return to the county seat"),
        AWAY,
        CITY,
        REGISTERED,
        "return",
        0.015,
        0.25,
    ),
    Flow("away.return_to_town", Text("外出→镇", "return to towns"), AWAY, TOWN, REGISTERED, "return", 0.010, 0.25),
    Flow(
        "away.return_to_rural", Text("外出→乡村", "return to villages"), AWAY, RURAL, REGISTERED, "return", 0.030, 0.25
    ),
    Flow(
        "outside.depart_city",
        Text("外来人口离开县城", "outsiders leaving the county seat"),
        CITY,
        ELSEWHERE,
        (OUTSIDE_HUKOU,),
        "leave",
        0.05,
        0.25,
    ),
    Flow(
        "outside.depart_town",
        Text("外来人口离开镇", "outsiders leaving towns"),
        TOWN,
        ELSEWHERE,
        (OUTSIDE_HUKOU,),
        "leave",
        0.05,
        0.25,
    ),
    Flow(
        "outside.depart_rural",
        Text("外来人口离开乡村", "outsiders leaving villages"),
        RURAL,
        ELSEWHERE,
        (OUTSIDE_HUKOU,),
        "leave",
        0.05,
        0.25,
    ),
)

ARRIVAL_PATHS: Final = {CITY: "outside.arrive_city", TOWN: "outside.arrive_town", RURAL: "outside.arrive_rural"}
PROFILES: Final = ("transfer", "back", "leave", "return", "arrive")

_PROFILE_NAMES: Final = {
    "transfer": Text("进城", "moves to town"),
    "back": Text("回乡", "moves back to the village"),
    "leave": Text("外出", "leaving"),
    "return": Text("返乡", "return"),
    "arrive": Text("外来", "arrival"),
}
_PEAKS: Final = {"transfer": 21.0, "back": 26.0, "leave": 19.0, "return": 30.0, "arrive": 24.0}
_FAMILY: Final = {"transfer": 0.5, "back": 0.4, "leave": 0.15, "return": 0.3, "arrive": 0.25}

PARAMETERS: Final = (
    *(
        Parameter(flow.path, flow.name, "share/year", flow.default, 0.0, 0.5, flow.evidence, flow.spread)
        for flow in FLOWS
    ),
    *(
        Parameter(
            f"{flow.path}_count",
            Text(f"{flow.name.zh}:政策额外人数", f"{flow.name.en}: extra persons a year"),
            "person/year",
            0.0,
            0.0,
            1e6,
            Text("只由政策给出", "policies only"),
        )
        for flow in FLOWS
    ),
    *(
        Parameter(
            path,
            Text(f"外来人口年流入{zh}", f"outsiders arriving in {en} a year"),
            "person/year",
            0.0,
            0.0,
            1e7,
            Text("按区域拟合", "fitted by region"),
            0.25,
        )
        for path, zh, en in (
            ("outside.arrive_city", "县城", "the county seat"),
            ("outside.arrive_town", "镇", "towns"),
            ("outside.arrive_rural", "乡村", "villages"),
        )
    ),
    *(
        Parameter(
            f"profile.{key}.{what}",
            Text(f"{_PROFILE_NAMES[key].zh}年龄曲线:{zh}", f"age profile of {_PROFILE_NAMES[key].en}: {en}"),
            unit,
            default,
            low,
            high,
            Text("假设:Rogers–Castro 曲线形状", "assumption: Rogers–Castro shape"),
        )
        for key in PROFILES
        for what, zh, en, unit, default, low, high in (
            ("peak", "劳动力高峰年龄", "labour peak", "age", _PEAKS[key], 10.0, 60.0),
            ("width", "高峰后衰减年数", "years of decline after the peak", "year", 11.0, 3.0, 100.0),
            ("family", "家庭随迁强度", "family component", "ratio", _FAMILY[key], 0.0, 5.0),
            ("male_ratio", "男女迁移率之比", "males per female rate", "ratio", 1.0, 0.2, 5.0),
        )
    ),
)
