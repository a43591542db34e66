"""What a run was held to: figures published since the base year, and what they changed."""

from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import percent, quantity, span
from sim.common.typography import sentence
from sim.output.layout.parts import Column, Part, Table, listed
from sim.output.layout.values import Quantity, Quoted
from sim.output.texts import tr
from sim.places.china.place_names import pinyin
from sim.run.tables import Held, HeldFigure, RunTables
from sim.run.words import measure_name

_WHOSE: Final = {
    "own": tr("its own"),
    "prefecture": tr("leans on its prefecture"),
    "province": tr("leans on its province"),
}
_MOST: Final = 3
"""So many areas are named in a line; the report has all."""
_UNITS: Final = {"urbanization_rate": "share", "resident": "person"}


def held_line(tables: RunTables, language: Language) -> str:
    """Whose figures the run was held to, and what they changed of the main place; empty where none were used."""
    held = tables.held
    if held is None:
        return ""
    year = tables.test_year
    areas = dict.fromkeys((one.area, one.whose) for one in held.figures)
    few, more = list(areas)[:_MOST], len(areas) - _MOST
    named = Text(
        "、".join(f"{area}({_WHOSE[whose].zh})" for area, whose in few),
        ", ".join(f"{pinyin(area)} ({_WHOSE[whose].en})" for area, whose in few),
    )
    if more > 0:
        named += tr(" and {more} more", more=more)
    before, after = (_band(bands, "urbanization_rate", year, language) for bands in (held.before, held.after))
    return tr(
        "Held to published figures of {areas}: {year} {after} urban, without them {before}.",
        areas=named,
        year=year,
        after=after,
        before=before,
    ).in_(language)


def held_section(tables: RunTables, language: Language) -> tuple[Part, ...]:
    """The figures with their weight, and the main place without them and with them."""
    held = tables.held
    return () if held is None else (_figures(tables, held, language), _both(held, language))


def _figures(tables: RunTables, held: Held, language: Language) -> Table:
    names = dict(tables.regions)
    worth = tr(
        "The draws are taken again in proportion to how well they agree; the weights are worth {worth:,.0f} of "
        "{draws:,} draws. Age pyramids and projects are those of all draws.",
        worth=held.worth,
        draws=tables.draws,
    )
    soft = tr(
        "So few draws agree that the errors of the figures were widened {times:.1f} times.", times=held.force**-0.5
    )
    return listed(
        "held-figures",
        tr(
            "Figures published since the base year; what a prefecture or province did is carried over, with a wider "
            "error"
        ),
        held.figures,
        (Column(tr("Place")), lambda one: names[one.place]),
        (Column(tr("Figure")), lambda one: sentence(measure_name(one.measure, language))),
        (Column(tr("Years")), lambda one: ", ".join(map(str, one.years))),
        (Column(tr("Area")), lambda one: Text(one.area, pinyin(one.area))),
        (Column(tr("Whose")), _whose),
        (Column(tr("Last, for the place"), "number"), lambda one: Quantity(one.last, _UNITS[one.measure])),
        (Column(tr("Weight"), "number"), lambda one: percent(one.weight)),
        (Column(tr("Source")), lambda one: Quoted(one.source)),
        notes=(worth, soft) if held.force < 1.0 else (worth,),
    )


def _whose(one: HeldFigure) -> Text:
    return _WHOSE[one.whose]


def _both(held: Held, language: Language) -> Table:
    rows = [(measure, year) for measure, years in held.after.items() for year in years]
    return listed(
        "held-both",
        tr("Without the figures and with them: median and 80% band of the main place"),
        rows,
        (Column(tr("Measure")), lambda row: sentence(measure_name(row[0], language))),
        (Column(tr("Year"), "year"), lambda row: row[1]),
        (Column(tr("Without them"), "number"), lambda row: _band(held.before, *row, language)),
        (Column(tr("With them"), "number"), lambda row: _band(held.after, *row, language)),
    )


def _band(bands: dict[str, dict[int, tuple[float, float, float]]], measure: str, year: int, language: Language) -> str:
    low, median, high = bands[measure][year]
    unit = _UNITS[measure]
    return f"{quantity(median, unit, language)} ({span(low, high, unit, language)})"
