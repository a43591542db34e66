"""From the name or code of a region to what is known of it, and its rates."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput
from sim.model.draws.setting import Setting
from sim.scenario.by_name import close, file_by_name, path_of
from sim.scenario.closure import closing
from sim.scenario.library import Loaded, Model, Reading, folders
from sim.scenario.names import named
from sim.scenario.quantities import Spot
from sim.scenario.resolved import GroupRef, Note, RegionRef
from sim.scenario.settings import Sources, parameter_at, settings
from sim.scenario.shapes.region_file import GroupFile, RatesFile, RegionFile
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document
from sim.scenario.yaml.document import Path as Place
from sim.scenario.yaml.yaml_core import load

RegionFound = tuple[RegionRef, list[Setting]]
_DEEPEST: Final = 4
AWAY: Final = "away.csv"
"""People away, which a region's folder may hold."""


@dataclass(slots=True)
class Found:
    """Regions by id, each with the settings of its rates, and groups, each before the groups within it."""

    regions: dict[str, RegionFound] = field(default_factory=dict)
    groups: dict[str, GroupRef] = field(default_factory=dict)


def add(name: str, scenario: Path, said: tuple[Document, Place], reading: Reading, into: Found) -> tuple[str, ...]:
    """Adds the region or group of that folder name or code, and returns the ids of the regions it stands for.

    said: the document and the path in it that name the region. Faults go to `reading`.
    """
    return _add(name, scenario, said, reading, into, ())


def _add(
    name: str, scenario: Path, said: tuple[Document, Place], reading: Reading, into: Found, above: tuple[str, ...]
) -> tuple[str, ...]:
    folder = folder_of(name, scenario)
    if folder is None or not _is_group(folder / "region.yaml"):
        one = region(name, scenario, said, reading)
        if one is None:
            return ()
        into.regions.setdefault(one[0].id, one)
        return (one[0].id,)
    if folder.name in above or len(above) == _DEEPEST:
        problem = tr("the group {name} holds itself, or groups are too deep", name=name)
        reading.faults.append(said[0].fault(said[1], problem))
        return ()
    return _add_group(folder, scenario, reading, into, (*above, folder.name))


def _add_group(folder: Path, scenario: Path, reading: Reading, into: Found, above: tuple[str, ...]) -> tuple[str, ...]:
    file = reading.read(folder / "region.yaml", GroupFile)
    if file is None:
        return ()
    model, document = file.model, file.document
    _check_id(file, model.id, reading)
    history = _data_file(file, "history", model.history, reading)
    place = into.groups.setdefault(
        folder.name, GroupRef(model.id, model.code, model.name.text, model.province.text, (), history)
    )
    found: list[str] = []
    for index, member in enumerate(model.members):
        path: Place = ("members", index)
        inside = _add(member, scenario, (document, path), reading, into, above)
        if set(inside) & set(found):
            problem = tr("region {member} is in the group twice", member=member)
            reading.faults.append(document.fault(path, problem))
        found.extend(inside)
    into.groups[folder.name] = replace(place, members=tuple(dict.fromkeys(found)))
    return into.groups[folder.name].members


def _is_group(path: Path) -> bool:
    try:
        if b"members" not in path.read_bytes():  # most regions are none, and a file is slow to parse twice
            return False
        data = load(path).data
    except (InvalidInput, OSError):
        return False
    return isinstance(data, dict) and "members" in data


def region(name: str, scenario: Path, said: tuple[Document, Place], reading: Reading) -> RegionFound | None:
    """The region of that folder name or six-digit code with the settings of its rates; None, with a fault, if none.

    said: the document and the path in it that name the region.
    """
    document, path = said
    folder = folder_of(name, scenario)
    if folder is None:
        problem = tr("no region is called {name}", name=name)
        reading.faults.append(document.fault(path, problem, close(name, named(scenario, "regions"))))
        return None
    file = reading.read(folder / "region.yaml", RegionFile)
    rates_file = reading.read(folder / "rates.yaml", RatesFile) if (folder / "rates.yaml").is_file() else None
    if file is None:
        return None
    if file.model.census is not None and not (folder / "rates.yaml").is_file():
        problem = tr("the region has a census but no rates.yaml: make it anew (townward region add --replace)")
        reading.faults.append(file.document.fault(("census",), problem, at_key=True))
    _check_id(file, file.model.id, reading)
    reference = _reference(file, rates_file, reading)
    own = [] if rates_file is None else rates(rates_file, reading)
    return reference, [*own, *closing(reference, own)]


def _check_id(file: Loaded[Model], given: str, reading: Reading) -> None:
    folder = file.file.parent.name
    if given != folder:
        problem = tr("the id must be the folder's name, {folder}", folder=folder)
        reading.faults.append(file.document.fault(("id",), problem))


def folder_of(name: str, scenario: Path) -> Path | None:
    """The folder of the region that a scenario file could name by its id, code or Chinese name; None if none."""
    for folder in folders(scenario, "regions"):
        if (folder / name / "region.yaml").is_file():
            return folder / name
    if not (name.isdigit() and len(name) == 6):
        files = (path for folder in folders(scenario, "regions") for path in sorted(folder.glob("*/region.yaml")))
        by_name = None if name.isascii() else file_by_name(name, files)
        return None if by_name is None else by_name.parent
    silent = Reading()
    for folder in folders(scenario, "regions"):
        for path in sorted(folder.glob("*/region.yaml")):
            file = silent.read(path, RegionFile)
            if file is not None and file.model.code == name:
                return path.parent
    return None


def _reference(file: Loaded[RegionFile], rates: Loaded[RatesFile] | None, reading: Reading) -> RegionRef:
    model = file.model
    history = _data_file(file, "history", model.history, reading)
    if (file.file.parent / AWAY).is_file():
        reading.note(file.file.parent / AWAY)
    correlation = rates.model.correlation if rates is not None else None
    return RegionRef(
        id=model.id,
        code=model.code,
        name=model.name.text,
        parent=model.parent.text if model.parent else None,
        province=model.province.text,
        base_year=model.base_year,
        folder=file.file.parent,
        census=_data_file(file, "census", model.census, reading),
        history=history,
        notes=tuple(Note(note.what.text, note.method.text, note.kind) for note in model.notes),
        correlation_paths=tuple(path_of(one, reading.parameters) for one in correlation.paths) if correlation else (),
        correlation=correlation.matrix if correlation else (),
    )


def _data_file(file: Loaded[Model], key: str, name: str | None, reading: Reading) -> Path | None:
    if name is None:
        return None
    path = file.file.parent / name
    if Path(name).name != name or not name.isprintable() or not path.is_file():
        problem = tr("the region's folder holds no {name}", name=name)
        reading.faults.append(file.document.fault((key,), problem))
        return None
    reading.note(path)
    return path


def rates(file: Loaded[RatesFile], reading: Reading) -> list[Setting]:
    """The settings of a region's rates; faults of them, and of what is correlated, go to `reading`."""
    if file.model.correlation is not None:
        for index, path in enumerate(file.model.correlation.paths):
            parameter_at(path, Spot(file.document, ("correlation", "paths", index), reading.faults))
    return settings(file.model.set_, Spot(file.document, ("set",), reading.faults), Sources("region"))
