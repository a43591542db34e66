"""How people move in a scenario: by all that the model knows, by homes or jobs alone, or so as to come to totals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sim.common.errors import Fault
from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.registry import PARAMETERS
from sim.scenario.by_name import close, known_id
from sim.scenario.chain import ScenarioPart, last_part
from sim.scenario.library import Reading
from sim.scenario.quantities import Number, Spot, number, within
from sim.scenario.resolved import GroupRef, RegionRef, ResolvedScenario, Total
from sim.scenario.shapes.scenario_file import Mode
from sim.scenario.shapes.total_file import TotalEntry
from sim.scenario.shapes.words import text_if_any
from sim.scenario.shares import residents_of
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document

RESIDENTS: Final = "control.residents"
TOWNSPEOPLE: Final = "control.townspeople"
LED: Final = (RESIDENTS, f"{RESIDENTS}_years", TOWNSPEOPLE, f"{TOWNSPEOPLE}_years")
_STILL: Final[Mapping[Mode, tuple[str, ...]]] = {
    "follow_homes": ("pull.jobs", "pull.services", "pull.income"),
    "follow_jobs": ("pull.housing", "pull.services", "pull.income"),
}
"""What moves nobody in a mode."""
_MOST: Final = 5.0
"""Times the residents of the census that a total may be, or a share of them."""


class _Row(NamedTuple):
    """A total as it is asked: of whom, by what year, and where it is written."""

    path: str
    region: str
    year: int
    persons: Number
    spot: Spot


def stills(parts: Sequence[ScenarioPart]) -> list[Setting]:
    """The settings of the scenario's mode: what draws nobody in it."""
    part = last_part(parts, "mode")
    if part is None or part.model.mode is None:
        return []
    source = tr("mode {mode}: this moves nobody", mode=part.model.mode)
    origin = Origin(part.document.place(("mode",)), source, None, "0", "")
    return [_set(path, (0,), (0.0,), origin) for path in _STILL.get(part.model.mode, ())]


def led(whole: ResolvedScenario, parts: Sequence[ScenarioPart], reading: Reading) -> ResolvedScenario:
    """The scenario with the totals that its files give, and the settings that lead its people there."""
    _refuse(whole, reading)
    moving = last_part(parts, "mode")
    is_asked = moving is not None and moving.model.mode == "control_total"
    part = next((one for one in reversed(parts) if one.model.totals), None)
    if part is None or not is_asked:
        _check_both(moving, part, is_asked, reading)
        return whole
    regions = {reference.id: reference for reference in whole.regions}
    rows = [
        row
        for index, entry in enumerate(part.model.totals)
        for row in _rows(entry, part.document, index, (regions, whole.groups), reading)
    ]
    rows = [row for row in rows if _is_sound(row, rows, regions[row.region], (whole.base_year, whole.horizon))]
    return replace(
        whole,
        totals=tuple(
            Total(row.region, row.path, row.year, row.persons.values[0], row.persons.source)
            for row in sorted(rows, key=lambda row: (row.region, row.path, row.year))
        ),
        settings={id_: (*own, *_led(id_, rows, whole.base_year)) for id_, own in whole.settings.items()},
    )


def _check_both(moving: ScenarioPart | None, part: ScenarioPart | None, is_asked: bool, reading: Reading) -> None:
    """Reports totals that no mode leads to, and the mode without totals; a parent's may be let go by another mode.

    moving: the file that gives the mode; part: that gives totals.
    """
    if is_asked and moving is not None:
        problem = tr("gives no totals: write them in totals, by year")
        reading.faults.append(moving.document.fault(("mode",), problem))
    elif part is not None and moving is None:
        problem = tr("nothing leads people there: write mode: control_total")
        reading.faults.append(part.document.fault(("totals",), problem))


