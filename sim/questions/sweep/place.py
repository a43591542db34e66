"""The files that a batch rests on, for a process that may be on another machine."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput
from sim.common.errors import Place as Where
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.questions.texts import tr
from sim.run.folder import file_hash

_GONE: Final = tr("a worker does not see this file: keep the files in a folder that all workers share")
_OTHER: Final = tr("a worker has another version of this file: give all workers the same")


@quickclass(frozen=True, slots=True)
class Place:
    """A working folder, and the hashes of files by name, beginning with `library:` where they are in the library."""

    folder: str
    hashes: tuple[tuple[str, str], ...]

    def enter(self) -> None:
        """Work in that folder. Raises InvalidInput where a file is missing or another; looks once a process."""
        if Path(self.folder).is_dir():
            os.chdir(self.folder)
        if self not in _SEEN:
            self._check()
            _SEEN.append(self)

    def _check(self) -> None:
        faults = []
        for name, digest in self.hashes:
            inside = name.removeprefix(_LIBRARY)
            path = library() / inside if name != inside else Path(name)
            found = file_hash(path) if path.is_file() else None
            if found != digest:
                faults.append(Fault(Where(str(path)), "", _GONE if found is None else _OTHER))
        if faults:
            raise InvalidInput(faults)


_LIBRARY: Final = "library:"
_SEEN: Final[list[Place]] = []


def here(files: Sequence[Path]) -> Place:
    """The place of these files on this machine."""
    root = library().resolve()
    hashes: Mapping[str, str] = {_name(path, root): file_hash(path) for path in files}
    return Place(str(Path.cwd()), tuple(hashes.items()))


def _name(path: Path, root: Path) -> str:
    whole = path.resolve()
    return f"{_LIBRARY}{whole.relative_to(root).as_posix()}" if whole.is_relative_to(root) else str(whole)
