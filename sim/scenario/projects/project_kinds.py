"""The library of kinds of projects: how long their stages take, and what they cost where nothing else says so."""

from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import Final, NamedTuple

from sim.common.language import Text
from sim.model.projects.project import Chance
from sim.scenario.by_name import close, known_id, names_by_id
from sim.scenario.library import Reading, folders
from sim.scenario.projects.project_costs import AREA, MONEY, Each, Rule, Thing, each, per_unit
from sim.scenario.projects.project_times import NO_TIME, chance
from sim.scenario.quantities import Spot
from sim.scenario.shapes.project_file import KindEntry, KindsFile
from sim.scenario.shapes.service_file import FigureEntry
from sim.scenario.texts import tr

FOLDER: Final = "projects"
LIBRARY: Final = "kinds.yaml"


class Kind(NamedTuple):
    """A kind of project, in the units of the model. rule: what it costs and takes where it is not as for others."""

    id: str
    name: Text
    approval: Chance
    construction: Chance
    opening: Chance
    opens_in: int | None
    rule: Rule
    crews: int
    budget_share: float


def files(scenario: File) -> tuple[File, ...]:
    """The libraries that a scenario file can use, the nearest first."""
    return tuple(path for folder in folders(scenario, FOLDER) if (path := folder / LIBRARY).is_file())


def kinds(paths: Sequence[File], things: Mapping[str, Thing], reading: Reading) -> dict[str, Kind]:
    """The kinds of several libraries; of the same id, the one of the first. Faults go to `reading`."""
    found: dict[str, Kind] = {}
    for path in paths:
        file = reading.read(path, KindsFile)
        own: set[str] = set()
        for index, entry in enumerate(() if file is None else file.model.kinds):
            assert file is not None
            spot = Spot(file.document, ("kinds", index), reading.faults)
            if entry.id in own:
                spot.report(tr("kind {id} is given twice", id=entry.id), "id")
            own.add(entry.id)
            found.setdefault(entry.id, _kind(entry, things, spot))
    return found


def _kind(entry: KindEntry, things: Mapping[str, Thing], spot: Spot) -> Kind:
    share = _figure(entry.budget_share, "share", "budget_share", spot)
    return Kind(
        entry.id,
        entry.name.text,
        chance(entry.approval),
        chance(entry.construction),
        chance(entry.opening or NO_TIME),
        entry.opens_in,
        _rule(entry, things, spot),
        entry.crews,
        1.0 if share is None else min(share.value, 1.0),
    )


def _rule(entry: KindEntry, things: Mapping[str, Thing], spot: Spot) -> Rule:
    if entry.of is None:
        return Rule(None, None, None)
    names = names_by_id(things)
    of = known_id(entry.of, names)
    thing = things.get(of)
    if thing is None:
        problem = tr("nothing that projects deliver is called {of}", of=entry.of)
        spot.report(problem, "of", nearest=close(entry.of, names))
        return Rule(None, None, None)
    return Rule(
        of,
        _figure(entry.cost_each, per_unit(MONEY, thing.unit), "cost_each", spot),
        _figure(entry.land_each, per_unit(AREA, thing.unit), "land_each", spot),
    )


def _figure(entry: FigureEntry | None, unit: str, key: str, spot: Spot) -> Each | None:
    here = Spot(spot.document, (*spot.path, key), spot.faults)
    return None if entry is None else each(entry, unit, here)
