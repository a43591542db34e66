"""Every line of every plan with its class, and how many there are of each, without running anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.common.errors import fault
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.run.answers import Class
from sim.run.classes import NAMES, alone, classes
from sim.run.texts import tr
from sim.scenario import scenario
from sim.scenario.library import around, scenarios
from sim.scenario.resolved import Plan, ResolvedScenario, Target, TargetKind
from sim.scenario.targets import KINDS, file_of, read


@quickclass(frozen=True, slots=True)
class Line:
    """A line of a plan and its class."""

    plan: str
    document: Text
    target: Target
    class_: Class


@quickclass(frozen=True, slots=True)
class Count:
    """How many lines a plan has, by kind and by class; of all plans where `plan` is empty."""

    plan: str
    document: Text
    total: int
    kinds: dict[TargetKind, int]
    classes: dict[Class, int]


def lines(names: Sequence[str] = ()) -> list[Line]:
    """Every line of the plans of these names or files, of all plans of the library where none is named.

    Raises InvalidInput with the faults of what is read.
    """
    found = read(names)
    files = {plan.id: file_of(name) for plan, name in zip(found, names, strict=False)} if names else {}
    return [line for plan in found for line in _of_plan(plan, files.get(plan.id) or file_of(plan.id))]


def own_scenario(plan: Plan, file: Path) -> ResolvedScenario | None:
    """The scenario in which a plan itself acts; None where it names none. Raises InvalidInput where it is not right."""
    if plan.scenario is None:
        return None
    candidates = (folder / plan.scenario for folder in (*around(file), scenarios()))
    path = next((one for one in candidates if one.is_file()), None)
    if path is None:
        raise fault(str(file), "scenario", tr("no such scenario: {name}", name=plan.scenario))
    found = scenario(path)
    if found.plan is None or found.plan.id != plan.id:
        raise fault(str(file), "scenario", tr("{name} is held against another plan", name=plan.scenario))
    return found


def counts(found: Sequence[Line]) -> list[Count]:
    """How many lines each plan has, in the order of the lines, and last all of them together."""
    by_plan = {line.plan: [one for one in found if one.plan == line.plan] for line in found}
    each = [_count(plan, part[0].document, part) for plan, part in by_plan.items()]
    return [*each, _count("", tr("all"), found)]


def between(found: Sequence[Line], ids: str) -> list[Line]:
    """The lines whose ids lie between two, written `FIRST:LAST`. Raises InvalidInput where that is not two ids."""
    first, _, last = ids.partition(":")
    if not (first and last and len(first) == len(last) and first <= last):
        raise fault("--ids", "ids", tr("write two ids as FIRST:LAST, got {ids}", ids=ids))
    return [one for one in found if first <= one.target.id <= last and len(one.target.id) == len(first)]


def _of_plan(plan: Plan, file: Path) -> list[Line]:
    beside = own_scenario(plan, file)
    known: Mapping[str, Class] = {} if beside is None else classes(beside)
    return [Line(plan.id, plan.title, one, known.get(one.id) or alone(one)) for one in plan.targets]


def _count(plan: str, document: Text, part: Sequence[Line]) -> Count:
    kinds = Counter(line.target.kind for line in part)
    found = Counter(line.class_ for line in part)
    return Count(plan, document, len(part), {kind: kinds[kind] for kind in KINDS}, {one: found[one] for one in NAMES})
