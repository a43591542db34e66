"""Where the library of regions, plans, policies and calibrations lies."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from sim.common.errors import Place

VARIABLE: Final = "TOWNWARD_LIBRARY"
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""Names that mean a device under Windows, whatever their case."""


class _Copy(NamedTuple):
    """Where copies of scenario files lie, and what each was called when it was read."""

    library: Path
    names: Mapping[Path, str]


_COPY: Final[ContextVar[_Copy | None]] = ContextVar("copy", default=None)


@contextmanager
def copied(library: Path, names: Mapping[Path, str]) -> Iterator[None]:
    """Look for regions, plans and policies in a copy of the library only; copies are shown by the names given here.

    names: by resolved path.
    """
    before = _COPY.set(_Copy(library, names))
    try:
        yield
    finally:
        _COPY.reset(before)


def is_device(name: str) -> bool:
    """Whether a folder or file of that name could not be made under Windows."""
    return name.lower() in _DEVICES


def scenario_library() -> Path:
    """The folder that holds `scenarios/`: that of the library, or of the copy that is being read."""
    copy = _COPY.get()
    return library() if copy is None else copy.library


def shown(path: Path) -> str:
    """A path as people should read it: relative to this folder or to the library where it lies below one of them."""
    here, copy = os.getcwd(), _COPY.get()  # noqa: PTH109 - of hundreds of places
    if copy is not None and (whole := _real(Path(here, path))) in copy.names:
        return copy.names[whole]
    return _from_root(str(path), here, library())


@lru_cache(maxsize=4096)
def _from_root(path: str, here: str, library: Path) -> str:
    whole = _real(Path(here, path))
    for root in (_real(Path(here)), _real(library)):
        if whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    return Path(path).as_posix()


def from_folder(file: Path, folder: Path) -> str:
    """How a file in a folder names another: from folder to folder, with slashes; whole where no way leads there.

    Under Windows none leads from one disk to another.
    """
    whole = file.resolve()
    try:
        return Path(os.path.relpath(whole, folder.resolve())).as_posix()
    except ValueError:
        return whole.as_posix()


@lru_cache(maxsize=4096)
def _real(path: Path) -> Path:
    """Where a file or folder truly lies; asked once, for hundreds of places in some twenty files are shown."""
    return path.resolve()


def shown_place(place: Place) -> str:
    """A place in a file as people should read it: `file:line:column` with the file as `shown` gives it."""
    return str(replace(place, file=shown(Path(place.file))))


def library() -> Path:
    """The folder that holds `scenarios/` and `calibration/`.

    The environment variable TOWNWARD_LIBRARY if set; else the data inside an installed wheel; else the
    root of the source tree.
    """
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else _own_library()


@cache
def _own_library() -> Path:
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent
