"""From the library's table of services and a scenario's additions to services, and a region's capacities."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim.common.errors import Fault, nearest
from sim.common.language import Text, same
from sim.common.units import UnitError, base, factor, is_known, per
from sim.model.registry import MEASURES
from sim.model.services.service import (
    NEED,
    Capacity,
    Figure,
    Level,
    Service,
    capacity_scale,
    land_unit,
    standard_scale,
    standard_unit,
)
from sim.model.subject import measures
from sim.scenario.by_name import close, known_id
from sim.scenario.library import Reading, scenarios
from sim.scenario.shapes.service_file import (
    REQUIRED,
    CapacityEntry,
    CapacityFile,
    FigureEntry,
    ServiceEntry,
    ServicesFile,
)
from sim.scenario.shapes.words import text_if_any, text_of
from sim.scenario.tables import capacity_file
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document
from sim.scenario.yaml.document import Path as Steps

LIBRARY: Final = "services.yaml"
MOST_APART: Final = 2
"""Years between the figure of a capacity and the base year, over which stocks change little."""
_OF_RESIDENTS: Final = ("person", "household", "home")
"""Units of drivers of which there are no more than residents."""
MOST_STOCK: Final = 1e12
"""More than there is of anything; where a stock cannot be held against residents."""
MOST_TIMES: Final = 50.0
"""A stock by its driver so many times the standard is a slip of units."""
UNITS: Final = {
    one.id: one.unit for name in ("people", "homes") for one in measures(name).values() if not (one.is_flow or one.part)
}
"""Measures that may drive a service, stocks of people and homes, and the unit of each."""


class Part(NamedTuple):
    """What one file says of services: its entries, and where they stand in it."""

    document: Document
    path: Steps
    entries: tuple[ServiceEntry, ...]


class _Said(NamedTuple):
    """A service once merged: the entry, and for each key the document and path that said it last."""

    entry: ServiceEntry
    places: Mapping[str, tuple[Document, Steps]]

    def place(self, key: str) -> tuple[Document, Steps]:
        """Where a key was said, or the entry if it was not."""
        document, path = self.places.get(key, self.places["id"])
        return document, (*path, key) if key in self.places else path


def library(reading: Reading) -> Part | None:
    """The table of services of the library; None, with its faults in `reading`, where it cannot be read."""
    file = reading.read(scenarios() / LIBRARY, ServicesFile)
    return None if file is None else Part(file.document, ("services",), file.model.services)


def library_services(reading: Reading) -> tuple[Service, ...]:
    """The services of the library; none, with its faults in `reading`, where it cannot be read."""
    own = library(reading)
    return services([] if own is None else [own], reading)


def services(parts: Iterable[Part], reading: Reading, measures: Mapping[str, str] = UNITS) -> tuple[Service, ...]:
    """The services of several files, the library first: an entry with a known id changes only the keys it gives.

    measures: unit of each measure that may drive a service. What is wrong is left out and reported.
    """
    merged: dict[str, _Said] = {}
    for part in parts:
        _add(part, merged, reading)
    named = {"driver": _drivers(merged, measures), "part_of": _names(merged)}
    merged = {id_: _by_id(one, named) for id_, one in merged.items()}
    whole = {id_: one for id_, one in merged.items() if _is_complete(one, reading)}
    known = _with_units(whole, merged, measures, reading)
    made = (_service(one, unit, merged, reading) for one, unit in known.values())
    return tuple(service for service in made if service is not None)


class Known(NamedTuple):
    """What one file says of a region's capacities."""

    document: Document
    entries: Mapping[str, CapacityEntry]


def names_of(table: Iterable[Service]) -> dict[str, Text]:
    """What services are called, by id."""
    return {service.id: service.name for service in table}


