"""Files that a scenario stands on, checked by themselves: policies, plans, regions, tables of services."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sim.common.errors import InvalidInput
from sim.common.language import Text, same
from sim.model.services.service import Service
from sim.scenario import outcomes, plans, policies, regions
from sim.scenario.library import Loaded, Reading
from sim.scenario.measures import named
from sim.scenario.processes import library_of
from sim.scenario.projects.project_costs import things_of
from sim.scenario.projects.project_kinds import kinds
from sim.scenario.services import Part, library_services, names_of, services
from sim.scenario.shapes.outcome_file import OutcomesFile
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.shapes.policy_file import PolicyFile
from sim.scenario.shapes.region_file import GroupFile, RatesFile, RegionFile
from sim.scenario.shapes.scenario_file import PolicyUse
from sim.scenario.shapes.service_file import ServicesFile

Found = tuple[Text, tuple[Path, ...]]


def check_part(kind: str, file: Path) -> Found:
    """What the file is called, and every file that was read. Raises InvalidInput with every fault of it."""
    reading = Reading()
    checks: dict[str, Callable[[Path, Reading], Text | None]] = {
        "policy": _policy,
        "plan": _plan,
        "region": partial(_place, RegionFile),
        "group": partial(_place, GroupFile),
        "region-rates": _rates,
        "services": _services,
        "outcomes": _outcomes,
        "kinds": _kinds,
        "crosscheck": _crosscheck,
    }
    name = checks[kind](file, reading) if kind in checks else _library(kind, file, reading)
    if reading.faults or name is None:
        raise InvalidInput(reading.faults)
    return name, tuple(reading.inputs)


def _policy(file: Path, reading: Reading) -> Text | None:
    """Its effects are made into settings, as of a scenario that uses it."""
    found = reading.read(file, PolicyFile)
    if found is None:
        return None
    _table(reading)
    use = PolicyUse(use=found.model.id, amount=None if found.model.amount is not None else 1.0)
    policies.settings([policies.Policy(policies.Use(use, file, found.document, ()), found)], reading)
    return found.model.name.text


def _plan(file: Path, reading: Reading) -> Text | None:
    found = reading.read(file, PlanFile)
    if found is None:
        return None
    table = _table(reading)
    return plans.plan(found, reading, named(table), names_of(table)).title


def _outcomes(file: Path, reading: Reading) -> Text | None:
    """Held against its plan, which lies one folder above."""
    found = reading.read(file, OutcomesFile)
    if found is None:
        return None
    beside = file.resolve().parent.parent
    above = next((path for ending in (".yaml", ".xlsx") if (path := beside / f"{file.stem}{ending}").is_file()), None)
    plan = None if above is None else reading.read(above, PlanFile)
    if plan is not None:
        outcomes.checked(found, file, plan.model, reading)
    return same(found.model.plan) if plan is None else plan.model.title.text


def _place(shape: type[RegionFile] | type[GroupFile], file: Path, reading: Reading) -> Text | None:
    """A region, or a group of regions."""
    found = reading.read(file, shape)
    if found is None:
        return None
    beside = file.resolve().parent.parent.parent / "any.yaml"
    regions.add(file.resolve().parent.name, beside, (found.document, ("id",)), reading, regions.Found())
    return found.model.name.text


def _rates(file: Path, reading: Reading) -> Text | None:
    found = reading.read(file, RatesFile)
    if found is None:
        return None
    regions.rates(found, reading)
    return same(file.resolve().parent.name)


def _kinds(file: Path, reading: Reading) -> Text | None:
    """Held against all that projects may deliver."""
    kinds([file], things_of(_table(reading)), reading)
    return same(file.name)


def _library(kind: str, file: Path, reading: Reading) -> Text | None:
    return None if library_of(kind, file, reading) is None else same(file.name)


def _crosscheck(file: Path, reading: Reading) -> Text | None:
    from sim.evidence.crosscheck.given import inputs_in

    reading.note(file)
    inputs_in(file)
    return same(file.name)


def _services(file: Path, reading: Reading) -> Text | None:
    found = reading.read(file, ServicesFile)
    if found is None:
        return None
    _table(reading, found)
    return same(file.name)


def _table(reading: Reading, instead: Loaded[ServicesFile] | None = None) -> tuple[Service, ...]:
    """The table of services: the library's, or the file's own."""
    if instead is not None:
        return services([Part(instead.document, ("services",), instead.model.services)], reading)
    return library_services(reading)
