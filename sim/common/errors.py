"""What can be wrong with an input, said once, with its place, in either language."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum

from sim.common.inert import one_line
from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.common.texts import tr


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    INVALID_INPUT = 3
    TARGET_MISSED = 4
    PARTIAL_SWEEP = 5
    DIFFERS = 6
    INTERRUPTED = 130


@quickclass(frozen=True, slots=True)
class Place:
    """Where something was said: a file, and the line and column in it, counted from 1 (0: unknown).

    cell: of a workbook, as spreadsheets name it.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file} {self.cell}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@quickclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: its place, the path of the key, what is wrong, the nearest right name."""

    place: Place
    path: str
    problem: Text
    nearest: str | None = None

    def message(self, language: Language) -> str:
        """`file:line:col: path: problem; nearest name` in one line."""
        path = f"{self.path}: " if self.path else ""
        text = f"{self.place}: {path}{self.problem.in_(language)}"
        if self.nearest is None:
            return one_line(text)
        hint = tr("; did you mean {nearest}?", nearest=self.nearest)
        return one_line(text + hint.in_(language))


class InvalidInput(Exception):
    """Everything that is wrong with what the user gave, all faults at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """All faults, a line each."""
        return "\n".join(fault.message(language) for fault in self.faults)


def fault(file: str, path: str, problem: Text) -> InvalidInput:
    """A single fault of a whole file, ready to raise."""
    return InvalidInput([Fault(Place(file), path, problem)])


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the one given, if any is like it at all."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