def capacities(
    folder: Path, base_year: int, table: Sequence[Service], reading: Reading, said: Iterable[Known] = ()
) -> dict[str, Capacity]:
    """What is known of a region's capacities, by service; empty where nothing says any.

    said: what scenario files say of them, which goes before the region's own file.
    """
    path = capacity_file(folder)
    file = None if path is None else reading.read(path, CapacityFile)
    own = [] if file is None else [Known(file.document, file.model.capacities)]
    found: dict[str, Capacity] = {}
    for one in (*own, *said):
        found |= known(one, base_year, table, reading)
    return found


def known(of: Known, base_year: int | None, table: Sequence[Service], reading: Reading) -> dict[str, Capacity]:
    """The capacities that a file says, by service; base_year: of the region, None where the file belongs to none."""
    by_id, names = {service.id: service for service in table}, names_of(table)
    found: dict[str, Capacity] = {}
    for name, entry in of.entries.items():
        steps: Steps = ("capacities", name)
        service = by_id.get(known_id(name, names))
        if service is None:
            problem = tr("no service is called {id}", id=name)
            reading.faults.append(of.document.fault(steps, problem, close(name, names), at_key=True))
            continue
        if service.id in found:
            problem = tr("{service} is given twice", service=service.name)
            reading.faults.append(of.document.fault(steps, problem, at_key=True))
        capacity = _capacity(entry, service, of.document, steps, reading)
        if capacity is not None and _is_of(capacity, service, base_year, (of.document, steps), reading):
            found[service.id] = capacity
    return found


def _add(part: Part, merged: dict[str, _Said], reading: Reading) -> None:
    here: set[str] = set()
    for index, entry in enumerate(part.entries):
        path: Steps = (*part.path, index)
        if entry.id in here:
            problem = tr("service {id} is given twice in this file", id=entry.id)
            reading.faults.append(part.document.fault((*path, "id"), problem))
            continue
        here.add(entry.id)
        places = dict.fromkeys(entry.model_fields_set, (part.document, path))
        before = merged.get(entry.id)
        if before is not None:
            given = {key: getattr(entry, key) for key in entry.model_fields_set}
            entry, places = before.entry.model_copy(update=given), {**before.places, **places}  # noqa: PLW2901
        merged[entry.id] = _Said(entry, places)


def _by_id(one: _Said, named: Mapping[str, Mapping[str, Text]]) -> _Said:
    """The service with its driver and its whole by their ids, where they are written by their names."""
    said = {key: name for key in named if (name := getattr(one.entry, key)) is not None}
    found = {key: known_id(name, named[key]) for key, name in said.items() if name not in named[key]}
    return one._replace(entry=one.entry.model_copy(update=found)) if found else one


def _names(merged: Mapping[str, _Said]) -> dict[str, Text]:
    return {id_: one.entry.name.text for id_, one in merged.items() if one.entry.name is not None}


def _drivers(merged: Mapping[str, _Said], measures: Mapping[str, str]) -> dict[str, Text]:
    """What may drive a service, and what it is called: measures, and the needs of services."""
    needs = {f"{NEED}{id_}": Text(f"{NEED}{name.zh}", f"{NEED}{name.en}") for id_, name in _names(merged).items()}
    return {id_: MEASURES[id_].name if id_ in MEASURES else same(id_) for id_ in measures} | needs


def _is_complete(one: _Said, reading: Reading) -> bool:
    missing = [key for key in REQUIRED if getattr(one.entry, key) is None]
    if missing:
        document, path = one.place("id")
        names = ", ".join(missing)
        problem = tr("a new service ({id}) also needs {names}", id=one.entry.id, names=names)
        reading.faults.append(document.fault(path, problem))
    return not missing


def _with_units(
    whole: Mapping[str, _Said], merged: Mapping[str, _Said], measures: Mapping[str, str], reading: Reading
) -> dict[str, tuple[_Said, str]]:
    """The services with a unit and a driver, drivers before what they drive, each with the unit of its driver."""
    known: dict[str, tuple[_Said, str]] = {}
    waiting = {id_: one for id_, one in whole.items() if _has_unit(one, reading)}
    while waiting:
        ready = {id_: unit for id_, one in waiting.items() if (unit := _driver_unit(one, known, measures)) is not None}
        if not ready:
            break
        known.update((id_, (waiting.pop(id_), unit)) for id_, unit in ready.items())
    for one in waiting.values():
        _report_driver(one, merged, measures, reading)
    order = [id_ for id_ in whole if id_ in known]
    return {id_: known[id_] for id_ in _drivers_first(order, known)}