def _rows(
    entry: TotalEntry,
    document: Document,
    index: int,
    places: tuple[Mapping[str, RegionRef], Sequence[GroupRef]],
    reading: Reading,
) -> list[_Row]:
    """The totals that a row gives. places: regions by id, and groups of them, which have no total of their own."""
    spot, regions = Spot(document, ("totals", index), reading.faults), places[0]
    names = {one.id: one.name for one in regions.values()} | {one.id: one.name for one in places[1]}
    region = known_id(entry.region, names) if entry.region else (next(iter(regions)) if len(regions) == 1 else None)
    group = next((one for one in places[1] if region in (one.id, one.code)), None)
    if region is None:
        spot.report(tr("names no region, and the scenario has several: {regions}", regions=", ".join(regions)))
    elif group is not None and region not in regions:
        problem = tr(
            "{region} is several regions, and a total is of one: share it out in rows of {members}",
            region=region,
            members=", ".join(group.members),
        )
        spot.report(problem, "region")
    elif region not in regions:
        spot.report(
            tr("region {wanted} is not in this scenario", wanted=region), "region", nearest=close(region, names)
        )
    if region is None or region not in regions:
        return []
    source, found = text_if_any(entry.source), []
    for key, written, path in (("residents", entry.residents, RESIDENTS), ("urban", entry.urban, TOWNSPEOPLE)):
        here = spot._replace(path=(*spot.path, key))
        made = None if written is None else number(written, "person", here)
        if made is not None and _is_one(made, here) and within(made, 1.0, PARAMETERS[path].high, "person", here):
            found.append(_Row(path, region, entry.year, made._replace(source=made.source or source), here))
    return found


def _is_one(made: Number, spot: Spot) -> bool:
    if len(made.years) > 1 or made.dist is not None:
        spot.report(tr("a total is one number: give other years rows of their own"))
        return False
    return True


def _is_sound(row: _Row, rows: Sequence[_Row], region: RegionRef, years: tuple[int, int]) -> bool:
    """Whether a total is of a year of the run, given once, and of the size of its region; a fault if not."""
    persons, before = row.persons.values[0], residents_of(region)
    same = [one for one in rows if (one.path, one.region, one.year) == (row.path, row.region, row.year)]
    whole = [one.persons.values[0] for one in rows if one.path == RESIDENTS and one[1:3] == row[1:3]]
    problem: Text | None = None
    if not years[0] < row.year <= years[1]:
        problem = tr("{year} must be in {allowed}", year=row.year, allowed=f"{years[0] + 1}…{years[1]}")
    elif same[0] is not row:
        problem = tr("the total of {year} is given twice", year=row.year)
    elif row.path == TOWNSPEOPLE and whole and persons > whole[0]:
        problem = tr("more townspeople ({urban:,.0f}) than residents ({all:,.0f})", urban=persons, all=whole[0])
    elif before > 0.0 and (persons > _MOST * before or (row.path == RESIDENTS and persons * _MOST < before)):
        problem = tr(
            "{persons:,.0f} persons beside {before:,.0f} residents of the base year: check value and unit",
            persons=persons,
            before=before,
        )
    if problem is not None:
        row.spot.report(problem)
    return problem is None


def _refuse(whole: ResolvedScenario, reading: Reading) -> None:
    """Reports totals that are set as parameters: they stand in `totals`, with their year."""
    for one in dict.fromkeys(one for own in whole.settings.values() for one in own if one.path in LED):
        problem = tr("is given by the scenario's totals, with mode: control_total")
        reading.faults.append(Fault(one.origin.place, one.path, problem))


def _led(region: str, rows: Sequence[_Row], first: int) -> list[Setting]:
    """The settings that lead a region's people to its totals: for every year the next total, and the years to it."""
    made = []
    for path in (RESIDENTS, TOWNSPEOPLE):
        own = sorted((row for row in rows if row.region == region and row.path == path), key=lambda row: row.year)
        if own:
            run = range(first + 1, own[-1].year + 1)
            ahead = [next(row for row in own if row.year >= year) for year in run]
            left = tuple(float(row.year - year + 1) for row, year in zip(ahead, run, strict=True))
            written = ", ".join(f"{row.year}: {row.persons.written_value}" for row in own)
            place = own[0].spot.document.place(own[0].spot.path)
            origin = Origin(place, own[0].persons.source, None, written, own[0].persons.written_unit)
            values = tuple(row.persons.values[0] for row in ahead)
            made.append(_set(path, tuple(run), values, origin))
            made.append(_set(f"{path}_years", tuple(run), left, origin))
    return made


def _set(path: str, years: tuple[int, ...], values: tuple[float, ...], origin: Origin) -> Setting:
    bounds = (years[0], years[-1]) if path in LED else (None, None)
    return Setting(
        path=path,
        change="set",
        years=years,
        values=values,
        dist=Distribution("certain"),
        start=bounds[0],
        end=bounds[1],
        source=Given("scenario"),
        origin=origin,
    )
