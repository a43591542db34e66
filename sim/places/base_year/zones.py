"""Residents by zone: how many, and of what ages."""

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import CITY, TOWN
from sim.model.demography.rake import Margin, rake
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.china.residence import Patterns
from sim.places.texts import tr


def zone_totals(row: CensusRow, other: CensusRow | None, patterns: Patterns) -> tuple[Array, Mark]:
    """Residents of city, town and rural zone [persons], [zone without away], and where the city comes from.

    The built-up area where the row gives it; else the share of urban residents it had in another year;
    else the national share for this kind of region.
    """
    city, mark = _city(row, other, patterns)
    return np.array([city, row.urban - city, row.rural]), mark


def _city(row: CensusRow, other: CensusRow | None, patterns: Patterns) -> tuple[float, Mark]:
    what = tr("residents of the county seat")
    if row.city_area is not None:
        census = tr("built-up area of the census")
        return min(row.city_area, row.urban), Mark(what, census, "observed")
    if other is not None and other.city_area is not None and other.urban > 0:
        share = other.city_area / other.urban
        method = tr(
            "urban residents × {share:.3f}, the built-up area's share of them in {year}", share=share, year=other.year
        )
        return share * row.urban, Mark(what, method, "estimated")
    share = patterns.rules[f"seat_share_{row.kind}"]
    kinds = {
        "county": tr("national share of seats in counties' urban residents"),
        "city": tr("median share in county-level cities"),
        "district": tr("share of built-up areas in the four municipalities"),
        "province": tr("share of cities in the nation's urban residents"),
    }
    source = kinds[row.kind]
    method = tr("urban residents × {share:g}, the {source}", share=share, source=source)
    return share * row.urban, Mark(what, method, "assumed")


def zone_ages(single: Array, totals: Array, row: CensusRow, patterns: Patterns) -> tuple[Array, Mark]:
    """Residents by zone, sex and single age [persons], [zone without away, sex, age].

    single: residents by sex and age; totals: residents by zone. Both are kept exactly. The seat of a county
    is taken as halfway between the pattern of cities, which is that of large cities, and that of towns.
    """
    ratio = patterns.residence_ratio(row.year).copy()
    if row.kind in ("county", "city"):
        ratio[CITY] = np.sqrt(ratio[CITY] * ratio[TOWN])
    seed = single * ratio * totals[:, np.newaxis, np.newaxis]
    raked = rake(seed, [Margin((0,), totals), Margin((1, 2), single)])
    mark = Mark(
        tr("ages by zone"),
        tr(
            "raked to the region's zone totals and ages by sex, from the pattern of cities, towns "
            "and countryside in the 1% survey of 2005 brought to the census's national totals"
        ),
        "estimated",
    )
    return raked.table, mark
