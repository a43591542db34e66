"""What a CSV file's first line is where it is not the header that is expected."""

from collections.abc import Iterable
from typing import Final

from sim.common.language import Text
from sim.common.texts import tr

_FIRST_LINES: Final = 10
"""How far down a header is looked for."""
_SEPARATORS: Final = (";", "\t", "\uff0c", "|")


def misplaced(text: str, columns: Iterable[str]) -> Text | None:
    """Why none of the columns is in the first line: other separators, or lines above the header; None where one is."""
    known = frozenset(columns)
    lines = text.lstrip("\ufeff").splitlines()[:_FIRST_LINES]
    if not lines or _has(lines[0], ",", known):
        return None
    for mark in _SEPARATORS:
        if _has(lines[0], mark, known):
            return tr("the cells are separated by {mark!r}; save the table as a CSV with commas", mark=mark)
    for number, line in enumerate(lines[1:], start=2):
        if _has(line, ",", known):
            return tr(
                "the header seems to be in line {number}; take out the lines above it, so that it is the first",
                number=number,
            )
    return None


def _has(line: str, mark: str, known: frozenset[str]) -> bool:
    return any(cell.strip().strip('"') in known for cell in line.split(mark))