def _drivers_first(order: Sequence[str], known: Mapping[str, tuple[_Said, str]]) -> list[str]:
    """The ids in the order of the files, but for a service that is driven by a later one."""
    result: dict[str, None] = {}
    for id_ in order:
        waiting = [id_]
        while waiting[-1] not in result and (driver := known[waiting[-1]][0].entry.driver or "").startswith(NEED):
            waiting.append(driver.removeprefix(NEED))
        result.update(dict.fromkeys(reversed(waiting)))
    return list(result)


def _has_unit(one: _Said, reading: Reading) -> bool:
    unit = one.entry.unit or ""
    if is_known(unit) and base(unit)[1] == 1.0:
        return True
    document, path = one.place("unit")
    problem = tr("{unit} is no unit of capacity, such as bed, place, staff, m², count", unit=unit)
    reading.faults.append(document.fault(path, problem))
    return False


def _driver_unit(one: _Said, known: Mapping[str, tuple[_Said, str]], measures: Mapping[str, str]) -> str | None:
    driver = one.entry.driver or ""
    if driver.startswith(NEED):
        parent = known.get(driver.removeprefix(NEED))
        return None if parent is None else base(parent[0].entry.unit or "")[0]
    return measures.get(driver)


def _report_driver(one: _Said, merged: Mapping[str, _Said], measures: Mapping[str, str], reading: Reading) -> None:
    driver = one.entry.driver or ""
    document, path = one.place("driver")
    if driver.removeprefix(NEED) in merged and driver.startswith(NEED):
        if _is_circle(driver.removeprefix(NEED), merged):
            problem = tr("the drivers form a circle: {driver}", driver=driver)
            reading.faults.append(document.fault(path, problem))
        return  # or its driver has a fault of its own
    problem = tr("no driver is called {driver}", driver=driver)
    reading.faults.append(document.fault(path, problem, close(driver, _drivers(merged, measures))))


def _is_circle(id_: str, merged: Mapping[str, _Said]) -> bool:
    met: set[str] = set()
    while id_ in merged and id_ not in met:
        met.add(id_)
        driver = merged[id_].entry.driver or ""
        if not driver.startswith(NEED):
            return False
        id_ = driver.removeprefix(NEED)
    return id_ in met


def _service(one: _Said, driver_unit: str, merged: Mapping[str, _Said], reading: Reading) -> Service | None:
    entry = one.entry
    assert entry.name is not None  # what is required was seen by `_is_complete`
    assert entry.category is not None
    unit = base(entry.unit or "")[0]
    _check_part_of(one, merged, reading)
    figures = {key: _figure(one, key, wanted, reading) for key, wanted in _figure_units(unit, driver_unit).items()}
    standard = figures.pop("standard")
    if standard is None:
        return None
    document, path = one.place("id")
    return Service(
        id=entry.id,
        name=entry.name.text,
        category=entry.category,
        driver=entry.driver or "",
        driver_unit=driver_unit,
        unit=unit,
        standard=standard,
        place=document.place(path),
        weight=entry.weight or 0.0,
        part_of=entry.part_of,
        levels=tuple(Level(level.name.text, level.value, level.evidence) for level in entry.levels or ()),
        note=entry.note.text if entry.note is not None else None,
        **figures,
    )


def _figure_units(unit: str, driver_unit: str) -> dict[str, str]:
    """The quantity of each figure of a service."""
    return {
        "standard": standard_unit(unit, driver_unit),
        "enrolment": "share",
        "unit_cost": per("yuan", unit),
        "land": land_unit(unit),
        "running_cost": f"{per('yuan', unit)}/year",
        "routine": "share/year",
        "retirement": "share/year",
    }


