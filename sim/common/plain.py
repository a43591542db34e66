"""What a user names is read whole if it is a plain file of a bounded size: a pipe never ends, a device has no end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput, fault
from sim.common.language import Text, same
from sim.common.system import reason
from sim.common.texts import tr

LARGEST_TABLE: Final = 64 << 20
"""Bytes of a table or record; the nation's counties with all their figures are 3 MB."""


Read = dict[str, bytes]
"""Files by their whole path, with what was in them when they were read."""
_READ: Final[ContextVar[Read | None]] = ContextVar("files as they were read", default=None)


@contextmanager
def read_once(files: Read) -> Iterator[None]:
    """While it lasts, a file is what it was when first read into `files`, whoever writes it meanwhile."""
    token = _READ.set(files)
    try:
        yield
    finally:
        _READ.reset(token)


def as_read(file: Path) -> bytes:
    """The bytes that an answer rests on: as they were read, or as they are, where nothing keeps them."""
    found = (_READ.get() or {}).get(_whole(file))
    return file.read_bytes() if found is None else found


def content(file: Path, most: int = LARGEST_TABLE) -> bytes:
    """The bytes of a plain file of at most `most` bytes. Raises InvalidInput where there is none, or it is longer."""
    files = _READ.get()
    if files is None:
        return _content(file, most)
    path = _whole(file)
    if path not in files:
        files[path] = _content(file, most)
    return files[path]


def _whole(file: Path) -> str:
    return os.path.normpath(file.absolute())


def _content(file: Path, most: int) -> bytes:
    try:
        if not file.is_file():
            raise refused(file, _no_file(file))
        with file.open("rb") as stream:
            found = stream.read(most + 1)
    except (OSError, ValueError) as problem:
        said = reason(problem) if isinstance(problem, OSError) else same(str(problem))
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
