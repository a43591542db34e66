"""The files that a run read, kept beside its answer in one archive, and taken out by whoever trusts no archive."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, NoReturn

from pydantic import BaseModel

from sim.common.errors import fault
from sim.common.language import Text
from sim.common.paths import library, shown
from sim.common.plain import as_read
from sim.run.texts import tr
from sim.scenario.resolved import ResolvedScenario

INPUTS: Final = "inputs.zip"
_INDEX: Final = "inputs.json"
_LIBRARY: Final = "library"
_OWN: Final = "own"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can say: the same files give the same archive."""
_MOST_FILES: Final = 5_000
_MOST_BYTES: Final = 256 << 20
"""Of all files of an archive once they are unpacked; an archive that claims more is refused."""


class _Index(BaseModel):
    """What the archive says of itself; names: what each file in it was called."""

    scenario: str
    overrides: tuple[str, ...]
    names: dict[str, str]


class Copy(NamedTuple):
    """Kept inputs, unpacked. file: of the scenario; library: where its library lies; names: what each was called."""

    file: Path
    overrides: tuple[str, ...]
    library: Path
    names: Mapping[Path, str]


def write_inputs(scenario: ResolvedScenario, path: Path) -> None:
    """Write every file that the scenario was resolved from into one archive; the same files give the same bytes."""
    places = _places((scenario.file, *scenario.inputs))
    index = _Index(
        scenario=places[_named(scenario.file)],
        overrides=scenario.overrides,
        names={place: shown(file) for file, place in places.items()},
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, _INDEX, index.model_dump_json(indent=1).encode())
        for file, place in sorted(places.items(), key=lambda one: one[1]):
            _add(archive, place, as_read(file))


def unpacked(archive: Path, into: Path) -> Copy:
    """The kept inputs, in an empty folder. Raises InvalidInput where the archive is damaged or reaches outside it."""
    try:
        with zipfile.ZipFile(archive) as opened:
            _check(archive, opened.infolist())
            opened.extractall(into)
        index = _Index.model_validate_json((into / _INDEX).read_bytes())
    except (OSError, EOFError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error) as bad:
        _refuse(archive, str(bad).splitlines()[0] if str(bad) else type(bad).__name__)
    return _copy(archive, into, index)


def _named(path: Path) -> Path:
    """The path as it is named, links and all: what stands beside it was looked for there."""
    return Path(os.path.normpath(path.absolute()))


def _places(files: Iterable[Path]) -> dict[Path, str]:
    """Where each file stands in the archive: as in the library, others as they stand to each other."""
    root, real = _named(library()), library().resolve()
    found: dict[Path, str] = {}
    own: list[Path] = []
    for file in dict.fromkeys(_named(one) for one in files):
        base, path = (root, file) if file.is_relative_to(root) else (real, file.resolve())
        if path.is_relative_to(base):
            found[file] = f"{_LIBRARY}/{path.relative_to(base).as_posix()}"
        else:
            own.append(file)
    if own:
        above = _above(own)
        found |= {file: f"{_OWN}/{file.relative_to(above).as_posix()}" for file in own}
    return found


def _above(files: list[Path]) -> Path:
    """The innermost folder that holds all the files; the root of the first where they lie on several disks."""
    try:
        return Path(os.path.commonpath([file.parent for file in files]))
    except ValueError:
        raise fault(str(files[0]), "", tr("the files of a scenario lie on several disks: keep them on one")) from None


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _check(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse names that lead out of the folder, links, and more than any scenario reads."""
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        _refuse(archive, tr("it is larger than any scenario"))
    for entry in entries:
        if not _is_inside(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
            _refuse(archive, tr("{name} leads out of the folder", name=repr(entry.filename)))


def _is_inside(name: str) -> bool:
    is_plain = name.isprintable() and not {"\\", ":"} & set(name)
    return is_plain and not name.startswith("/") and ".." not in PurePosixPath(name).parts


def _copy(archive: Path, into: Path, index: _Index) -> Copy:
    if not all(map(_is_inside, (index.scenario, *index.names))) or not (into / index.scenario).is_file():
        _refuse(archive, _INDEX)
    names = {(into / place).resolve(): name for place, name in index.names.items()}
    return Copy(into / index.scenario, index.overrides, into / _LIBRARY, names)


def _refuse(archive: Path, said: Text | str) -> NoReturn:
    raise fault(str(archive), "", tr("the kept inputs are damaged: {said}", said=said)) from None
