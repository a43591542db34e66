"""A page as data: sections of tables, charts and sentences. Nothing here knows how they are drawn."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sim.common.quickclass import quickclass
from sim.output.charts.style import Figure
from sim.output.layout.values import Cell, Kind, Words

Row = tuple[Cell, ...]
Item = TypeVar("Item")


@quickclass(frozen=True, slots=True)
class Column:
    """A column of a table: bare numbers are years, shares, or in `unit`, or with so many decimals."""

    heading: Words
    kind: Kind = "words"
    unit: str = ""
    decimals: int = 0

    @property
    def is_number(self) -> bool:
        """Whether its cells are set to the right."""
        return self.kind in ("number", "share")


@quickclass(frozen=True, slots=True)
class Table:
    """Raw values by row and column; a row of a single cell is a heading of those below.

    Without rows the notes stand alone; without either it is false.
    """

    id: str
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows or self.notes)


def listed(
    id_: str,
    caption: Words,
    items: Iterable[Item],
    *columns: tuple[Column, Callable[[Item], Cell]],
    notes: tuple[Words, ...] = (),
) -> Table:
    """A table with a row for each item: every column with what it says of one."""
    rows = tuple(tuple(value(item) for _, value in columns) for item in items)
    return Table(id_, caption, tuple(column for column, _ in columns), rows, notes)


@quickclass(frozen=True, slots=True)
class Chooser:
    """What a reader chooses a figure by: options by value, in their order. id: choosers of one id on a page agree."""

    id: str
    label: Words
    options: Mapping[str, Words]


@quickclass(frozen=True, slots=True)
class Chosen:
    """One of several figures in one place, the first until a reader chooses; each by its options' values, `a|b`.

    slides: what a slider does, which moves through the `frames` of whichever figure is shown; starts: at which frame.
    """

    choosers: tuple[Chooser, ...]
    figures: Mapping[str, Figure]
    slides: Words | None = None
    starts: int = 0

    @property
    def first(self) -> Figure:
        """The figure that is shown at first."""
        return next(iter(self.figures.values()))

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames that the slider moves through."""
        return tuple(frame["name"] for frame in self.first.get("frames", ())) if self.slides else ()


@quickclass(frozen=True, slots=True)
class Charts:
    """Figures by id, side by side where there is room, each in a row of its own if wide. False without figures."""

    figures: Mapping[str, Figure | Chosen]
    wide: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.figures)


@quickclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few; `look` names its style."""

    words: Cell
    look: str = ""


@quickclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    words: Words


@quickclass(frozen=True, slots=True)
class Bullets:
    """Sentences as a list; false where there are none."""

    items: tuple[Cell, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.items)


@quickclass(frozen=True, slots=True)
class Answers:
    """What the page says first; `several` where no line of it is the answer, `large` where each is.

    False without lines.
    """

    lines: tuple[Cell, ...]
    several: bool = False
    large: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines)


@quickclass(frozen=True, slots=True)
class Folded:
    """A long table behind a line of words, which opens it. False where it would be empty."""

    summary: Words
    table: Table

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.table)


@quickclass(frozen=True, slots=True)
class Picture:
    """Drawings as SVG of our own making, side by side; false where all are empty."""

    drawings: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return any(self.drawings)


Part = Picture | Table | Charts | Paragraph | Heading | Bullets | Answers | Folded


@quickclass(frozen=True, slots=True)
class Section:
    """A part of the page with its heading. False where all its parts are empty."""

    id: str
    title: Words
    parts: tuple[Part | None, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return any(self.parts)

    @property
    def figures(self) -> dict[str, Figure]:
        """All figures of the section by id; of several to choose from the first."""
        charts = (part for part in self.parts if isinstance(part, Charts))
        both = {id_: one for part in charts for id_, one in part.figures.items()}
        return {id_: one.first if isinstance(one, Chosen) else one for id_, one in both.items()}

    @property
    def choices(self) -> dict[str, Chosen]:
        """What a reader chooses figures from, by the id of their place."""
        charts = (part for part in self.parts if isinstance(part, Charts))
        return {id_: one for part in charts for id_, one in part.figures.items() if isinstance(one, Chosen)}


@quickclass(frozen=True, slots=True)
class Page:
    """What a page says: heading, a line about it, and its sections in order."""

    heading: Words
    about: Words
    body: tuple[Section, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """All figures of the page by id, in their order."""
        return {id_: figure for section in self.body for id_, figure in section.figures.items()}

    @property
    def choices(self) -> dict[str, Chosen]:
        """What a reader chooses figures from, by the id of their place."""
        return {id_: chosen for section in self.body for id_, chosen in section.choices.items()}
