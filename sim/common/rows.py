"""The program's own tables: CSV files beside the code, every cell checked when it is read."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from math import isfinite
from pathlib import Path
from typing import TypeVar

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.texts import tr

T = TypeVar("T")


@quickclass(frozen=True, slots=True)
class Row:
    """A line of a table: its cells by column, and what was found wrong with them."""

    place: Place
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, column: str, problem: Text, close: str | None = None) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(self.place, column, problem, close))

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            self.fault(column, tr("this cell must not be empty"))
        return self.cells[column]

    def words(self, prefix: str = "") -> Text:
        """A text in both languages, from the columns that the prefix and `zh`, `en` name."""
        return Text(self.text(f"{prefix}zh"), self.text(f"{prefix}en"))

    def number(self, column: str, empty: float | None = None) -> float:
        """A finite number; an empty cell is `empty`, where that is given."""
        written = self.cells[column]
        if not written and empty is not None:
            return empty
        try:
            value = float(written)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            self.fault(column, tr("a number is expected, not {given!r}", given=written))
        return value

    def one_of(self, column: str, known: Sequence[str]) -> str:
        """One of the words that are known."""
        written = self.cells[column]
        if written not in known:
            words = ", ".join(known)
            problem = tr("one of {words} is expected, not {given!r}", words=words, given=written)
            self.fault(column, problem, nearest(written, known))
        return written


def read(path: Path, columns: Sequence[str], make: Callable[[Row], T], named: int = 1) -> tuple[T, ...]:
    """What `make` makes of every line; InvalidInput says every fault with its line.

    named: how many of the first columns together name a line, so that none may be there twice.
    """
    if not path.is_file():
        raise InvalidInput([Fault(Place(str(path)), "", tr("this table is missing"))])
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        rows, faults = _rows(path, columns, next(lines, []), ((lines.line_num, cells) for cells in lines), named)
    found = tuple(make(row) for row in rows)
    faults += [fault for row in rows for fault in row.faults]
    if faults:
        raise InvalidInput(faults)
    return found


def _rows(
    path: Path, columns: Sequence[str], head: Sequence[str], lines: Iterable[tuple[int, list[str]]], named: int
) -> tuple[list[Row], list[Fault]]:
    if list(head) != list(columns):
        wanted, given = ",".join(columns), ",".join(head)
        problem = tr("the columns must be {wanted}, not {given}", wanted=wanted, given=given)
        return [], [Fault(Place(str(path), 1, 1), "", problem)]
    rows: dict[tuple[str, ...], Row] = {}
    faults = []
    for number, cells in lines:
        place, name = Place(str(path), number, 1), tuple(cells[:named])
        if len(cells) != len(columns):
            problem = tr("{wanted} cells are expected, not {given}", wanted=len(columns), given=len(cells))
            faults.append(Fault(place, "", problem))
        elif name in rows:
            line = rows[name].place.line
            problem = tr("{name} is in line {line} already", name=cells[0], line=line)
            faults.append(Fault(place, columns[0], problem))
        else:
            rows[name] = Row(place, dict(zip(columns, cells, strict=True)))
    return list(rows.values()), faults
