"""The files that a scenario extends, parents first, each once."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from sim.common.errors import nearest
from sim.common.grid import WORKBOOK
from sim.scenario.library import Loaded, Reading, scenarios
from sim.scenario.shapes.scenario_file import ScenarioFile
from sim.scenario.texts import tr
from sim.scenario.yaml.checking import check
from sim.scenario.yaml.document import Document

LONGEST: Final = 32


class Drafts(NamedTuple):
    """What is asked on top of a scenario file as if files that extend it said so, one on the other.

    documents: their content; beside: for policies by id, the scenario file beside which each is looked for.
    """

    documents: Sequence[Document] = ()
    beside: Mapping[str, Path] = MappingProxyType({})


ScenarioPart = Loaded[ScenarioFile]


def chain(file: Path, reading: Reading) -> list[ScenarioPart]:
    """The scenario file and all that it stands on, in order of application; a shared parent comes once.

    Missing, circular or too many parents are kept as faults of `reading`.
    """
    parts: dict[Path, ScenarioPart | None] = {}
    _visit(file, (), parts, reading)
    return [part for part in parts.values() if part is not None]


def drafted(drafts: Drafts, scenario: Path, reading: Reading) -> list[ScenarioPart]:
    """The drafts as parts that follow those of the scenario file."""
    models = [(document, check(document, ScenarioFile, reading.faults)) for document in drafts.documents]
    return [Loaded(scenario, document, model) for document, model in models if model is not None]


def parents_of(model: ScenarioFile) -> tuple[str, ...]:
    """The parents as written, in their order."""
    if model.extends is None:
        return ()
    return (model.extends,) if isinstance(model.extends, str) else model.extends


def last_parent(part: ScenarioPart) -> Path | None:
    """The file of the last of its parents, which wins over the others."""
    parents = parents_of(part.model)
    return _find(part.file, parents[-1]) if parents else None


def _visit(file: Path, above: tuple[Path, ...], parts: dict[Path, ScenarioPart | None], reading: Reading) -> None:
    here = Path(os.path.realpath(file))
    if here in parts:
        return
    part = reading.read(file, ScenarioFile)
    if part is not None:
        for index, parent in enumerate(parents_of(part.model)):
            _visit_parent(part, index, parent, (*above, here), parts, reading)
        _check_order(part, parts, reading)
    parts[here] = part


def _check_order(part: ScenarioPart, parts: Mapping[Path, ScenarioPart | None], reading: Reading) -> None:
    """Reports a parent that is listed after one that stands on it: it would act before it, and not win."""
    before: list[tuple[str, set[Path]]] = []
    for index, parent in enumerate(parents_of(part.model)):
        found = _find(part.file, parent)
        here = None if found is None else Path(os.path.realpath(found))
        child = next((name for name, kin in before if here in kin), None)
        if child is not None:
            problem = tr(
                "{parent} is a parent of {child}, which is listed before it, and would not win over it: list it first, "
                "or leave it out",
                parent=parent,
                child=child,
            )
            reading.faults.append(part.document.fault(("extends", index), problem))
        if here is not None:
            before.append((parent, _kin(here, parts) - {here}))


def _kin(here: Path, parts: Mapping[Path, ScenarioPart | None]) -> set[Path]:
    """A file and all that it stands on."""
    found, waiting = set[Path](), [here]
    while waiting:
        at = waiting.pop()
        part = parts.get(at)
        if at in found or part is None:
            continue
        found.add(at)
        parents = (_find(part.file, parent) for parent in parents_of(part.model))
        waiting.extend(Path(os.path.realpath(parent)) for parent in parents if parent is not None)
    return found


def _visit_parent(
    part: ScenarioPart,
    index: int,
    parent: str,
    above: tuple[Path, ...],
    parts: dict[Path, ScenarioPart | None],
    reading: Reading,
) -> None:
    path = ("extends",) if isinstance(part.model.extends, str) else ("extends", index)
    found = _find(part.file, parent)
    if found is None:
        problem = tr("no such parent scenario: {parent}", parent=parent)
        if _is_link(part.file.parent / parent):
            problem = tr("the link {parent} leads to no file", parent=parent)
        beside = [name for name in _beside(part.file) if name != parent]
        reading.faults.append(part.document.fault(path, problem, nearest(parent, beside)))
    elif Path(os.path.realpath(found)) in above:
        ring = above[above.index(Path(os.path.realpath(found))) :]
        names = " → ".join([*(step.name for step in ring), found.name])
        problem = tr("scenarios extend each other in a circle: {names}", names=names)
        reading.faults.append(part.document.fault(path, problem))
    elif len(above) > LONGEST:
        problem = tr("more than {longest} levels of parents", longest=LONGEST)
        reading.faults.append(part.document.fault(path, problem))
    else:
        _visit(found, above, parts, reading)


def last_part(parts: Sequence[ScenarioPart], key: str) -> ScenarioPart | None:
    """The last file that gives a top-level key; `plan: null` gives it too, and takes the plan away."""
    for part in reversed(parts):
        if getattr(part.model, key) is not None or (key == "plan" and key in part.model.model_fields_set):
            return part
    return None


def _find(file: Path, parent: str) -> Path | None:
    if not parent.isprintable():
        return None
    for folder in (file.parent, Path(os.path.realpath(file)).parent, scenarios()):
        candidate = folder / parent
        try:
            if candidate.is_file():
                return candidate
        except OSError:
            continue
    return None


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        return False


def _beside(file: Path) -> list[str]:
    return [path.name for path in file.parent.iterdir() if path.suffix in (".yaml", WORKBOOK)]