def check_stocks(found: Mapping[str, Capacity], table: Sequence[Service], residents: float, reading: Reading) -> None:
    """Faults of stocks in numbers so far beyond their standard, were every resident its driver, that the unit slipped.

    residents: of the region in the base year; 0 where they are not known.
    """
    by_id = {service.id: service for service in table}
    for id_, one in found.items():
        service = by_id[id_]
        standard = service.standard.value * standard_scale(service)
        most = MOST_TIMES * standard * residents if service.driver_unit in _OF_RESIDENTS else 0.0
        if not one.per_driver and one.value > (most or MOST_STOCK):
            problem = tr(
                "{value:g} of {service} are more than any such place has: check value and unit",
                value=one.value,
                service=service.name,
            )
            reading.faults.append(Fault(one.place, f"capacities.{id_}.value", problem))


def _check_part_of(one: _Said, merged: Mapping[str, _Said], reading: Reading) -> None:
    whole = one.entry.part_of
    if whole is not None and (whole not in merged or whole == one.entry.id):
        document, path = one.place("part_of")
        problem = tr("no other service is called {whole}", whole=whole)
        reading.faults.append(document.fault(path, problem, close(whole, _names(merged))))


def _figure(one: _Said, key: str, wanted: str, reading: Reading) -> Figure | None:
    entry: FigureEntry | None = getattr(one.entry, key)
    if entry is None:
        return None
    document, path = one.place(key)
    try:
        factor(entry.unit, wanted)
    except UnitError as problem:
        reading.faults.append(document.fault((*path, "unit"), _wrong_unit(entry.unit, problem.allowed), problem.close))
        return None
    low = entry.value if entry.low is None else entry.low
    high = entry.value if entry.high is None else entry.high
    return Figure(
        value=entry.value,
        low=low,
        high=high,
        unit=entry.unit,
        evidence=entry.evidence,
        source=text_of(entry.source),
        note=text_if_any(entry.note),
    )


def _capacity(
    entry: CapacityEntry, service: Service, document: Document, steps: Steps, reading: Reading
) -> Capacity | None:
    try:
        scale, per_driver = capacity_scale(entry.unit, service)
    except UnitError as problem:
        allowed = (*problem.allowed, service.standard.unit)
        like = problem.close or nearest(entry.unit, allowed)
        reading.faults.append(document.fault((*steps, "unit"), _wrong_unit(entry.unit, allowed), like))
        return None
    source, note = text_of(entry.source), text_if_any(entry.note)
    figure = Figure(
        value=entry.value,
        low=entry.value,
        high=entry.value,
        unit=entry.unit,
        evidence=entry.evidence,
        source=source,
        note=note,
    )
    return Capacity(service.id, entry.value * scale, per_driver, entry.year, figure, document.place(steps, at_key=True))


def _is_of(
    capacity: Capacity, service: Service, base_year: int | None, at: tuple[Document, Steps], reading: Reading
) -> bool:
    """Whether a capacity is of the base year, or nearly so, and not far beyond its standard; faults if not."""
    document, steps = at
    if base_year is not None and abs(capacity.year - base_year) > MOST_APART:
        problem = tr(
            "a capacity of {year} is not that of the base year {base_year}, from which a run starts: bring it to "
            "{base_year}, or give the figure of {first}–{last}",
            year=capacity.year,
            base_year=base_year,
            first=base_year - MOST_APART,
            last=base_year + MOST_APART,
        )
        reading.faults.append(document.fault((*steps, "year"), problem))
        return False
    standard = service.standard.value * standard_scale(service)
    if capacity.per_driver and standard > 0.0 and capacity.value > MOST_TIMES * standard:
        problem = tr(
            "{times:,.0f} times the standard of {service}: check value and unit",
            times=capacity.value / standard,
            service=service.name,
        )
        reading.faults.append(document.fault((*steps, "value"), problem))
        return False
    return True


def _wrong_unit(unit: str, allowed: Sequence[str]) -> Text:
    words = ", ".join(allowed)
    return tr("unit {unit} does not fit; allowed: {words}", unit=unit, words=words)
