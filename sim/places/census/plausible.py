"""Whether the figures of a census row are those of a county: a yearbook's 万人 or a fraction for % passes every sum.

`plausible.csv` holds, for a figure or its ratio to another, what is usual and what is possible. Usual is what all but
one in a thousand of the 2,164 and 2,252 counties of the county volumes of the 2010 and 2020 censuses lie within (of
residents all do; the least, 2,000, is below Sansha's 2,333 of 2020). Possible is ten times as far as any of them, or
what arithmetic allows (a person a household, parts within their whole, a share in % that is no fraction).
"""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.rows import Row, read
from sim.places.census.row import AGE_STARTS, CensusRow
from sim.places.texts import tr

TABLE: Final = Path(__file__).with_name("plausible.csv")
_COLUMNS: Final = ("part", "whole", "usual_low", "usual_high", "least", "most")
_CHILDREN: Final = range(15)
_MOTHERS: Final = range(15, 50)
_RETIRED: Final = range(65, 150)
_OLDEST: Final = range(85, 150)


@quickclass(frozen=True, slots=True)
class Range:
    """What is usual and what is possible of a figure, or of its ratio to another (`whole`, empty: of itself)."""

    part: str
    whole: str
    usual_low: float
    usual_high: float
    least: float
    most: float


@quickclass(frozen=True, slots=True)
class Finding:
    """A figure outside what is usual: which it is, and whether it is possible."""

    part: str
    possible: bool
    problem: Text


def _range(row: Row) -> Range:
    low, high, least, most = (row.number(column) for column in _COLUMNS[2:])
    return Range(row.text("part"), row.cells["whole"], low, high, least, most)


@cache
def ranges() -> tuple[Range, ...]:
    """The ranges of `plausible.csv`."""
    return read(TABLE, _COLUMNS, _range, named=2)


def implausible(row: CensusRow) -> Iterator[Finding]:
    """Figures of the row that counties do not have, and those that are rare; a province is no county in size."""
    for one in ranges():
        if row.kind == "province" and not one.whole:
            continue
        value = _value(row, one)
        if value is None or one.usual_low <= value <= one.usual_high:
            continue
        possible = one.least <= value <= one.most
        yield Finding(one.part, possible, _said(one, value, possible=possible))


def _said(one: Range, value: float, *, possible: bool) -> Text:
    part, whole = Text(one.part, one.part), Text(one.whole, one.whole)
    figure = tr("{part} / {whole} = {value:.4g}", part=part, whole=whole, value=value)
    if not one.whole:
        figure = Text(f"{one.part} = {value:.10g}", f"{one.part} = {value:.10g}")
    if possible:
        return tr(
            "{figure}: rare, {low:g}–{high:g} in all but one in a thousand counties of the 2010 and 2020 censuses",
            figure=figure,
            low=one.usual_low,
            high=one.usual_high,
        )
    return tr(
        "{figure}, expected {low:g}–{high:g} as in counties of the 2010 and 2020 censuses (at the very most "
        "{least:g}–{most:g}); write people and households one by one, not in 万, and shares in %",
        figure=figure,
        low=one.usual_low,
        high=one.usual_high,
        least=one.least,
        most=one.most,
    )


def _value(row: CensusRow, one: Range) -> float | None:
    part = _figure(row, one.part)
    whole = _figure(row, one.whole) if one.whole else 1.0
    if part is None or whole is None:
        return None
    if whole > 0.0:
        return part / whole
    return math.inf if part > 0.0 else None


def _figure(row: CensusRow, name: str) -> float | None:
    """A figure of the row, or one made of several."""
    if name == "employed_in_three":
        return _sum(
            row.employed_agriculture_sample, row.employed_manufacturing_sample, row.employed_construction_sample
        )
    if name == "tenure_sample":
        return _sum(row.rented_sample, row.self_built_sample, row.purchased_sample)
    groups = {"under_15": _CHILDREN, "aged_65_plus": _RETIRED, "aged_85_plus": _OLDEST}
    if name in groups:
        return _aged(row.male_by_age, groups[name]) + _aged(row.female_by_age, groups[name])
    if name == "women_15_49":
        return _aged(row.female_by_age, _MOTHERS)
    value: float | None = getattr(row, name)
    return value


def _sum(*parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _aged(ages: tuple[float, ...], of: range) -> float:
    return sum(value for start, value in zip(AGE_STARTS, ages, strict=True) if start in of)
