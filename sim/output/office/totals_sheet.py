"""控制总量: what a run that is fitted to control totals was asked for, what that takes, and what it is without."""

from sim.common.language import Language, Text
from sim.output.layout.parts import Column, Row, Table
from sim.output.office.sheet import Sheet, said, scaled, sheet_of
from sim.output.texts import tr
from sim.run.tables import Led, RunTables
from sim.run.words import measure_name


def totals(tables: RunTables, language: Language) -> Sheet:
    """A row for each total; without rows where none are given. Bands are of 80%."""
    people = scaled("person", max((one.persons for one in tables.led), default=None), language)
    yearly = scaled("person/year", 0.0, language)
    names = dict(tables.regions)

    def row(one: Led) -> Row:
        free = (people.of(value) for value in one.free)
        moves = (yearly.of(value) for value in (*one.moves, *one.moves_free))
        whom, source = measure_name(one.measure, language), said(one.source, language) if one.source else None
        reached = (people.of(one.persons), one.off, *free, one.probability)
        return (names[one.place].in_(language), whom, one.year, *reached, *moves, source)

    columns = (
        Column(tr("Place")),
        Column(tr("Whom")),
        Column(tr("Year"), "year"),
        people.column(tr("Control total"), language),
        scaled("person", 0.0, language).column(tr("Off by at most"), language),
        *(people.column(head, language) for head in _ends(tr("Without it"))),
        Column(tr("Likely without it"), "share"),
        *(yearly.column(head, language) for head in _ends(tr("Net moves a year"))),
        *(yearly.column(head, language) for head in _ends(tr("Net moves without it"))),
        Column(tr("Source")),
    )
    caption = tr("What the totals take, and what the same draws come to without them")
    table = Table("totals", caption, columns, tuple(row(one) for one in tables.led))
    return sheet_of(tables, tr("Control totals", context="sheet"), table, language)


def _ends(what: Text) -> tuple[Text, Text, Text]:
    low, high = (tr("{what}, {end}", what=what, end=end) for end in ("10%", "90%"))
    return low, what, high
