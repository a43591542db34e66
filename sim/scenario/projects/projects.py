"""From the projects of scenario files to the projects of the pipeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from typing import NamedTuple

from sim.common.language import Text
from sim.model.axes import ZONES
from sim.model.projects.months import month_of, on_grid
from sim.model.projects.project import Delivers, Project
from sim.scenario.by_name import close, known_id, names_by_id
from sim.scenario.library import Reading
from sim.scenario.projects.project_costs import Thing, cost_of, land_of, number_of
from sim.scenario.projects.project_kinds import Kind, files, kinds
from sim.scenario.projects.project_times import MONTHS_A_YEAR, chance, moment
from sim.scenario.quantities import Spot
from sim.scenario.shapes.project_file import ProjectEntry
from sim.scenario.shapes.words import text_of
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path


class Asked(NamedTuple):
    """An entry of a scenario file, the file, and the place of the entry in it."""

    entry: ProjectEntry
    scenario: File
    document: Document
    path: Path


class Setting(NamedTuple):
    """Where projects take place: names of regions by id, the base year, and what may be delivered, by name."""

    regions: Mapping[str, Text]
    base_year: int
    things: Mapping[str, Thing]


def of_file(scenario: File, document: Document, entries: Sequence[ProjectEntry], reading: Reading) -> list[Asked]:
    """The entries of one scenario file; an id given twice in a file is a fault."""
    asked: dict[str, Asked] = {}
    for index, entry in enumerate(entries):
        one = Asked(entry, scenario, document, ("projects", index))
        if entry.id in asked:
            problem = tr("project {id} is given twice", id=entry.id)
            reading.faults.append(document.fault((*one.path, "id"), problem))
        asked.setdefault(entry.id, one)
    return list(asked.values())


def projects(asked: Iterable[Asked], context: Setting, reading: Reading) -> tuple[Project, ...]:
    """The projects of several files in their order: a later entry of the same id replaces the earlier in its place.

    What is wrong is left out, and reported to `reading`.
    """
    merged: dict[str, Asked] = {}
    for one in asked:
        merged[one.entry.id] = one
    libraries: dict[tuple[File, ...], dict[str, Kind]] = {}
    made: list[Project] = []
    for one in merged.values():
        paths = files(one.scenario)
        if paths not in libraries:
            libraries[paths] = kinds(paths, context.things, reading)
        made.extend(_projects(one, libraries[paths], context, reading))
    _check_ids(made, merged, reading)
    return tuple(made)


def _projects(asked: Asked, known: Mapping[str, Kind], context: Setting, reading: Reading) -> list[Project]:
    entry, spot = asked.entry, Spot(asked.document, asked.path, reading.faults)
    names = names_by_id(known)
    kind = known.get(known_id(entry.kind, names))
    if kind is None:
        problem = tr("no kind of project is called {kind}", kind=entry.kind)
        spot.report(problem, "kind", nearest=close(entry.kind, names))
        return []
    before = len(reading.faults)
    region = _region(entry, context, spot)
    begins = _begins(entry, context, spot)
    delivers = _delivers(entry, context.things, spot)
    if len(reading.faults) > before or entry.count == 0:
        return []
    first = _project(entry, kind, (region, begins, delivers), context, spot)
    return [] if first is None else _like(first, entry)


def _project(
    entry: ProjectEntry, kind: Kind, told: tuple[str, float, tuple[Delivers, ...]], context: Setting, spot: Spot
) -> Project | None:
    region, begins, delivers = told
    cost = cost_of(entry, kind.rule, delivers, context.things, spot)
    land = land_of(entry, kind.rule, delivers, context.things, spot)
    if cost is None or land is None:
        return None
    return Project(
        id=entry.id,
        entry=entry.id,
        number=0,
        name=kind.name if entry.name is None else entry.name.text,
        kind=kind.id,
        region=region,
        zone=ZONES.index(entry.zone),
        delivers=delivers,
        approval=kind.approval if entry.approval is None else chance(entry.approval),
        construction=kind.construction if entry.construction is None else chance(entry.construction),
        opening=kind.opening if entry.opening is None else chance(entry.opening),
        opens_in=entry.opens_in if entry.opens_in is not None else kind.opens_in,
        cost=cost,
        budget_share=kind.budget_share if entry.budget_share is None else entry.budget_share,
        land=land,
        crews=kind.crews if entry.crews is None else entry.crews,
        begins=begins,
        stage=entry.stage,
        priority=entry.rank,
        source=text_of(entry.source),
        place=spot.document.place(spot.path),
    )


def _like(first: Project, entry: ProjectEntry) -> list[Project]:
    """The entry's projects: one alone keeps the id, several are numbered and begin evenly over the years."""
    if entry.count == 1:
        return [first]
    every = 0.0 if entry.per_year is None else MONTHS_A_YEAR / entry.per_year
    return [
        replace(
            first,
            id=f"{entry.id}-{number}",
            number=number,
            name=tr("{name} {number}", name=first.name, number=number),
            begins=first.begins + on_grid((number - 1) * every),
        )
        for number in range(1, entry.count + 1)
    ]


def _region(entry: ProjectEntry, context: Setting, spot: Spot) -> str:
    if entry.region is None:
        if len(context.regions) > 1:
            names = ", ".join(context.regions)
            spot.report(tr("there are several regions; give one of {names}", names=names))
        return next(iter(context.regions))
    region = known_id(entry.region, context.regions)
    if region not in context.regions:
        problem = tr("region {region} is not in this scenario", region=entry.region)
        spot.report(problem, "region", nearest=close(entry.region, context.regions))
    return region


def _begins(entry: ProjectEntry, context: Setting, spot: Spot) -> float:
    end = month_of(context.base_year + 1)
    if entry.since is not None:
        since = moment(entry.since)
        if since >= end:
            year = context.base_year
            spot.report(
                tr("{since} is after the end of the base year {year}", since=entry.since, year=year),
                "since",
            )
        return since
    return end if entry.from_ is None else moment(entry.from_)


def _delivers(entry: ProjectEntry, things: Mapping[str, Thing], spot: Spot) -> tuple[Delivers, ...]:
    found: list[Delivers] = []
    names = names_by_id(things)
    for said, written in entry.delivers.items():
        here = Spot(spot.document, (*spot.path, "delivers", said), spot.faults)
        what = known_id(said, names)
        if what not in things:
            problem = tr("nothing that projects deliver is called {what}", what=what)
            fault = spot.document.fault(here.path, problem, close(what, names), at_key=True)
            spot.faults.append(fault)
            continue
        if any(one.what == what for one in found):  # by its id and by its name
            spot.faults.append(spot.document.fault(here.path, tr("is given twice"), at_key=True))
        amount = number_of(written, things[what].unit, here)
        if amount is not None:
            found.append(Delivers(what, amount.values[0]))
    return tuple(found)


def _check_ids(made: Sequence[Project], merged: Mapping[str, Asked], reading: Reading) -> None:
    first: dict[str, Project] = {}
    for project in made:
        other = first.setdefault(project.id, project)
        if other is not project:
            asked = merged[project.entry]
            problem = tr("its number {id} is taken by {entry}", id=project.id, entry=other.entry)
            reading.faults.append(asked.document.fault((*asked.path, "id"), problem))
