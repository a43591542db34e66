"""Registration and boundaries: settlement of hukou, and places that become urban without a move."""

from dataclasses import dataclass
from typing import Final

from sim.common.language import Text
from sim.model.axes import CITY, HUKOU, OUTSIDE_HUKOU, RURAL, RURAL_HUKOU, TOWN, URBAN_HUKOU, cell
from sim.model.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status without a move: a share of some cells that becomes another cell in a year."""

    path: str
    name: Text
    pairs: tuple[tuple[int, int], ...]
    default: float
    high: float
    spread: float
    evidence: Text


SETTLEMENTS: Final = (
    Change(
        "hukou.settle_local",
        Text("本地农业转移人口落户", "settlement of local migrants"),
        tuple((cell(zone, RURAL_HUKOU), cell(zone, URBAN_HUKOU)) for zone in (CITY, TOWN)),
        0.035,
        0.9,
        0.3,
        Text("假设:每年有2%—5%的本地农业转移人口落户", "assumption: 2–5% of resident migrants a year"),
    ),
    Change(
        "hukou.settle_outside",
        Text("外来人口落户", "settlement of outsiders"),
        tuple((cell(zone, OUTSIDE_HUKOU), cell(zone, URBAN_HUKOU)) for zone in (CITY, TOWN)),
        0.020,
        0.9,
        0.3,
        Text("假设:低于本地农业转移人口的落户率", "assumption: below the rate of local migrants"),
    ),
)

BOUNDARY_CHANGES: Final = tuple(
    Change(
        f"boundary.{path}",
        name,
        tuple((cell(source, hukou), cell(destination, hukou)) for hukou in range(len(HUKOU))),
        0.0,
        0.5,
        0.0,
        Text("假设:情景不写则没有", "assumption: none unless a scenario names one"),
    )
    for path, name, source, destination in (
        ("rural_to_town", Text("撤乡设镇、村改居划入镇区", "villages reclassified as town"), RURAL, TOWN),
        ("rural_to_city", Text("村改居划入县城", "villages reclassified as county seat"), RURAL, CITY),
        ("town_to_city", Text("撤镇设街道划入县城", "towns reclassified as county seat"), TOWN, CITY),
    )
)

PARAMETERS: Final = tuple(
    Parameter(change.path, change.name, "share/year", change.default, 0.0, change.high, change.evidence, change.spread)
    for change in (*BOUNDARY_CHANGES, *SETTLEMENTS)
)
