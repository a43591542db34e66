"""What a user names is read whole if it is a plain file of a bounded size: a pipe never ends, a device has no end."""

from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput, fault
from sim.common.language import Text
from sim.common.texts import tr

LARGEST_TABLE: Final = 64 << 20
"""Bytes of a table or record; the nation's counties with all their figures are 3 MB."""


def content(file: Path, most: int = LARGEST_TABLE) -> bytes:
    """The bytes of a plain file of at most `most` bytes. Raises InvalidInput where there is none, or it is longer."""
    try:
        if not file.is_file():
            raise refused(file, _no_file(file))
        with file.open("rb") as stream:
            found = stream.read(most + 1)
    except (OSError, ValueError) as problem:
        said = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise refused(file, tr("cannot be read ({problem})", problem=said)) from problem
    if len(found) > most:
        limit = f"{most >> 20} MiB" if most >> 20 > 1 else f"{most >> 10} KiB"
        raise refused(file, tr("the file is larger than {limit}", limit=limit))
    return found


def refused(file: Path, problem: Text) -> InvalidInput:
    """A fault of a whole file."""
    return fault(str(file), "", problem)


def _no_file(file: Path) -> Text:
    if file.is_dir():
        return tr("this is a folder, a file is expected")
    if file.exists():
        return tr("this is a pipe or device, a plain file is expected")
    return tr("the link leads to no file") if file.is_symlink() else tr("no such file")
