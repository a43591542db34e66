"""The same counties in two census tables, and which of them are left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.places.census.earlier import LEAST_RATIO, MOST_RATIO
from sim.places.census.row import CensusRow
from sim.places.census.stem import stem

LEAST_PERSONS: Final = 20_000.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A county in two censuses."""

    first: CensusRow
    second: CensusRow


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counties with both censuses, and how many rows were left out and why.

    unmatched: rows of the first table without a partner; small: under LEAST_PERSONS; changed: ratio of
    residents outside LEAST_RATIO–MOST_RATIO.
    """

    pairs: tuple[Pair, ...]
    unmatched: int
    small: int
    changed: int


def match(first: Sequence[CensusRow], second: Sequence[CensusRow]) -> tuple[tuple[CensusRow, CensusRow], ...]:
    """Rows of the same county, in the order of the first table.

    By name within the prefecture, else by code, else by a name (then by its stem, without the word for county,
    city or district) that is unique in its province: codes and names change. No row is used twice.
    """
    found: dict[int, int] = {}
    used: set[int] = set()
    for key in (_prefecture_and_name, _code, _province_and_name, _province_and_stem):
        left = [i for i in range(len(first)) if i not in found]
        right = [j for j in range(len(second)) if j not in used]
        keys = Counter(key(first[i]) for i in left)
        others = Counter(key(second[j]) for j in right)
        where = {key(second[j]): j for j in right}
        for i in left:
            own = key(first[i])
            if keys[own] == 1 and others[own] == 1:
                found[i] = where[own]
                used.add(where[own])
    return tuple((first[i], second[found[i]]) for i in sorted(found))


def pairs(first: Sequence[CensusRow], second: Sequence[CensusRow]) -> Pairs:
    """Counties that can be compared between two censuses."""
    matched = match(first, second)
    large = [(a, b) for a, b in matched if min(a.resident, b.resident) >= LEAST_PERSONS]
    same = [Pair(a, b) for a, b in large if LEAST_RATIO <= b.resident / a.resident <= MOST_RATIO]
    return Pairs(tuple(same), len(first) - len(matched), len(matched) - len(large), len(large) - len(same))


def plain(name: str) -> str:
    """A name without blanks and with the character for city as it should be (tables also print 巿)."""
    return "".join(name.split()).replace("巿", "市")


def _prefecture_and_name(row: CensusRow) -> str:
    return row.code[:4] + plain(row.name)


def _code(row: CensusRow) -> str:
    return row.code


def _province_and_name(row: CensusRow) -> str:
    return row.code[:2] + plain(row.name)


def _province_and_stem(row: CensusRow) -> str:
    return row.code[:2] + stem(plain(row.name))
