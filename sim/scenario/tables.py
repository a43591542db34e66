"""Tables beside a file that it names: the lines of a plan, or what is known of a region's services."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput
from sim.common.grid import WORKBOOK
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Node

_TARGETS: Final = "targets"
_ENDINGS: Final = (WORKBOOK, ".csv")
CAPACITIES: Final = ("capacity.yaml", "capacity.xlsx", "capacity.csv")
"""The files of a region's folder that may say what is known of its services; the first that there is counts."""


def joined(document: Document, file: Path, note: Callable[[Path], None], faults: list[Fault]) -> Document:
    """A plan's document with its lines in it, where it names a sheet of them: `targets: targets.xlsx`."""
    data, root = document.data, document.root
    name = data.get(_TARGETS) if isinstance(data, dict) else None
    if not isinstance(name, str) or not isinstance(data, dict) or root is None or not isinstance(root.below, dict):
        return document
    path = file.parent / name
    if Path(name).name != name or not name.isprintable() or path.suffix.lower() not in _ENDINGS or not path.is_file():
        problem = tr("a table beside this file is expected (.xlsx or .csv), not {name}", name=repr(name))
        faults.append(document.fault((_TARGETS,), problem))
        return document
    note(path)
    from sim.scenario.workbook.read import targets  # noqa: PLC0415 - few plans name a table

    try:
        node = targets(path, faults)
    except InvalidInput as invalid:
        faults.extend(invalid.faults)
        return document
    made = root._replace(value={**data, _TARGETS: node.value}, below={**root.below, _TARGETS: node})
    return document._replace(data=made.value, root=made)


def capacity_file(folder: Path) -> Path | None:
    """The file that says what is known of a region's services; None where there is none."""
    return next((folder / name for name in CAPACITIES if (folder / name).is_file()), None)


def load_capacities(path: Path) -> Document:
    """The document of a sheet of capacities. Raises InvalidInput with what is wrong with it."""
    from sim.scenario.workbook.read import capacities  # noqa: PLC0415 - most regions have none

    faults: list[Fault] = []
    node: Node = capacities(path, faults)
    if faults:
        raise InvalidInput(faults)
    return Document(str(path), node.value, node)
