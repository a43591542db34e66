"""What the figures published since the base year say: each beside the median and band that the run gives its year."""

from typing import Final, NamedTuple

from sim.common.language import Language
from sim.output.layout.parts import Column, Paragraph, Section, listed
from sim.output.layout.values import Cell, Estimate, Quantity, Quoted, Styled
from sim.output.texts import tr
from sim.run.curves import Curves, curves, main_region, observations
from sim.run.tables import RunTables
from sim.run.words import measure_name

_INSIDE: Final = tr("inside the band")
_ABOVE: Final = tr("above the band")
_BELOW: Final = tr("below the band")


class _Figure(NamedTuple):
    measure: str
    year: int
    value: float
    source: str


def since(tables: RunTables, language: Language) -> Section:
    """The section; a sentence alone where nothing was published since the base year that the run reports."""
    title = tr("What the figures since {year} say", year=tables.base_year)
    found = _figures(tables)
    if not found:
        nothing = tr(
            "No figure published since {year} is on file for this region (history.csv): nothing checks the run yet.",
            year=tables.base_year,
        )
        return Section("since", title, (Paragraph(nothing, "remark"),))
    lines = curves(tables, sorted({one.measure for one in found}))
    inside = sum(_place(one, lines) is _INSIDE for one in found)
    said = tr(
        "{inside} of {many} published figures lie inside the run’s 80% band of their year.",
        inside=inside,
        many=len(found),
    )
    table = listed(
        "since",
        tr("Figures published since {year}, beside the run", year=tables.base_year),
        found,
        (Column(tr("Measure")), lambda one: measure_name(one.measure, language)),
        (Column(tr("Year"), "year"), lambda one: one.year),
        (Column(tr("Published"), "number"), lambda one: Quantity(one.value, lines.units[one.measure])),
        (Column(tr("The run: median, 80% band"), "number"), lambda one: _estimate(one, lines)),
        (Column(tr("Where it lies")), lambda one: _where(one, lines)),
        (Column(tr("Source")), lambda one: Quoted(one.source)),
    )
    return Section("since", title, (Paragraph(said, "remark"), table))


def _figures(tables: RunTables) -> list[_Figure]:
    region = main_region(tables)
    rows = tables.observed.where((tables.observed["region"] == region) & (tables.observed["year"] > tables.base_year))
    names = [name for name in dict.fromkeys(rows["measure"].tolist()) if name in tables.measures]
    return [
        _Figure(name, one.year, one.value, one.source)
        for name in names
        for one in observations(tables, name)
        if tables.base_year < one.year <= tables.horizon
    ]


def _band(of: _Figure, lines: Curves) -> tuple[float | None, float | None, float | None]:
    low, middle, high = (lines.quantile(of.measure, at).get(of.year) for at in (0.1, 0.5, 0.9))
    return low, middle, high


def _estimate(of: _Figure, lines: Curves) -> Cell:
    low, middle, high = _band(of, lines)
    return Estimate(low, middle, high, lines.units[of.measure])


def _place(of: _Figure, lines: Curves) -> object:
    low, _, high = _band(of, lines)
    if low is None or high is None:
        return None
    return _ABOVE if of.value > high else _BELOW if of.value < low else _INSIDE


def _where(of: _Figure, lines: Curves) -> Cell:
    place = _place(of, lines)
    words = next((one for one in (_INSIDE, _ABOVE, _BELOW) if one is place), None)
    return words if words is _INSIDE or words is None else Styled(words, "strong")
