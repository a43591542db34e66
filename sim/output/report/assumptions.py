"""Every value that a run used, in its report: with unit, source, and the file that set it."""

from collections.abc import Iterator, Mapping
from typing import Final

from sim.common.language import LANGUAGES, Text
from sim.common.numbers import unit_words
from sim.output.layout.parts import Column, Folded, Row, Table
from sim.output.layout.values import Cell, Quoted, Styled, capital, under
from sim.output.report.of_regions import assumptions_of
from sim.output.texts import tr
from sim.run.tables import Assumption, RunTables

_DEFAULT: Final = "townward"
_LARGE: Final = 1000.0
_SUBJECTS: Final[Mapping[Text, tuple[str, ...]]] = {
    tr("People of the base year"): ("control",),
    tr("Births and deaths"): ("mortality", "fertility"),
    tr("Moves and registration"): (
        *("transfer", "away", "outside", "between", "profile", "hukou", "boundary", "pull"),
    ),
    tr("Jobs and incomes"): ("labour", "jobs", "skills", "income"),
    tr("Households and homes"): ("household", "homes"),
    tr("Facilities"): ("services", "service"),
    tr("Money, land and projects"): ("budget", "land", "projects"),
    tr("Indicators of the plan"): ("indicator",),
    tr("Year-to-year noise"): ("noise",),
}
_OTHER: Final = tr("Other")


def assumptions_table(tables: RunTables) -> Folded:
    """Every value that the run used, with unit, source and, where a file set it, which; by subject."""
    columns = (
        Column(tr("Assumption")),
        Column(tr("Value", context="figure"), "number"),
        Column(tr("Unit")),
        Column(tr("Source")),
    )
    rows: list[Row] = []
    found = 0
    for subject, mine in by_subject(tables):
        rows += [(subject,), *(_assumed(row, regions) for row, regions in mine)]
        found += len(mine)
    caption = tr(
        "Every value a reader may question. Below a source: the file and line that set the "
        "value; without one it is the program's default"
    )
    many = tr("{found:,} values", found=found)
    return Folded(many, Table("assumptions", caption, columns, tuple(rows)))


def by_subject(tables: RunTables) -> Iterator[tuple[Text, list[tuple[Assumption, Text | None]]]]:
    """The values that the run used, by what they are about, each with the regions it is of where not all share it."""
    found = assumptions_of(tables)
    for subject in (*_SUBJECTS, _OTHER):
        mine = [(row, regions) for row, regions in found if subject_of(row.path) == subject]
        if mine:
            yield subject, mine


def subject_of(path: str) -> Text:
    """What a path is about, by its beginning."""
    first = path.partition(".")[0]
    return next((subject for subject, prefixes in _SUBJECTS.items() if first in prefixes), _OTHER)


def _assumed(row: Assumption, regions: Text | None) -> Row:
    return (
        under(capital(row.name), row.path, *([] if regions is None else [regions])),
        " … ".join(amount(value) for value in row.value.split(" … ")),
        Text(*(unit_words(row.unit, language) for language in LANGUAGES)),
        under(Quoted(capital(row.source)), *_place(row.place), *(cell for one in row.changes for cell in _change(one))),
    )


def _place(place: str) -> list[Cell]:
    return [] if place == _DEFAULT else [Styled(short(place), "code")]


def _change(of: tuple[Text, Text, str]) -> list[Cell]:
    """What acts on the value besides: what it does, what backs it, and where it was said."""
    does, source, place = of
    return [(Styled(does, "strong"), " ", Quoted(source)), *_place(place)]


def amount(value: str) -> str:
    """A number as people write it: without powers of ten, with separators."""
    try:
        number = float(value)
    except ValueError:
        return value
    return (f"{number:,.0f}" if abs(number) >= _LARGE else value).replace("-", "−")


def short(place: str) -> str:
    """A file and line without the folders of the machine it was run on."""
    return "/".join(place.replace("\\", "/").split("/")[-3:])
