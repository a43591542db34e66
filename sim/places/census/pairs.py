"""The same counties in two census tables, by what they were found, and which of them are left out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.places.census.earlier import LEAST_RATIO, MOST_RATIO
from sim.places.census.row import CensusRow
from sim.places.census.stem import plain, stem
from sim.places.texts import tr

LEAST_PERSONS: Final = 20_000.0

BY: Final = {
    "name": tr("by name within the prefecture"),
    "code_and_name": tr("by code and name without the word for its kind"),
    "province": tr("by a name that is unique in the province"),
    "code": tr("by code alone, with another name"),
    "stem": tr("by a name without the word for its kind that is unique in the province"),
}
"""By what a county may be found in the other table, as it is tried in turn: a whole name before a bare code."""


@quickclass(frozen=True, slots=True)
class Pair:
    """A county in two censuses; by: what it was found by, of BY."""

    first: CensusRow
    second: CensusRow
    by: str = "name"


@quickclass(frozen=True, slots=True)
class Pairs:
    """Counties with both censuses, and how many rows were left out and why.

    unmatched: rows of the first table without a partner; small: under LEAST_PERSONS; changed: ratio of
    residents outside LEAST_RATIO–MOST_RATIO. moved: of those kept, counties whose code is another's in the other table.
    """

    pairs: tuple[Pair, ...]
    unmatched: int
    small: int
    changed: int
    moved: tuple[Pair, ...] = field(default=())

    @property
    def matched(self) -> dict[str, int]:
        """How many pairs were found by what, of BY."""
        return {by: sum(pair.by == by for pair in self.pairs) for by in BY}

    def told(self) -> tuple[Text, ...]:
        """How many were found by what, and every county whose code changed hands."""
        counts = [tr("{by}: {count:,}", by=BY[by], count=count) for by, count in self.matched.items() if count]
        hands = [
            tr(
                "{name}: {code} in {year}, {code_2} in {year_2}, one of which is another county's in the other table",
                name=pair.second.name,
                code=pair.first.code,
                year=pair.first.year,
                code_2=pair.second.code,
                year_2=pair.second.year,
            )
            for pair in self.moved
        ]
        return (*counts, *hands)


def match(first: Sequence[CensusRow], second: Sequence[CensusRow]) -> tuple[Pair, ...]:
    """Rows of the same county, in the order of the first table.

    By name within the prefecture, else by code where the name's stem (without the word for county, city or district)
    is the same too, else by a name that is unique in its province, else by code, else by such a stem: codes and names
    change, and codes change hands. No row is used twice.
    """
    found: dict[int, tuple[int, str]] = {}
    used: set[int] = set()
    for by, key in _KEYS.items():
        left = [i for i in range(len(first)) if i not in found]
        right = [j for j in range(len(second)) if j not in used]
        keys = Counter(key(first[i]) for i in left)
        others = Counter(key(second[j]) for j in right)
        where = {key(second[j]): j for j in right}
        for i in left:
            own = key(first[i])
            if keys[own] == 1 and others[own] == 1:
                found[i] = where[own], by
                used.add(where[own])
    return tuple(Pair(first[i], second[j], by) for i, (j, by) in sorted(found.items()))


def pairs(first: Sequence[CensusRow], second: Sequence[CensusRow]) -> Pairs:
    """Counties that can be compared between two censuses."""
    matched = match(first, second)
    large = [pair for pair in matched if min(pair.first.resident, pair.second.resident) >= LEAST_PERSONS]
    same = tuple(pair for pair in large if LEAST_RATIO <= pair.second.resident / pair.first.resident <= MOST_RATIO)
    before, after = {row.code for row in first}, {row.code for row in second}
    moved = tuple(
        one
        for one in same
        if one.first.code != one.second.code and (one.second.code in before or one.first.code in after)
    )
    return Pairs(same, len(first) - len(matched), len(matched) - len(large), len(large) - len(same), moved)


def _prefecture_and_name(row: CensusRow) -> str:
    return row.code[:4] + plain(row.name)


def _code(row: CensusRow) -> str:
    return row.code


def _province_and_name(row: CensusRow) -> str:
    return row.code[:2] + plain(row.name)


def _province_and_stem(row: CensusRow) -> str:
    return row.code[:2] + stem(plain(row.name))


def _code_and_stem(row: CensusRow) -> str:
    return row.code + stem(plain(row.name))


_KEYS: Final[dict[str, Callable[[CensusRow], str]]] = dict(
    zip(BY, (_prefecture_and_name, _code_and_stem, _province_and_name, _code, _province_and_stem), strict=True)
)
