"""From what the lines of a plan name of programmes, works, awards and the like, and their libraries, to processes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path as File
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from sim.common.language import Text, same
from sim.common.units import UnitError, base, factor, is_known
from sim.scenario.by_name import close, known_id
from sim.scenario.library import Loaded, Reading, folders
from sim.scenario.process import Award, NamedWorks, Prior, Process, Programme, Rate, Upkeep
from sim.scenario.projects.project_kinds import FOLDER as PROJECTS
from sim.scenario.projects.project_kinds import LIBRARY as KINDS
from sim.scenario.projects.project_times import chance
from sim.scenario.quantities import Spot
from sim.scenario.shapes.plan_file import TargetEntry
from sim.scenario.shapes.process_file import (
    AwardEntry,
    AwardsFile,
    PaceEntry,
    ProgrammeEntry,
    ProgrammesFile,
    RateEntry,
    RatesFile,
    StockEntry,
    StocksFile,
    TaskEntry,
    TasksFile,
    UpkeepEntry,
    UpkeepFile,
)
from sim.scenario.shapes.project_file import KindEntry, KindsFile
from sim.scenario.shapes.words import FIRST_YEAR, text_of
from sim.scenario.texts import tr

FOLDER: Final = "processes"
GROWTHS: Final = ("%/年", "%/year")
_Entry = TypeVar("_Entry", ProgrammeEntry, AwardEntry, KindEntry, TaskEntry, RateEntry, UpkeepEntry, StockEntry)
_File = TypeVar("_File", ProgrammesFile, AwardsFile, KindsFile, TasksFile, RatesFile, UpkeepFile, StocksFile)
SHAPES: Final[Mapping[str, type[BaseModel]]] = {
    "kinds": KindsFile,
    "programmes": ProgrammesFile,
    "awards": AwardsFile,
    "tasks": TasksFile,
    "rates": RatesFile,
    "upkeep": UpkeepFile,
    "stocks": StocksFile,
}
"""Libraries by their only key."""


class Libraries:
    """What the lines of one plan can name; a library is read when the first line asks for it."""

    def __init__(self, plan: File, reading: Reading) -> None:
        self._plan, self._reading = plan, reading

    @cached_property
    def programmes(self) -> Mapping[str, ProgrammeEntry]:
        """Programmes by id."""
        return _by_id(entry for one in self._read("programmes.yaml", ProgrammesFile) for entry in one.programmes)

    @cached_property
    def awards(self) -> Mapping[str, AwardEntry]:
        """Awards by id."""
        return _by_id(entry for one in self._read("awards.yaml", AwardsFile) for entry in one.awards)

    @cached_property
    def kinds(self) -> Mapping[str, KindEntry]:
        """Kinds of projects by id."""
        return _by_id(entry for one in self._read(KINDS, KindsFile, PROJECTS) for entry in one.kinds)

    @cached_property
    def tasks(self) -> Mapping[str, TaskEntry]:
        """Tasks of administration by id."""
        return _by_id(entry for one in self._read("tasks.yaml", TasksFile) for entry in one.tasks)

    @cached_property
    def rates(self) -> Mapping[str, RateEntry]:
        """Rates by id."""
        return _by_id(entry for one in self._read("rates.yaml", RatesFile) for entry in one.rates)

    @cached_property
    def upkeep(self) -> Mapping[str, UpkeepEntry]:
        """What is kept up, by id."""
        return _by_id(entry for one in self._read("upkeep.yaml", UpkeepFile) for entry in one.upkeep)

    @cached_property
    def stocks(self) -> Mapping[str, StockEntry]:
        """Stocks as others had them, by id."""
        return _by_id(entry for one in self._read("stocks.yaml", StocksFile) for entry in one.stocks)

    def _read(self, name: str, shape: type[_File], folder: str = FOLDER) -> Iterator[_File]:
        for where in folders(self._plan, folder):
            loaded = self._reading.read(where / name, shape) if (where / name).is_file() else None
            if loaded is not None:
                _check_once(name.removesuffix(".yaml"), loaded, self._reading)
                yield loaded.model


def library_of(key: str, file: File, reading: Reading) -> Sequence[BaseModel] | None:
    """The entries of a library, checked by themselves; None, with its faults in `reading`, where it cannot be read."""
    loaded = reading.read(file, SHAPES[key])
    return None if loaded is None else _check_once(key, loaded, reading)


def _check_once(key: str, library: Loaded[Any], reading: Reading) -> Sequence[BaseModel]:
    """The entries of a library; an id that it gives twice is a fault."""
    entries: Sequence[Any] = getattr(library.model, key)
    seen: set[str] = set()
    for index, one in enumerate(entries):
        if one.id in seen:
            problem = tr("the id {id} is given twice", id=one.id)
            reading.faults.append(library.document.fault((key, index, "id"), problem))
        seen.add(one.id)
    return entries


def process(entry: TargetEntry, libraries: Libraries, base_year: int | None, spot: Spot) -> Process | None:
    """The process by which a line is held against the world, if it names one; faults go to the place of the line.

    base_year: from whose end on an unknown base is reckoned.
    """
    if entry.programme is not None:
        found = _named(entry.programme, libraries.programmes, "programme", spot)
        return None if found is None else _programme(entry, found, base_year, spot)
    if entry.works is not None:
        kind = _named(entry.works, libraries.kinds, "works", spot)
        return None if kind is None else _works(entry, kind)
    if entry.award is not None:
        award = _named(entry.award, libraries.awards, "award", spot)
        return None if award is None else _award(award, base_year)
    return _further(entry, libraries, spot)


def _further(entry: TargetEntry, libraries: Libraries, spot: Spot) -> Process | None:
    """Of tasks, rates, upkeep and stocks."""
    if entry.task is not None:
        task = _named(entry.task, libraries.tasks, "task", spot)
        return None if task is None else _task(task)
    if entry.rate is not None:
        rate = _named(entry.rate, libraries.rates, "rate", spot)
        return None if rate is None else _rate(entry, rate)
    if entry.upkeep is not None:
        kept = _named(entry.upkeep, libraries.upkeep, "upkeep", spot)
        return None if kept is None else _upkeep(entry, kept, spot)
    if entry.prior is not None:
        stock = _named(entry.prior, libraries.stocks, "prior", spot)
        return None if stock is None else _prior(entry, stock, spot)
    return None


def _by_id(entries: Iterable[_Entry]) -> dict[str, _Entry]:
    """Entries by id, the nearest library's where several have one."""
    found: dict[str, _Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return found


def _named(name: str, known: Mapping[str, _Entry], key: str, spot: Spot) -> _Entry | None:
    if name in known:
        return known[name]
    names = {id_: same(id_) if isinstance(one, StockEntry) else one.name.text for id_, one in known.items()}
    id_ = known_id(name, names)
    if id_ not in known:
        spot.report(tr("nothing in the libraries is called {name}", name=name), key, nearest=close(name, names))
    return known.get(id_)


def _programme(entry: TargetEntry, found: ProgrammeEntry, base_year: int | None, spot: Spot) -> Programme | None:
    grows, scale = (True, 1.0) if entry.measure is not None else _scale(entry.unit or "")
    if scale is None:
        spot.report(tr("a programme is for a line in % or in % a year, not in {unit}", unit=entry.unit or ""), "unit")
        return None
    value = (entry.value or 0.0) * scale
    if not grows and value <= -1.0:
        spot.report(tr("nothing can fall by more than all there is"), "value")
        return None
    if entry.since is not None and not grows:
        grows, value = True, (1.0 + value) ** (1.0 / (int(entry.year or 0) - entry.since)) - 1.0
    if found.pace is not None and (found.pace.unit in GROWTHS) != grows:
        spot.report(tr("the pace of {name} is in {unit}", name=found.id, unit=found.pace.unit), "programme")
        return None
    if base_year is None and entry.base is None:
        spot.report(tr("a plan without a base year needs the base of the line"), "programme")
        return None
    low, high = _pace(found.pace)
    base, since, where = _base(entry, found, base_year or 0, scale)
    return Programme(
        id=found.id,
        name=found.name.text,
        of=found.of.text,
        low=low,
        high=high,
        source=text_of(found.source),
        base=base,
        since=since,
        grows=grows,
        value=value,
        falls=found.falls,
        where=where,
    )


def _base(
    entry: TargetEntry, found: ProgrammeEntry, base_year: int, scale: float
) -> tuple[float | None, int, Text | None]:
    """Where the line stood and in which year; where that is not known, where others did, and who."""
    if entry.base is not None:
        return entry.base.value * scale, entry.base.year, None
    if found.level is not None and entry.measure is None:
        return found.level.value * factor(found.level.unit, "share"), found.level.year, found.level.where.text
    return None, base_year, None


def _scale(unit: str) -> tuple[bool, float | None]:
    """Whether a line in this unit asks for a growth, and the factor to shares; None where it is neither."""
    for quantity in ("share", "share/year"):
        try:
            return quantity == "share/year", factor(unit, quantity)
        except UnitError:
            continue
    return False, None


def _pace(pace: PaceEntry | None) -> tuple[float | None, float | None]:
    return (None, None) if pace is None else (pace.low / 100.0, pace.high / 100.0)


def _works(entry: TargetEntry, kind: KindEntry) -> NamedWorks:
    approval, construction = chance(kind.approval).central, chance(kind.construction).central
    opening = 0.0 if kind.opening is None else chance(kind.opening).central
    ahead = approval if entry.stage == "begun" else approval + construction + opening
    opens_in = None if entry.stage == "begun" else kind.opens_in
    return NamedWorks(kind=kind.id, name=kind.name.text, ahead=ahead, stage=entry.stage, opens_in=opens_in)


def _task(entry: TaskEntry) -> NamedWorks:
    usual = entry.evidence != "assumption"
    return NamedWorks(kind=entry.id, name=entry.name.text, ahead=entry.months, stage="open", opens_in=None, usual=usual)


def _rate(entry: TargetEntry, found: RateEntry) -> Rate:
    return Rate(
        id=found.id,
        name=found.name.text,
        of=found.per_thousand,
        low=found.low / 1000.0,
        high=found.high / 1000.0,
        source=text_of(found.source),
        value=entry.value or 0.0,
    )


def _upkeep(entry: TargetEntry, found: UpkeepEntry, spot: Spot) -> Upkeep | None:
    value = (entry.value or 0.0) / 100.0
    if entry.unit != "%" or not 0.0 < value < 1.0:
        spot.report(tr("upkeep is for a share in %, below 100"), "upkeep")
        return None
    return Upkeep(id=found.id, name=found.name.text, failing=found.failing, source=text_of(found.source), value=value)


def _prior(entry: TargetEntry, found: StockEntry, spot: Spot) -> Prior | None:
    unit = entry.unit or ""
    if not (is_known(unit) and is_known(found.level.unit) and base(unit)[0] == base(found.level.unit)[0]):
        spot.report(tr("the level of {name} is in {unit}", name=found.id, unit=found.level.unit), "prior")
        return None
    asked = (entry.value or 0.0) * base(unit)[1]
    if not asked > 0.0:
        spot.report(tr("a value above 0 is expected, of which the level of {name} is a part", name=found.id), "value")
        return None
    return Prior(
        id=found.id,
        where=found.level.where.text,
        part=found.level.value * base(found.level.unit)[1] / asked,
        year=found.level.year,
        source=text_of(found.source),
    )


def _award(entry: AwardEntry, since: int | None) -> Award:
    return Award(
        id=entry.id,
        name=entry.name.text,
        named=entry.named,
        eligible=entry.eligible,
        every=entry.every,
        year=entry.year,
        first=entry.first or FIRST_YEAR,
        since=since or 0,
        source=text_of(entry.source),
    )
