"""Where the files of a scenario are looked for: beside it, one folder up, then in the library."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from sim.common.errors import Fault, InvalidInput, nearest
from sim.common.grid import WORKBOOK
from sim.common.paths import scenario_library
from sim.model.parameter import Parameter
from sim.model.registry import PARAMETERS
from sim.scenario.by_name import file_by_name
from sim.scenario.loading import load
from sim.scenario.tables import CAPACITIES, joined, load_capacities
from sim.scenario.texts import tr
from sim.scenario.yaml.checking import check
from sim.scenario.yaml.document import Document

Model = TypeVar("Model", bound=BaseModel)

Files = dict[tuple[Path, type[BaseModel]], tuple[tuple[int, int, int], Any]]
"""Files that were read without a fault, with what told then that they are the same: inode, size, time of change."""

_KEPT: Final[ContextVar[Files | None]] = ContextVar("files that are kept", default=None)


class Loaded(NamedTuple, Generic[Model]):
    """A file that was read: its document and the model it fills."""

    file: Path
    document: Document
    model: Model


@dataclass(slots=True)
class Reading:
    """Everything read for one scenario, what is wrong with it, what is rare, and the parameters that it may set."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: PARAMETERS)
    inputs: list[Path] = field(default_factory=list)

    def read(self, file: Path, model: type[Model]) -> Loaded[Model] | None:
        """A file as a model, or None with its faults kept."""
        self.note(file)
        kept, like = _KEPT.get(), _told_by(file)
        if kept is not None and (file, model) in kept and like is not None and kept[file, model][0] == like:
            again: Loaded[Model] = kept[file, model][1]
            return again
        before, more = len(self.faults), list[Path]()
        try:
            document = _loaded(file)
        except InvalidInput as invalid:
            self.faults.extend(invalid.faults)
            return None
        document = joined(document, file, more.append, self.faults)
        for other in more:
            self.note(other)
        filled = check(document, model, self.faults)
        if filled is None:
            return None
        loaded = Loaded(file, document, filled)
        if kept is not None and like is not None and not more and len(self.faults) == before:
            kept[file, model] = like, loaded
        return loaded

    def note(self, file: Path) -> None:
        """Counts a file among the inputs, once."""
        if file not in self.inputs:
            self.inputs.append(file)


def _loaded(file: Path) -> Document:
    return load_capacities(file) if file.name in CAPACITIES and file.suffix != ".yaml" else load(file)


@contextmanager
def keeping(files: Files) -> Iterator[None]:
    """While it lasts, a file that was read into `files` and has not changed since is not read again."""
    token = _KEPT.set(files)
    try:
        yield
    finally:
        _KEPT.reset(token)


def _told_by(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def scenarios() -> Path:
    """The library's folder of scenarios."""
    return scenario_library() / "scenarios"


def above(folder: Path) -> Path:
    """The folder that a folder lies in, wherever one stands: of `.` and `..` too."""
    if folder.name in {"", ".."} or ".." in folder.parts:
        return Path(os.path.normpath(folder.absolute())).parent
    return folder.parent


def around(file: Path) -> tuple[Path, ...]:
    """The folder of a file and the one above it, as it is named, and then where it truly lies if links lead to it."""
    named, real = Path(os.path.normpath(file.absolute())), Path(os.path.realpath(file))
    places = [file.parent, above(file.parent)]
    if real != named:
        places += [real.parent, real.parent.parent]
    return tuple(dict.fromkeys(places))


def scenario_of(asking: Path, document: Document, name: str) -> Path:
    """The scenario file that another file names under `scenario`: beside it, one folder up, or in the library.

    Raises InvalidInput, placed in that file, where there is none.
    """
    if name.isprintable():
        for folder in (*around(asking), scenarios()):
            try:
                if (folder / name).is_file():
                    return folder / name
            except OSError:
                continue
    problem = tr("no such scenario: {name}", name=name)
    near = [path.name for folder in around(asking) for path in folder.glob("*.yaml")]
    close = nearest(Path(name).name, near)
    raise InvalidInput([document.fault(("scenario",), problem, close)])


def folders(file: Path, kind: str) -> tuple[Path, ...]:
    """The existing folders in which `kind` (regions, plans, policies) is looked for, in order."""
    candidates = (*(folder / kind for folder in around(file)), scenarios() / kind)
    return tuple(dict.fromkeys(folder for folder in candidates if folder.is_dir()))


def find(file: Path, kind: str, name: str) -> Path | None:
    """`<kind>/<name>.yaml` for a scenario file, or the same as a workbook, or the one whose name is this, or None."""
    places = folders(file, kind)
    candidates = (folder / f"{name}{ending}" for folder in places for ending in (".yaml", WORKBOOK))
    found = next((path for path in candidates if path.is_file()), None)
    if found is not None or name.isascii():  # an id: the names that are accepted are Chinese
        return found
    return file_by_name(name, (path for folder in places for path in sorted(_yaml_files(folder))))


def known(file: Path, kind: str) -> tuple[str, ...]:
    """Names that `find` would find."""
    names = (path.stem for folder in folders(file, kind) for path in _yaml_files(folder))
    return tuple(sorted(set(names)))


def _yaml_files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.suffix in (".yaml", WORKBOOK))
