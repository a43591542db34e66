"""Control totals that moves were fitted to: what it takes to hold them, and how likely they are without."""

from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import estimate, percent, percent_error, quantity
from sim.output.layout.parts import Column, Section, listed
from sim.output.layout.values import Estimate, Quantity
from sim.output.texts import tr
from sim.run.tables import Led, RunTables

EXACT: Final = 0.5
"""What a total may be missed by and still be held exactly [person]."""


def totals_section(tables: RunTables, language: Language) -> Section:
    """The section; without parts where no totals are given."""
    title = tr("Fitted to control totals")
    if not tables.led:
        return Section("totals", title, ())
    names = dict(tables.regions)
    note = tr(
        "Moves in and out of the region, and between towns and villages, are multiplied and divided by one factor a "
        "year in every draw, so that people come to the totals; a straight line leads from one total to the next, and "
        "after the last moves are let go. Births, deaths, reclassification and whom policies move by number stay as "
        "they are. Moves a year are the mean since {year}; of townspeople they come from anywhere.",
        year=tables.base_year,
    )
    table = listed(
        "totals",
        tr("What the totals take, and what the same draws come to without them"),
        tables.led,
        (Column(tr("Place")), lambda one: names[one.place]),
        (Column(tr("Whom")), lambda one: tables.measures[one.measure].name),
        (Column(tr("Year"), "number"), lambda one: str(one.year)),
        (Column(tr("Control total"), "number"), lambda one: Quantity(one.persons, "person")),
        (Column(tr("Held")), lambda one: _held(one, language)),
        (Column(tr("Without it"), "number"), lambda one: Estimate(*one.free, "person")),
        (Column(tr("Likely without it")), _likely),
        (Column(tr("Net moves a year"), "number"), lambda one: Estimate(*one.moves, "person/year")),
        (Column(tr("Net moves without it"), "number"), lambda one: Estimate(*one.moves_free, "person/year")),
        (Column(tr("Source")), lambda one: one.source or tr("not given")),
        notes=(note,),
    )
    return Section("totals", title, (table,))


def total_lines(tables: RunTables, language: Language) -> list[str]:
    """What each total takes, in a line each."""
    return [_line(one, tables, language).in_(language) for one in tables.led]


def _line(one: Led, tables: RunTables, language: Language) -> Text:
    (moves, band), (free, free_band) = (
        estimate(values, "person/year", language) for values in (one.moves, one.moves_free)
    )
    return tr(
        "Fitted: {place}, {whom} {year} = {total}, {held}. It takes net moves of {moves} ({band}); without it they "
        "are {free} ({free_band}), and {likely}.",
        place=dict(tables.regions)[one.place],
        whom=tables.measures[one.measure].name,
        year=one.year,
        total=quantity(one.persons, "person", language, exact=True),
        held=_held(one, language),
        moves=moves,
        band=band,
        free=free,
        free_band=free_band,
        likely=_likely(one),
    )


def _held(one: Led, language: Language) -> Text:
    if one.off <= EXACT:
        return tr("held in every draw to half a person")
    return tr("not reached in every draw: off by up to {off}", off=quantity(one.off, "person", language))


def _likely(one: Led) -> Text:
    chance = f"{percent(one.probability)} {percent_error(one.probability_error)}"
    if one.is_more:
        return tr("{chance} of the draws come to as many", chance=chance)
    return tr("{chance} of the draws come to as few", chance=chance)
