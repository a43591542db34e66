"""What a run has that Chinese counties have not shown, in words and as a table."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import quantity, span
from sim.output.layout.parts import Column, Table, listed
from sim.output.texts import tr
from sim.run.tables import RunTables, Unusual

_MOST: Final = 2
"""So many are named in a line; the report has all."""


def unusual_line(tables: RunTables, language: Language) -> str:
    """The first of what is unusual, and how many more there are; empty where nothing is."""
    if not tables.unusual:
        return ""
    names, several = dict(tables.regions), len(tables.regions) > 1
    said = []
    for one in tables.unusual[:_MOST]:
        text = tr(
            "{year} {what} {value} (usual: {usual})",
            year=one.year,
            what=one.what,
            value=_value(one, language),
            usual=usual(one, language),
        )
        said.append((f"{names[one.region].in_(language)} " if several else "") + text.in_(language))
    more = len(tables.unusual) - len(said)
    listing = tr("; ").in_(language).join(said)
    if more:
        text = tr(
            "Outside what Chinese counties have shown: {listing}; {more} more in the report.",
            listing=listing,
            more=more,
        )
    else:
        text = tr("Outside what Chinese counties have shown: {listing}.", listing=listing)
    return text.in_(language)


def unusual_table(tables: RunTables, language: Language) -> Table:
    """All that is unusual, with what is usual and where that comes from."""
    names = dict(tables.regions)
    return listed(
        "unusual",
        tr("Medians outside what all but one in a thousand counties have shown: no error, but a reason to look"),
        tables.unusual,
        (Column(tr("Region")), lambda one: names[one.region]),
        (Column(tr("Year"), "year"), lambda one: one.year),
        (Column(tr("What")), lambda one: one.what),
        (Column(tr("This run")), lambda one: _value(one, language)),
        (Column(tr("Usual")), lambda one: usual(one, language)),
        (Column(tr("Source")), lambda one: one.source),
    )


def usual(one: Unusual, language: Language) -> str:
    """What is usual, as a range."""
    if one.high is None:
        return tr("at least {low}", low=quantity(one.low, one.unit, language)).in_(language)
    return span(one.low, one.high, one.unit, language)


def _value(one: Unusual, language: Language) -> str:
    return quantity(one.value, one.unit, language)
