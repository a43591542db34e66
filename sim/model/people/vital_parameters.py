"""Parameters of deaths and births."""

from typing import Final

from sim.common.language import Text
from sim.model.parameter import Parameter

REFERENCE_YEAR: Final = 2020
"""The year whose national death ratios have level 1."""

_BY_RESIDENCE: Final = Text(
    "2005年1%抽样调查:城、镇、乡为0.93、1.28、1.65,差距收窄(假设)",
    "1% survey 2005: 0.93/1.28/1.65 by residence, narrowed (assumption)",
)

PARAMETERS: Final = (
    Parameter(
        "mortality.level",
        Text("死亡水平(相对全国2020年)", "level of mortality against the nation in 2020"),
        "ratio",
        1.0,
        0.3,
        3.0,
        Text("假设:全国水平", "assumption: the national level"),
        0.05,
    ),
    Parameter(
        "mortality.decline",
        Text("死亡概率年降幅", "yearly fall of death probabilities"),
        "share/year",
        0.0168,
        -0.05,
        0.08,
        Text(
            "推算:使死亡水平的降幅与 WPP 2024 中国2020—2030年预期寿命相符",
            "derived: fall of the death level that gives the life expectancy of China from 2020 to 2030 in WPP 2024",
        ),
    ),
    Parameter(
        "fertility.tfr",
        Text("总和生育率", "total fertility rate"),
        "children/woman",
        1.2,
        0.3,
        8.0,
        Text("WPP 2024,中国2020年为1.24", "WPP 2024, China 2020: 1.24"),
        0.08,
    ),
    Parameter(
        "fertility.city_ratio",
        Text("县城生育水平(相对全县)", "fertility of the city zone against the county"),
        "ratio",
        0.85,
        0.2,
        3.0,
        _BY_RESIDENCE,
    ),
    Parameter(
        "fertility.town_ratio",
        Text("镇区生育水平(相对全县)", "fertility of towns against the county"),
        "ratio",
        1.0,
        0.2,
        3.0,
        _BY_RESIDENCE,
    ),
    Parameter(
        "fertility.rural_ratio",
        Text("乡村生育水平(相对全县)", "fertility of the countryside against the county"),
        "ratio",
        1.15,
        0.2,
        3.0,
        _BY_RESIDENCE,
    ),
    Parameter(
        "fertility.away_ratio",
        Text("外出妇女生育水平(相对全县)", "fertility of women living away against the county"),
        "ratio",
        0.85,
        0.2,
        3.0,
        Text("假设:与县城相同", "assumption: as in the city zone"),
    ),
    Parameter(
        "fertility.males_per_female",
        Text("出生性别比", "sex ratio at birth"),
        "males/female",
        1.11,
        0.9,
        1.5,
        Text("WPP 2024,中国2020年为1.112", "WPP 2024, China 2020: 1.112"),
    ),
    Parameter(
        "fertility.left_behind",
        Text("外出妇女所生子女留在老家的比例", "share of children of women away who grow up in the village"),
        "share",
        0.6,
        0.0,
        1.0,
        Text("假设:留守儿童", "assumption: left-behind children"),
    ),
)
