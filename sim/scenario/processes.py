"""From what the lines of a plan name of programmes, works and awards, and the libraries of these, to processes."""

from collections.abc import Iterable, Mapping
from pathlib import Path as File
from typing import Final, TypeVar

from sim.common.errors import nearest
from sim.common.units import UnitError, factor
from sim.scenario.library import Reading, folders
from sim.scenario.process import Award, NamedWorks, Process, Programme
from sim.scenario.projects.project_kinds import FOLDER as PROJECTS
from sim.scenario.projects.project_kinds import LIBRARY as KINDS
from sim.scenario.projects.project_times import chance
from sim.scenario.quantities import Spot
from sim.scenario.shapes.plan_file import TargetEntry
from sim.scenario.shapes.process_file import AwardEntry, AwardsFile, PaceEntry, ProgrammeEntry, ProgrammesFile
from sim.scenario.shapes.project_file import KindEntry, KindsFile
from sim.scenario.shapes.words import FIRST_YEAR, text_of
from sim.scenario.texts import tr

FOLDER: Final = "processes"
PROGRAMMES: Final = "programmes.yaml"
AWARDS: Final = "awards.yaml"
GROWTHS: Final = ("%/年", "%/year")
_Entry = TypeVar("_Entry", ProgrammeEntry, AwardEntry, KindEntry)


class Libraries:
    """What the lines of one plan can name; a library is read when the first line asks for it."""

    def __init__(self, plan: File, reading: Reading) -> None:
        self._plan, self._reading = plan, reading
        self._programmes: Mapping[str, ProgrammeEntry] | None = None
        self._awards: Mapping[str, AwardEntry] | None = None
        self._kinds: Mapping[str, KindEntry] | None = None

    def programmes(self) -> Mapping[str, ProgrammeEntry]:
        """Programmes by id."""
        if self._programmes is None:
            read = (self._reading.read(path, ProgrammesFile) for path in self._files(FOLDER, PROGRAMMES))
            self._programmes = _by_id(entry for one in read if one for entry in one.model.programmes)
        return self._programmes

    def awards(self) -> Mapping[str, AwardEntry]:
        """Awards by id."""
        if self._awards is None:
            read = (self._reading.read(path, AwardsFile) for path in self._files(FOLDER, AWARDS))
            self._awards = _by_id(entry for one in read if one for entry in one.model.awards)
        return self._awards

    def kinds(self) -> Mapping[str, KindEntry]:
        """Kinds of projects by id."""
        if self._kinds is None:
            read = (self._reading.read(path, KindsFile) for path in self._files(PROJECTS, KINDS))
            self._kinds = _by_id(entry for one in read if one for entry in one.model.kinds)
        return self._kinds

    def _files(self, folder: str, name: str) -> list[File]:
        return [path for where in folders(self._plan, folder) if (path := where / name).is_file()]


def process(entry: TargetEntry, libraries: Libraries, base_year: int | None, spot: Spot) -> Process | None:
    """The process by which a line is held against the world, if it names one; faults go to the place of the line.

    base_year: from whose end on an unknown base is reckoned.
    """
    if entry.programme is not None:
        found = _named(entry.programme, libraries.programmes(), "programme", spot)
        return None if found is None else _programme(entry, found, base_year, spot)
    if entry.works is not None:
        kind = _named(entry.works, libraries.kinds(), "works", spot)
        return None if kind is None else _works(entry, kind)
    if entry.award is not None:
        award = _named(entry.award, libraries.awards(), "award", spot)
        return None if award is None else _award(award, base_year)
    return None


def _by_id(entries: Iterable[_Entry]) -> dict[str, _Entry]:
    """Entries by id, the nearest library's where several have one."""
    found: dict[str, _Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return found


def _named(name: str, known: Mapping[str, _Entry], key: str, spot: Spot) -> _Entry | None:
    if name not in known:
        spot.report(tr("nothing in the libraries is called {name}", name=name), key, nearest=nearest(name, known))
    return known.get(name)


def _programme(entry: TargetEntry, found: ProgrammeEntry, base_year: int | None, spot: Spot) -> Programme | None:
    grows, scale = (True, 1.0) if entry.measure is not None else _scale(entry.unit or "")
    if scale is None:
        spot.report(tr("a programme is for a line in % or in % a year, not in {unit}", unit=entry.unit or ""), "unit")
        return None
    if found.pace is not None and (found.pace.unit in GROWTHS) != grows:
        spot.report(tr("the pace of {name} is in {unit}", name=found.id, unit=found.pace.unit), "programme")
        return None
    if base_year is None and entry.base is None:
        spot.report(tr("a plan without a base year needs the base of the line"), "programme")
        return None
    low, high = _pace(found.pace)
    return Programme(
        id=found.id,
        name=found.name.text,
        of=found.of.text,
        low=low,
        high=high,
        source=text_of(found.source),
        base=None if entry.base is None else entry.base.value * scale,
        since=base_year or 0 if entry.base is None else entry.base.year,
        grows=grows,
        value=(entry.value or 0.0) * scale,
    )


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
