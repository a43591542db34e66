"""From the name or code of a region to what is known of it, and its rates."""

from pathlib import Path

from sim.errors import nearest
from sim.language import Text
from sim.load.document import Document
from sim.load.document import Path as Place
from sim.load.files import Loaded, Reading, folders
from sim.load.quantities import Spot
from sim.load.settings import Sites, parameter_at, settings
from sim.scenario.region_file import RatesFile, RegionFile
from sim.scenario.resolved import Note, RegionRef, Setting

RegionFound = tuple[RegionRef, list[Setting]]


def region(name: str, scenario: Path, said: tuple[Document, Place], reading: Reading) -> RegionFound | None:
    """The region of that folder name or six-digit code with the settings of its rates; None, with a fault, if none.

    said: the document and the path in it that name the region.
    """
    document, path = said
    folder = _folder(name, scenario)
    if folder is None:
        problem = Text(f"没有区域 {name}", f"no region is called {name}")
        reading.faults.append(document.fault(path, problem, nearest(name, known(scenario))))
        return None
    file = reading.read(folder / "region.yaml", RegionFile)
    rates = reading.read(folder / "rates.yaml", RatesFile) if (folder / "rates.yaml").is_file() else None
    if file is None:
        return None
    if file.model.id != folder.name:
        problem = Text(
            f"id 应与文件夹名 {folder.name} 相同", f"the id must be the folder's name, {folder.name}"
        )
        reading.faults.append(file.document.fault(("id",), problem))
    reference = _reference(file, rates, reading)
    return reference, _rates(rates, reading)


def known(scenario: Path) -> tuple[str, ...]:
    """Names of the regions that a scenario file can use."""
    found = (
        path.parent.name for folder in folders(scenario, "regions") for path in folder.glob("*/region.yaml")
    )
    return tuple(sorted(set(found)))


def _folder(name: str, scenario: Path) -> Path | None:
    for folder in folders(scenario, "regions"):
        if (folder / name / "region.yaml").is_file():
            return folder / name
    if not (name.isdigit() and len(name) == 6):
        return None
    silent = Reading()
    for folder in folders(scenario, "regions"):
        for path in sorted(folder.glob("*/region.yaml")):
            file = silent.read(path, RegionFile)
            if file is not None and file.model.code == name:
                return path.parent
    return None


def _reference(file: Loaded[RegionFile], rates: Loaded[RatesFile] | None, reading: Reading) -> RegionRef:
    model = file.model
    _data_file(file, "history", model.history, reading)
    correlation = rates.model.correlation if rates is not None else None
    return RegionRef(
        model.id,
        model.code,
        model.name.text,
        model.parent.text if model.parent else None,
        model.province.text,
        model.base_year,
        file.file.parent,
        _data_file(file, "census", model.census, reading),
        tuple(Note(note.what.text, note.method.text, note.kind) for note in model.notes),
        correlation.paths if correlation else (),
        correlation.matrix if correlation else (),
    )


def _data_file(file: Loaded[RegionFile], key: str, name: str | None, reading: Reading) -> Path | None:
    if name is None:
        return None
    path = file.file.parent / name
    if Path(name).name != name or not name.isprintable() or not path.is_file():
        problem = Text(f"区域文件夹中没有 {name}", f"the region's folder holds no {name}")
        reading.faults.append(file.document.fault((key,), problem))
        return None
    reading.note(path)
    return path


def _rates(rates: Loaded[RatesFile] | None, reading: Reading) -> list[Setting]:
    if rates is None:
        return []
    if rates.model.correlation is not None:
        for index, path in enumerate(rates.model.correlation.paths):
            parameter_at(path, Spot(rates.document, ("correlation", "paths", index), reading.faults))
    return settings(rates.model.set_, Spot(rates.document, ("set",), reading.faults), Sites())
