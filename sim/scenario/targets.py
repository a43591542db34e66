"""Every line of every plan, without running anything."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.grid import WORKBOOK
from sim.common.language import Text, same
from sim.scenario import plans
from sim.scenario.by_name import close, known_id, name_in
from sim.scenario.library import Reading, scenarios
from sim.scenario.measures import named
from sim.scenario.resolved import Plan, TargetKind
from sim.scenario.services import library_services, names_of
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.texts import tr

_FILES: Final = (".yaml", ".yml", WORKBOOK)
KINDS: Final[tuple[TargetKind, ...]] = ("outcome", "standard", "commitment", "deadline", "rule")


def read(names: Sequence[str] = ()) -> list[Plan]:
    """The plans of these names or files, all of the library where none is named.

    Raises InvalidInput with every fault of every plan that is read.
    """
    faults: list[Fault] = []
    found = [plan for name in names or known() if (plan := _plan(name, faults)) is not None]
    if faults:
        raise InvalidInput(faults)
    return found


def file_of(name: str) -> Path:
    """The file of a plan by its name in the library, or a path as it is given."""
    return Path(name) if name.endswith(_FILES) else _folder() / f"{known_id(name, _names(name))}.yaml"


def known() -> tuple[str, ...]:
    """Names of the plans of the library."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def _folder() -> Path:
    return scenarios() / "plans"


def _names(name: str) -> dict[str, Text]:
    """What the plans of the library are called, by id; their titles are read where the name is no id."""
    ids = known()
    return {id_: same(id_) if name in ids else name_in(_folder() / f"{id_}.yaml") or same(id_) for id_ in ids}


def _plan(name: str, faults: list[Fault]) -> Plan | None:
    path = file_of(name)
    if not name.endswith(_FILES) and known_id(name, _names(name)) not in known():
        problem = tr("no plan is called {name}", name=name)
        faults.append(Fault(Place("targets"), name, problem, close(name, _names(name))))
        return None
    reading = Reading()
    file = reading.read(path, PlanFile)
    table = library_services(reading)
    plan = None if file is None else plans.plan(file, reading, named(table), names_of(table))
    faults.extend(reading.faults)
    return plan
