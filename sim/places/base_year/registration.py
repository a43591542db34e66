"""Hukou by zone: who is registered where they live, elsewhere in the county, or outside it."""

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import (
    AWAY,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RURAL,
    RURAL_REGISTRATION,
    URBAN_REGISTRATION,
    ZONES,
)
from sim.model.demography.rake import Margin, NoTableError, rake
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.china.residence import Patterns
from sim.places.texts import tr


@quickclass(frozen=True, slots=True)
class Registration:
    """Persons by zone and hukou [persons], [zone, registration], and how they were found."""

    table: Array
    marks: tuple[Mark, ...]


def registration(
    row: CensusRow, totals: Array, away: float, away_by_hukou: Array | None, patterns: Patterns
) -> Registration:
    """Persons by zone and hukou.

    totals: residents by zone; away: people away; away_by_hukou: (urban, rural) where known.
    """
    movers = _movers(row, totals, patterns)
    table = _expected(row, movers, away, patterns)
    if away_by_hukou is not None:
        table[AWAY, :OUTSIDE_REGISTRATION] = away_by_hukou
    marks = [_mark_of_outsiders(row), _mark_of_movers(row)]
    if row.nonagricultural_share is None:
        return Registration(table, tuple(marks))
    raked = _to_nonagricultural(table, row.nonagricultural_share / 100.0, away_by_hukou is not None)
    if raked is None:
        marks.append(_MARK_OF_IGNORED_SHARE)
        return Registration(table, tuple(marks))
    method = tr("zone × hukou raked to the census's share of non-agricultural hukou")
    marks.append(Mark(tr("urban hukou"), method, "estimated"))
    return Registration(raked, tuple(marks))


def _movers(row: CensusRow, totals: Array, patterns: Patterns) -> Array:
    """Residents by zone and (settled, registered elsewhere in the county, outside) [persons], [zone, 3]."""
    outside = row.outside or 0.0
    within = min(row.elsewhere_same_county or 0.0, row.resident - outside)
    kinds = np.array([row.resident - outside - within, within, outside])
    odds = patterns.rules[f"migrant_odds_rural_{patterns.years[patterns.nearest(row.year)]}"]
    seed = np.ones((len(totals), 3))
    seed[RURAL, 1:] = odds
    weighted = seed * totals[:, np.newaxis] * kinds
    try:
        return rake(weighted, [Margin((1,), kinds), Margin((0,), totals)]).table
    except NoTableError:
        return np.outer(totals, kinds) / row.resident


def _expected(row: CensusRow, movers: Array, away: float, patterns: Patterns) -> Array:
    rules = patterns.rules
    of_movers = rules["rural_origin_of_movers_district" if row.kind == "district" else "rural_origin_of_movers"]
    of_settled = rules["rural_hukou_of_settled_urban"]
    table = np.zeros((len(ZONES), len(REGISTRATIONS)))
    settled, within, outside = movers[:, 0], movers[:, 1], movers[:, 2]
    table[:AWAY, RURAL_REGISTRATION] = of_settled * settled + of_movers * within
    table[RURAL, RURAL_REGISTRATION] = (1.0 - rules["urban_hukou_in_rural"]) * (settled[RURAL] + within[RURAL])
    table[:AWAY, URBAN_REGISTRATION] = settled + within - table[:AWAY, RURAL_REGISTRATION]
    table[:AWAY, OUTSIDE_REGISTRATION] = outside
    urban, rural = table[:AWAY, URBAN_REGISTRATION].sum(), table[:AWAY, RURAL_REGISTRATION].sum()
    urban_odds = rules["away_urban_hukou_odds"] * urban
    share = urban_odds / (urban_odds + rural) if urban_odds + rural > 0 else 0.0
    table[AWAY, :OUTSIDE_REGISTRATION] = away * share, away * (1.0 - share)
    return table


def _to_nonagricultural(table: Array, share: float, keep_away: bool) -> Array | None:
    """The table with the census's share of urban hukou among the registered; None if people away forbid it."""
    registered = table[:, :OUTSIDE_REGISTRATION].sum()
    hukou = np.array([share * registered, (1.0 - share) * registered, table[:, OUTSIDE_REGISTRATION].sum()])
    rows = AWAY if keep_away else len(ZONES)
    hukou = hukou - table[rows:].sum(axis=0)
    if (hukou < 0).any():
        return None
    raked, seed = table.copy(), table[:rows]
    try:
        raked[:rows] = rake(seed, [Margin((1,), hukou), Margin((0,), seed.sum(axis=1))]).table
    except NoTableError:
        return None
    return raked


_MARK_OF_IGNORED_SHARE = Mark(
    tr("urban hukou"),
    tr("the share of non-agricultural hukou cannot hold together with people away and from outside: not used"),
    "assumed",
)


def _mark_of_outsiders(row: CensusRow) -> Mark:
    what = tr("where people from outside live")
    if row.outside is None:
        method = tr("not in the census row: taken as none")
        return Mark(what, method, "missing")
    method = tr("the total is the census's; its rural part by the floating population's split in China (assumed)")
    return Mark(what, method, "assumed")


def _mark_of_movers(row: CensusRow) -> Mark:
    what = tr("rural hukou in city and town")
    if row.elsewhere_same_county is None:
        method = tr(
            "no figure of residents registered elsewhere in the county: only a small part of those who have not moved"
        )
        return Mark(what, method, "missing")
    method = tr("of residents registered elsewhere in the county, the rural share of China's migrants (assumed)")
    return Mark(what, method, "assumed")
