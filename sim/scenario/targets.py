"""Every line of every plan, and what the program can say of it, without running anything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.scenario import plans
from sim.scenario.library import Reading, scenarios
from sim.scenario.measures import named
from sim.scenario.resolved import Plan, Target, TargetKind
from sim.scenario.services import library as services_library
from sim.scenario.services import services
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.texts import tr

Status = Literal["modelled", "need", "delivery", "tracked", "milestone", "not assessed"]

KINDS: Final[tuple[TargetKind, ...]] = ("outcome", "standard", "commitment", "deadline")
STATUSES: Final[tuple[Status, ...]] = ("modelled", "need", "delivery", "tracked", "milestone", "not assessed")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan and its class.

    modelled: a run gives a probability; need: it computes what a standard asks for, and the gap if the stock is known;
    delivery: a commitment held against what the scenario delivers; tracked, milestone, not assessed: none of these.
    """

    plan: str
    document: Text
    target: Target
    status: Status


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines a plan has, by kind and by class; of all plans where `plan` is empty."""

    plan: str
    document: Text
    total: int
    kinds: dict[TargetKind, int]
    statuses: dict[Status, int]


def status(target: Target) -> Status:
    """The class of a target: what a run gives for it, or why it gives nothing."""
    if target.kind == "outcome" and target.measure is not None:
        return "modelled"
    if target.driver is not None:
        return "need"
    if target.project is not None:
        return "modelled"
    if target.kind == "commitment":
        return "tracked" if target.measure is None else "delivery"
    return "milestone" if target.kind == "deadline" else "not assessed"


def lines(names: Sequence[str] = ()) -> list[Line]:
    """Every line of the plans of these names or files, of all plans of the library where none is named.

    Raises InvalidInput with every fault of every plan that is read.
    """
    faults: list[Fault] = []
    found = [plan for name in names or known() if (plan := _plan(name, faults)) is not None]
    if faults:
        raise InvalidInput(faults)
    return [Line(plan.id, plan.title, target, status(target)) for plan in found for target in plan.targets]


def known() -> tuple[str, ...]:
    """Names of the plans of the library."""
    return tuple(sorted(path.stem for path in (scenarios() / "plans").glob("*.yaml")))


def _plan(name: str, faults: list[Fault]) -> Plan | None:
    path = Path(name) if name.endswith((".yaml", ".yml")) else scenarios() / "plans" / f"{name}.yaml"
    if not name.endswith((".yaml", ".yml")) and name not in known():
        problem = tr("no plan is called {name}", name=name)
        faults.append(Fault(Place("targets"), name, problem, nearest(name, known())))
        return None
    reading = Reading()
    file = reading.read(path, PlanFile)
    own = services_library(reading)
    names = named(() if own is None else services([own], reading))
    plan = None if file is None else plans.plan(file, reading, names)
    faults.extend(reading.faults)
    return plan


def counts(found: Sequence[Line]) -> list[Count]:
    """How many lines each plan has, in the order of the lines, and last all of them together."""
    by_plan = {line.plan: [one for one in found if one.plan == line.plan] for line in found}
    each = [_count(plan, part[0].document, part) for plan, part in by_plan.items()]
    return [*each, _count("", tr("all"), found)]


def _count(plan: str, document: Text, part: Sequence[Line]) -> Count:
    kinds = Counter(line.target.kind for line in part)
    statuses = Counter(line.status for line in part)
    return Count(
        plan, document, len(part), {kind: kinds[kind] for kind in KINDS}, {one: statuses[one] for one in STATUSES}
    )
