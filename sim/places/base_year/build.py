"""From a census row to people by zone, registration, sex and single age."""

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import AWAY, CITY, OUTSIDE_REGISTRATION, POP_SHAPE, REGISTRATIONS, RURAL, RURAL_REGISTRATION, TOWN
from sim.model.demography.graduate import graduate_with_open_group
from sim.model.demography.rake import Margin, NoTableError, rake
from sim.places.base_year.away import AwayEstimate, away_total
from sim.places.base_year.hukou import published, with_registered
from sim.places.base_year.mark import Mark, marks_of_row
from sim.places.base_year.registration import registration
from sim.places.base_year.zones import zone_ages, zone_totals
from sim.places.census import AGE_STARTS, CensusRow
from sim.places.china.national import National
from sim.places.china.residence import load_patterns
from sim.places.texts import tr


@quickclass(frozen=True, slots=True)
class BaseYear:
    """The people of a region in a census year.

    pop: persons [zone, registration, sex, age], shape `sim.model.axes.POP_SHAPE`; marks: how each part came about.
    """

    year: int
    pop: Array
    marks: tuple[Mark, ...]


def base_year(
    row: CensusRow, national: National, away: AwayEstimate | None = None, other: CensusRow | None = None
) -> BaseYear:
    """The people of a region from its census row; residents by age group and sex are the census's exactly.

    away: people away found from elsewhere, which then stand as they are; other: the same region's row of
    another census year, used for the seat's share and for the ratio of registered people where this row
    lacks them. Marks name every part and its method.
    """
    patterns = load_patterns()
    groups = np.array([row.male_by_age, row.female_by_age])
    single = graduate_with_open_group(groups, AGE_STARTS, national.old_age_of(row.year))
    totals, mark_of_city = zone_totals(row, other, patterns)
    residents, mark_of_ages = zone_ages(single, totals, row, patterns)
    by_row = away_total(row, other, patterns)
    n_away, mark_of_away = by_row if away is None else _given(away)
    by_hukou = None if away is None else away.pop.sum(axis=(1, 2))
    registered = registration(row, totals, n_away, by_hukou, patterns)
    pop = np.zeros(POP_SHAPE)
    outsider_ratio = patterns.outsider_ratio(row.year, national.age_structure_of(row.year))
    pop[:AWAY] = _residents_by_hukou(residents, registered.table[:AWAY], outsider_ratio)
    if away is None:
        profile = patterns.outsider_shares(row.year, national.old_age_of(row.year))
        pop[AWAY] = registered.table[AWAY][:, np.newaxis, np.newaxis] * profile
    else:
        pop[AWAY, :OUTSIDE_REGISTRATION] = away.pop
    by_rules = registered if away is None else registration(row, totals, by_row[0], None, patterns)
    pop, marks_of_registered = with_registered(pop, row, patterns)
    pop, marks_of_hukou = published(pop, by_rules.table, row, patterns)
    marks = (
        mark_of_city,
        mark_of_ages,
        mark_of_away,
        *_mark_of_away_ages(away),
        *registered.marks,
        *marks_of_registered,
        *marks_of_hukou,
        _MARK_OF_REGISTRATION_AGES,
    )
    return BaseYear(row.year, pop, (*marks_of_row(row), *marks))


def _residents_by_hukou(residents: Array, table: Array, outsider_ratio: Array) -> Array:
    """Residents by zone, registration, sex and age [persons]: each zone's ages shared among its registrations.

    residents: [zone, sex, age]; table: [zone, registration]; outsider_ratio: [sex, age]. Outsiders have the age profile
    of China's migrants; villagers registered in the county who live in city or town lie halfway to it.
    """
    weight = np.ones((len(table), len(REGISTRATIONS), *residents.shape[1:]))
    weight[:, OUTSIDE_REGISTRATION] = outsider_ratio
    weight[(CITY, TOWN), RURAL_REGISTRATION] = np.sqrt(outsider_ratio)
    assert weight.shape[0] == RURAL + 1
    seed = weight * residents[:, np.newaxis] * table[:, :, np.newaxis, np.newaxis]
    shared = np.zeros_like(seed)
    for zone, cells in enumerate(seed):
        persons, registered = residents[zone].sum(), table[zone].sum()
        if persons > 0 and registered > 0:
            shared[zone] = _shared(cells, table[zone] * (persons / registered), residents[zone])
    return shared


def _shared(seed: Array, by_hukou: Array, ages: Array) -> Array:
    """One zone's persons by hukou, sex and age; where nearly all are of one hukou, ages do not differ by hukou."""
    try:
        return rake(seed, [Margin((0,), by_hukou), Margin((1, 2), ages)], 1e-11).table
    except NoTableError:
        alike: Array = by_hukou[:, np.newaxis, np.newaxis] * (ages / ages.sum())
        return alike


def _given(away: AwayEstimate) -> tuple[float, Mark]:
    return float(away.pop.sum()), Mark(tr("people away"), away.method, "estimated")


def _mark_of_away_ages(away: AwayEstimate | None) -> tuple[Mark, ...]:
    if away is not None:
        return ()
    method = tr(
        "the profile of people from outside in China (regression over the census's counties), assumed to hold here"
    )
    return (Mark(tr("ages of people away"), method, "assumed"),)


_MARK_OF_REGISTRATION_AGES = Mark(
    tr("ages by hukou"),
    tr("raked within each zone from the profile of people from outside; villagers in town lie halfway to it (assumed)"),
    "assumed",
)
