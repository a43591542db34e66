"""How a part of the base year came about, in words."""

from typing import Literal

from sim.common.language import Text, joined
from sim.common.quickclass import quickclass
from sim.places.census import CensusRow
from sim.places.texts import tr

MarkKind = Literal["observed", "estimated", "assumed", "missing"]


@quickclass(frozen=True, slots=True)
class Mark:
    """A part of the base year, the method it was made by, and what sort of figure it is."""

    what: Text
    method: Text
    kind: MarkKind


def marks_of_row(row: CensusRow) -> tuple[Mark, ...]:
    """What the row itself gives, what of it was put right, and what it lacks."""
    census = tr("county table of the {year} census", year=row.year)
    total = tr("residents, urban and rural, age groups by sex")
    marks = [Mark(total, census, "observed")]
    disagree = tr("figures of the census row that disagree")
    marks.extend(Mark(disagree, warning, "estimated") for warning in row.warnings)
    absent = [name for name, value in _WANTED if getattr(row, value) is None]
    if absent:
        listed = joined(absent, "、", ", ")
        marks.append(Mark(listed, tr("not in the {census}", census=census), "missing"))
    marks.append(
        Mark(
            tr("single years of age"),
            tr(
                "cubic spline of cumulated counts with Hyman's (1983) monotone filter, keeping group "
                "totals; 85 and over by the nation's single ages"
            ),
            "estimated",
        )
    )
    return tuple(marks)


_WANTED = (
    (tr("built-up area residents"), "city_area"),
    (tr("registered population"), "registered"),
    (tr("share of non-agricultural hukou"), "nonagricultural_share"),
    (tr("residents registered elsewhere in the county"), "elsewhere_same_county"),
    (tr("residents registered in another county of the province"), "same_province"),
    (tr("residents registered in another province"), "other_province"),
    (tr("family households"), "households"),
)
