"""What a census row says of a region's homes, and what it does not."""

from math import nan

from sim.model.homes.stock import BaseHomes
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.texts import tr

PLAUSIBLE_FLOOR = (15.0, 80.0)
"""Floor area per person [m²] outside which a figure should be looked at."""


def base_homes(row: CensusRow) -> BaseHomes:
    """The region's homes as the census has them; NaN where it has no figure.

    A county table does not tell subsidised homes, old estates or shantytowns: those stay unknown until the
    region says.
    """
    return BaseHomes(
        floor_per_person=_figure(row.floor_area_per_person),
        rooms_per_household=_figure(row.rooms_per_household),
        rented=_share(row, row.rented_sample),
        self_built=_share(row, row.self_built_sample),
        purchased=_share(row, row.purchased_sample),
    )


def marks_of_homes(row: CensusRow) -> tuple[Mark, ...]:
    """How each part of the base year's homes came about."""
    census = tr("county table of the {year} census", year=row.year)
    tenure = row.households_sample is not None and row.rented_sample is not None
    return (
        Mark(_FLOOR, *((census, "observed") if _figure(row.floor_area_per_person) > 0.0 else (_NATION, "assumed"))),
        *_unusual(row),
        Mark(_ZONES, _ZONES_METHOD, "assumed"),
        Mark(_TENURE, *((_LONG_FORM, "observed") if tenure else (_NATION, "assumed"))),
        Mark(_HOMES, _HOMES_METHOD, "assumed"),
        Mark(_KINDS, tr("not in the {census}", census=census), "missing"),
    )


def is_unusual(floor_per_person: float) -> bool:
    """Whether a known floor area per person [m²] is outside what counties have."""
    low, high = PLAUSIBLE_FLOOR
    return floor_per_person < low or floor_per_person > high


def _figure(value: float | None) -> float:
    return value or nan


def _share(row: CensusRow, households: float | None) -> float:
    if households is None or not row.households_sample:
        return nan
    return min(households / row.households_sample, 1.0)


def _unusual(row: CensusRow) -> tuple[Mark, ...]:
    floor = _figure(row.floor_area_per_person)
    if not is_unusual(floor):
        return ()
    low, high = PLAUSIBLE_FLOOR
    method = tr(
        "{floor:g} m² in the census table, outside {low:g}–{high:g} m²: please check; used as it stands",
        floor=floor,
        low=low,
        high=high,
    )
    return (Mark(_FLOOR, method, "estimated"),)


_FLOOR = tr("floor area per person")
_TENURE = tr("share of households that rent")
_HOMES = tr("homes and vacancy")
_ZONES = tr("floor area per person by zone")
_KINDS = tr("public and affordable rental, old estates, shantytowns")
_NATION = tr("no figure of the county; the mean of China is used")
_LONG_FORM = tr("long form of the census (10% sample)")
_ZONES_METHOD = tr("by the ratios of city, town and countryside in China, to the county's mean")
_HOMES_METHOD = tr("one for each household, and the usual vacancy (parameters homes.vacancy_*)")
