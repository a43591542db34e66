"""Residents by zone: how many, and of what ages."""

import numpy as np

from sim.common.language import Text
from sim.model.arrays import Array
from sim.model.axes import CITY, TOWN
from sim.model.demography.rake import Margin, rake
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.residence import Patterns


def zone_totals(row: CensusRow, other: CensusRow | None, patterns: Patterns) -> tuple[Array, Mark]:
    """Residents of city, town and rural zone [persons], [zone without away], and where the city comes from.

    The built-up area where the row gives it; else the share of urban residents it had in another year;
    else the national share for this kind of region.
    """
    city, mark = _city(row, other, patterns)
    return np.array([city, row.urban - city, row.rural]), mark


def _city(row: CensusRow, other: CensusRow | None, patterns: Patterns) -> tuple[float, Mark]:
    what = Text("县城(城区)人口", "residents of the county seat")
    if row.city_area is not None:
        census = Text("普查城区人口", "built-up area of the census")
        return min(row.city_area, row.urban), Mark(what, census, "observed")
    if other is not None and other.city_area is not None and other.urban > 0:
        share = other.city_area / other.urban
        method = Text(
            f"城镇人口 × {share:.3f}({other.year}年城区占城镇的比重)",
            f"urban residents × {share:.3f}, the built-up area's share of them in {other.year}",
        )
        return share * row.urban, Mark(what, method, "estimated")
    share = patterns.rules[f"seat_share_{row.kind}"]
    kinds = {
        "county": Text("全国县城人口占县域城镇人口的比重", "national share of seats in counties' urban residents"),
        "city": Text("全国县级市城区占城镇的中位比重", "median share in county-level cities"),
        "district": Text("四个直辖市城区占城镇的比重", "share of built-up areas in the four municipalities"),
        "province": Text("全国城市人口占城镇人口的比重", "share of cities in the nation's urban residents"),
    }
    source = kinds[row.kind]
    method = Text(f"城镇人口 × {share:g}({source.zh})", f"urban residents × {share:g}, the {source.en}")
    return share * row.urban, Mark(what, method, "assumed")


def zone_ages(single: Array, totals: Array, row: CensusRow, patterns: Patterns) -> tuple[Array, Mark]:
    """Residents by zone, sex and single age [persons], [zone without away, sex, age].

    single: residents by sex and age; totals: residents by zone. Both are kept exactly. The seat of a county
    is taken as halfway between the pattern of cities, which is that of large cities, and that of towns.
    """
    ratio = patterns.residence_ratio(row.year)
    if row.kind in ("county", "city"):
        ratio[CITY] = np.sqrt(ratio[CITY] * ratio[TOWN])
    seed = single * ratio * totals[:, np.newaxis, np.newaxis]
    raked = rake(seed, [Margin((0,), totals), Margin((1, 2), single)])
    mark = Mark(
        Text("各区域年龄结构", "ages by zone"),
        Text(
            "以2005年1%抽样调查城、镇、乡年龄结构(调整至普查全国总数)为初值,迭代比例拟合至本县区域总数与年龄性别",
            "raked to the region's zone totals and ages by sex, from the pattern of cities, towns and countryside in "
            "the 1% survey of 2005 brought to the census's national totals",
        ),
        "estimated",
    )
    return raked.table, mark
