"""A sheet as data: a table of bare values, charts of series, and where it all comes from. Nothing here draws."""

from collections.abc import Sequence
from typing import Literal

from sim.common.language import Language, Text
from sim.common.numbers import scale, unit_words
from sim.common.quickclass import quickclass
from sim.common.typography import sentence
from sim.output.layout.parts import Column, Table
from sim.output.texts import tr
from sim.run.tables import RunTables

Look = Literal["bar", "area", "gap", "line", "dashes", "dots"]
"""How a series is drawn; a gap is an area that is not seen, under those that lie on it."""


@quickclass(frozen=True, slots=True)
class Series:
    """A row of numbers on a chart, one for each of its categories."""

    name: str
    values: tuple[float | None, ...]
    look: Look
    colour: str


@quickclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart: areas lie on each other, bars too where `stacked`; `lying` bars are those of a pyramid.

    decimals: of the numbers on its axis, which begins at `least` where that is given.
    """

    title: str
    x: str
    y: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    lying: bool = False
    least: float | None = None
    decimals: int = 0


@quickclass(frozen=True, slots=True)
class Sheet:
    """A sheet. name: on its tab; source: where its figures come from. False without rows."""

    name: str
    table: Table
    source: str
    charts: tuple[Drawing, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.table.rows)


@quickclass(frozen=True, slots=True)
class Scaled:
    """How a quantity is written on a sheet: divided by `size`, with so many decimals, in `words`."""

    size: float
    words: str
    decimals: int

    def of(self, value: float | None) -> float | None:
        """The value as written."""
        return None if value is None else round(value / self.size, 9)

    def column(self, heading: Text | str, language: Language) -> Column:
        """A column of such values, with the unit in its heading."""
        said = heading if isinstance(heading, str) else heading.in_(language)
        unit = f"\n({self.words})" if self.words else ""
        return Column(f"{said}{unit}", "number", decimals=self.decimals)


def scaled(unit: str, like: float | None, language: Language) -> Scaled:
    """How values of a unit are written, all in the scale of `like`."""
    size = 0.0 if like is None else like
    found = scale(unit, size, language)
    if found is None:
        return Scaled(1.0, unit_words(unit, language), 0 if unit else 1)
    return Scaled(found.size, found.words.in_(language).strip(), found.decimals)


def largest(values: Sequence[float | None]) -> float:
    """The size of the largest of some values; 0 of none."""
    return max((abs(value) for value in values if value is not None), default=0.0)


def said(words: Text | str | None, language: Language) -> str | None:
    """Words as they stand alone in a cell."""
    if words is None:
        return None
    text = words if isinstance(words, str) else words.in_(language)
    return sentence(text) or None


def sheet_of(
    tables: RunTables, name: Text, table: Table, language: Language, *charts: Drawing, remark: Text | None = None
) -> Sheet:
    """A sheet of what a run reckoned; remark: what is to be said beside its source."""
    source = of_draws(tables.draws, language)
    if remark is not None:
        source += tr("; ").in_(language) + remark.in_(language)
    return Sheet(name.in_(language), table, source, charts)


def of_draws(draws: int, language: Language) -> str:
    """The source of what a run reckoned."""
    return tr("townward, simulation of {draws:,} draws", draws=draws).in_(language)
