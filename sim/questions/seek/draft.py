"""The scenario file that a setting of the levers stands for: what is tried is what is written."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from sim.common.errors import Fault, InvalidInput
from sim.common.language import Text
from sim.common.paths import from_folder
from sim.model.draws.distribution import Distribution
from sim.questions.seek.lever import PLACE, Lever
from sim.questions.seek.levers import amount_of
from sim.questions.texts import tr
from sim.scenario.chain import chain
from sim.scenario.library import Reading, find, scenarios
from sim.scenario.policies import EVERY, Use, of_file
from sim.scenario.quantities import Written
from sim.scenario.shapes.values import Valued

Content = dict[str, Any]

TRIAL: Final = "trial"
"""What stands for the file of a draft that is only tried."""


def uses_of(scenario: Path) -> dict[str, Use]:
    """The policies that a scenario file and those it extends put to use, by id; a later use replaces an earlier one."""
    reading = Reading()
    merged: dict[str, Use] = {}
    for part in chain(scenario, reading):
        for use in of_file(part.file, part.document, part.model.policies, reading):
            merged[use.asked.use] = use
    if reading.faults:
        raise InvalidInput(dict.fromkeys(reading.faults))
    return merged


def content(
    levers: Sequence[Lever], at: Sequence[float], uses: Mapping[str, Use], head: Content, source: Text
) -> Content:
    """A scenario that extends another with the levers as given; those at their present value are left as they are.

    head: its name, title, parent and draws; source: what stands beside a number.
    """
    policies: dict[str, Content] = {}
    changed: Content = {}
    for lever, value in zip(levers, at, strict=True):
        if lever.kind in ("set", "fixed", "times", "add"):
            changed[lever.path] = _entry(lever, value, source)
            continue
        if lever.path == EVERY:
            continue
        asked = policies.setdefault(lever.path, _asked(uses[lever.path]))
        asked[lever.kind] = _in_policy(lever, value, amount_of(uses[lever.path]))
    for value in (value for lever, value in zip(levers, at, strict=True) if lever.path == EVERY):
        policies = {id_: policies.get(id_) or _asked(use) for id_, use in uses.items()}
        for asked in policies.values():
            asked["intensity"] = asked.get("intensity", 1.0) * value
    parts = {"policies": list(policies.values()), "set": changed}
    return head | {key: part for key, part in parts.items() if part}


def _asked(use: Use) -> Content:
    return use.asked.model_dump(by_alias=True, exclude_unset=True, warnings=False)


def extending(scenario: Path, folder: Path) -> str:
    """How a file in `folder` names the scenario that it extends: within the library, or from folder to folder."""
    whole, library = scenario.resolve(), scenarios().resolve()
    if whole.is_relative_to(library) and not (folder / whole.relative_to(library)).exists():
        return whole.relative_to(library).as_posix()
    return from_folder(whole, folder)


def text(of: Content, comment: Sequence[str] = ()) -> str:
    """The file's text, with lines of comment before it."""
    lines = "".join(f"# {line}\n" for line in comment)
    return lines + yaml.safe_dump(of, allow_unicode=True, sort_keys=False, width=120)


def own_policies(named: Iterable[str], uses: Mapping[str, Use], folder: Path) -> dict[str, Path]:
    """Files of policies that a scenario in `folder` would not find, or find another of, by where they are to lie.

    named: ids of policies, among which other words do no harm; `EVERY` names all.
    """
    found = {}
    for name in dict.fromkeys(id_ for one in named for id_ in (uses if one == EVERY else (one,))):
        if name in uses:
            own = find(uses[name].scenario, "policies", name)
            there = find(folder / "x.yaml", "policies", name)
            if own is not None and (there is None or there.resolve() != own.resolve()):
                found[f"policies/{name}.yaml"] = own
    return found


def elsewhere(invalid: InvalidInput, lever: Lever, ends: str) -> list[Fault]:
    """Faults of a draft as faults of the lever that was moved to an end."""
    faults = []
    for fault in invalid.faults:
        own = fault.place.file == TRIAL
        where = "" if own else f"{fault.place}: {fault.path}: "
        problem = tr("{where}{problem}", where=where, problem=fault.problem)
        faults.append(Fault(PLACE, f"{lever.key}={ends}", problem, fault.nearest))
    return faults


def _entry(lever: Lever, value: float, source: Text) -> Content | float:
    said = {"source": {"zh": source.in_("zh"), "en": source.en}}
    if lever.kind in ("times", "add"):
        return {lever.kind: value} | said
    if lever.dist is None:
        return {"value": value} | said
    return {"value": value, "dist": _dist(lever.dist)} | said


def _dist(dist: Distribution) -> Content:
    return {dist.kind: {} if dist.kind == "certain" else {"sd": dist.sd}}


def _in_policy(lever: Lever, value: float, amount: Written | None) -> Any:
    if lever.kind != "amount":
        return int(value) if lever.is_integer else value
    if isinstance(amount, Valued):
        whole = amount.model_dump(by_alias=True, exclude_unset=True, warnings=False)
        return whole | {"value": value}
    return value
