"""From a plan file to a plan whose targets are in the units of the measures they speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from types import MappingProxyType
from typing import Final, NamedTuple

from sim.common.language import NOTHING, Text
from sim.common.units import UnitError, base, factor, is_known
from sim.model.measure import Measure
from sim.model.projects.project import Project
from sim.model.registry import MEASURES
from sim.scenario.by_name import close, known_id
from sim.scenario.library import Loaded, Reading
from sim.scenario.measures import BY_SCENARIO
from sim.scenario.outcomes import outcomes
from sim.scenario.processes import Libraries, process
from sim.scenario.quantities import Spot
from sim.scenario.resolved import Plan, Target
from sim.scenario.shapes.plan_file import PlanFile, TargetEntry
from sim.scenario.shapes.words import text_if_any, text_of
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path

NO_NAMES: Final[Mapping[str, Text]] = MappingProxyType({})
COUNTS: Final = frozenset(("staff", "class", "space", "charger", "lamp", "count", "bed", "place"))
"""Units of what is counted one by one; persons, homes and jobs are, too, but are simulated in parts of one."""


class _Names(NamedTuple):
    """What measures and services are called, by id."""

    measures: Mapping[str, Text]
    services: Mapping[str, Text]


def plan(
    file: Loaded[PlanFile],
    reading: Reading,
    measures: Iterable[Measure] = tuple(MEASURES.values()),
    services: Mapping[str, Text] = NO_NAMES,
) -> Plan:
    """The plan with every target checked against the measures of the model; faults are kept in `reading`.

    services: what those are called that its lines may name, by id.
    """
    model, document = file.model, file.document
    if model.id != file.file.stem:
        problem = tr("the id must be the file's name, {stem}", stem=file.file.stem)
        reading.faults.append(document.fault(("id",), problem))
    table = tuple(measures)
    units = {measure.id: measure.unit for measure in table}
    names = _Names({measure.id: measure.name for measure in table}, services)
    model = model.model_copy(update={"targets": tuple(_by_id(entry, names) for entry in model.targets)})
    units |= _by_scenario(model, units)
    came, libraries = outcomes(file, reading), Libraries(file.file, reading)
    first: dict[str, int] = {}
    targets = []
    for index, entry in enumerate(model.targets):
        path: Path = ("targets", index)
        if entry.id in first:
            problem = tr("the id {id} is given twice", id=entry.id)
            reading.faults.append(document.fault((*path, "id"), problem))
        first.setdefault(entry.id, index)
        held = process(entry, libraries, model.base_year, Spot(document, path, reading.faults))
        read = _target(entry, document, path, (units, names), reading)
        targets.append(replace(read, came=came.get(entry.id), process=held))
    return Plan(
        id=model.id,
        title=model.title.text,
        document=model.source.title.text,
        issuer=model.source.issuer.text,
        date=text_of(model.source.date),
        region=model.region,
        base_year=model.base_year,
        targets=tuple(targets),
        scenario=model.scenario,
    )


def own(
    parts: Iterable[tuple[File, Document, Sequence[TargetEntry]]],
    base_year: int | None,
    reading: Reading,
    measures: Iterable[Measure],
    services: Mapping[str, Text] = NO_NAMES,
) -> tuple[Target, ...]:
    """The targets that scenario files hold themselves; of those with one id the last stands.

    base_year: of the run, from whose end on unknown bases are reckoned.
    """
    table = tuple(measures)
    units = {measure.id: measure.unit for measure in table}
    names = _Names({measure.id: measure.name for measure in table}, services)
    found: dict[str, Target] = {}
    for file, document, entries in parts:
        libraries = Libraries(file, reading)
        for index, entry in enumerate(entries):
            path: Path = ("targets", index)
            read = _target(_by_id(entry, names), document, path, (units, names), reading)
            held = process(entry, libraries, base_year, Spot(document, path, reading.faults))
            found[entry.id] = replace(read, process=held)
    return tuple(found.values())


def _by_id(entry: TargetEntry, names: _Names) -> TargetEntry:
    """A line with its measure and its service by id, where they are written by their names."""
    known = {"measure": names.measures, "driver": names.measures, "service": names.services}
    said = {key: name for key in known if (name := getattr(entry, key)) is not None}
    found = {key: known_id(name, known[key]) for key, name in said.items()}
    return entry if found == said else entry.model_copy(update=found)


def placed(plan: Plan, places: Mapping[str, Text]) -> Plan:
    """The plan with regions and groups by their ids, where they are written by their names."""
    region = None if plan.region is None else known_id(plan.region, places)
    named = (known_id(one.region, places) if one.region is not None else None for one in plan.targets)
    targets = (replace(one, region=at) for one, at in zip(plan.targets, named, strict=True))
    return replace(plan, region=region, targets=tuple(targets))


def built(plan: Plan | None, projects: Iterable[Project]) -> Plan | None:
    """The plan with projects by the ids of their entries, where they are written by their names."""
    names = {one.entry: one.name for one in projects if one.number <= 1}
    if plan is None or all(one.project is None or one.project in names for one in plan.targets):
        return plan
    targets = (
        one if one.project is None else replace(one, project=known_id(one.project, names)) for one in plan.targets
    )
    return replace(plan, targets=tuple(targets))


def with_own(plan: Plan | None, targets: tuple[Target, ...], name: str, title: Text) -> Plan | None:
    """A plan with the targets of a scenario after its own; where there is no plan, the scenario's targets are one."""
    if plan is not None:
        known = {target.id for target in targets}
        return replace(plan, targets=(*(one for one in plan.targets if one.id not in known), *targets))
    if not targets:
        return None
    given = tr("targets of the scenario")
    return Plan(
        id=name,
        title=tr("targets of the scenario {title}", title=title),
        document=given,
        issuer=given,
        date=NOTHING,
        region=None,
        base_year=None,
        targets=targets,
    )


