"""How a part of the base year came about, in words."""

from dataclasses import dataclass
from typing import Literal

from sim.common.language import Text
from sim.places.census import CensusRow

MarkKind = Literal["observed", "estimated", "assumed", "missing"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the base year, the method it was made by, and what sort of figure it is."""

    what: Text
    method: Text
    kind: MarkKind


def marks_of_row(row: CensusRow) -> tuple[Mark, ...]:
    """What the row itself gives, what of it was put right, and what it lacks."""
    census = Text(f"{row.year}年人口普查分县资料", f"county table of the {row.year} census")
    total = Text("常住人口、城乡人口、五岁组年龄性别", "residents, urban and rural, age groups by sex")
    marks = [Mark(total, census, "observed")]
    disagree = Text("普查表内数字不一致", "figures of the census row that disagree")
    marks.extend(Mark(disagree, warning, "estimated") for warning in row.warnings)
    absent = [name for name, value in _WANTED if getattr(row, value) is None]
    if absent:
        listed = Text("、".join(name.zh for name in absent), ", ".join(name.en for name in absent))
        marks.append(Mark(listed, Text(f"{census.zh}没有此项", f"not in the {census.en}"), "missing"))
    marks.append(
        Mark(
            Text("单岁年龄", "single years of age"),
            Text(
                "累计人数三次样条(Hyman 1983 单调滤波),保持各组总数;85岁及以上按全国单岁结构",
                "cubic spline of cumulated counts with Hyman's (1983) monotone filter, keeping group totals; "
                "85 and over by the nation's single ages",
            ),
            "estimated",
        )
    )
    return tuple(marks)


_WANTED = (
    (Text("城区人口", "built-up area residents"), "city_area"),
    (Text("户籍人口", "registered population"), "registered"),
    (Text("非农业户口比重", "share of non-agricultural hukou"), "nonagricultural_share"),
    (Text("县内人户分离人数", "residents registered elsewhere in the county"), "elsewhere_same_county"),
    (Text("省内县外户籍人数", "residents registered in another county of the province"), "same_province"),
    (Text("省外户籍人数", "residents registered in another province"), "other_province"),
    (Text("家庭户数", "family households"), "households"),
)