def _by_scenario(plan: PlanFile, known: Mapping[str, str]) -> dict[str, str]:
    """Measures that only scenarios define, their indicators and own services, where this one does not: unit as written.

    Another scenario may hold itself against the plan without them; its verdicts then name what is missing.
    """
    found = {target.measure: target.unit or "" for target in plan.targets if target.measure not in known}
    named = ((name, unit) for name, unit in found.items() if name is not None and name.startswith(BY_SCENARIO))
    return {name: unit for name, unit in named if is_known(unit)}


def _target(
    entry: TargetEntry, document: Document, path: Path, known: tuple[Mapping[str, str], _Names], reading: Reading
) -> Target:
    """known: the units of measures, by id, and what they and the services are called."""
    units, names = known
    if entry.service is not None and f"capacity.{entry.service}" not in units:
        problem = tr("no service is called {service}", service=entry.service)
        reading.faults.append(document.fault((*path, "service"), problem, close(entry.service, names.services)))
    unit, scale = entry.unit or "", 1.0
    _check_equal(entry, units.get(entry.measure or ""), document, path, reading)
    name = entry.measure or entry.driver
    if name is not None:
        key = "measure" if entry.measure is not None else "driver"
        if name in units:
            unit, scale = _canonical(entry, units[name], document, path, reading)
        else:
            problem = tr("no measure is called {name}", name=name)
            reading.faults.append(document.fault((*path, key), problem, close(name, names.measures)))
    return Target(
        id=entry.id,
        title=entry.title.text,
        kind=entry.kind,
        measure=entry.measure,
        driver=entry.driver,
        op=entry.op,
        value=None if entry.value is None else entry.value * scale,
        tolerance=entry.tolerance * scale,
        unit=unit,
        written_value=entry.value,
        written_unit=entry.unit or "",
        year=entry.year,
        source=text_of(entry.source),
        note=text_if_any(entry.note),
        reason=text_if_any(entry.reason),
        place=document.place(path),
        region=entry.region,
        service=entry.service,
        project=entry.project,
        nature=entry.nature,
    )


def _check_equal(entry: TargetEntry, unit: str | None, document: Document, path: Path, reading: Reading) -> None:
    if entry.op == "equal" and entry.tolerance == 0.0 and unit is not None and unit not in COUNTS:
        problem = tr(
            "equal is never met by a measure that is no count: give a tolerance, or write about, at_least, at_most"
        )
        reading.faults.append(document.fault((*path, "op"), problem))


def _canonical(
    entry: TargetEntry, measure_unit: str, document: Document, path: Path, reading: Reading
) -> tuple[str, float]:
    """The model's unit of a target and the factor to it; for a standard, something per unit of its driver."""
    written = entry.unit or ""
    try:
        if entry.measure is not None:
            return measure_unit, factor(written, measure_unit)
        if is_known(written):
            return _per_driver(written, measure_unit)
        like: str | None = None
    except UnitError as problem:
        like = problem.close
    text = tr("unit {written} does not fit a measure in {measure_unit}", written=written, measure_unit=measure_unit)
    reading.faults.append(document.fault((*path, "unit"), text, like))
    return written, 1.0


def _per_driver(written: str, driver_unit: str) -> tuple[str, float]:
    of, scale = base(written)
    if of == "share":  # a share of the driver is counted as the driver is
        return f"{driver_unit}/{driver_unit}", scale
    if not of.endswith(f"/{base(driver_unit)[0]}"):
        raise UnitError(written, (), None)
    return of, scale
