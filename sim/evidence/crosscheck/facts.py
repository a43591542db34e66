"""What a run and its regions' data hold for the textbook methods."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.units import factor, is_known
from sim.places.census import CensusRow, read_region
from sim.places.history import read_history
from sim.run.columns import Columns
from sim.run.tables import RunTables
from sim.scenario.resolved import GroupRef, RegionRef, ResolvedScenario

LONG_FORM: Final = 10.0
"""Persons for whom one of the census's long form stands."""

WORKING_AGES: Final = (15, 59)


@quickclass(frozen=True, slots=True)
class Facts:
    """Figures of a region or group.

    residents, urban: of censuses by year [person]; rural_labour: villagers of working age in the base year; employed
    and farming: residents who work, and who work in farming, in the base year; output: by year [any unit] with
    people: residents of the same years. None where there is no figure.
    """

    id: str
    folder: Path | None
    base_year: int
    residents: Mapping[int, float]
    urban: Mapping[int, float]
    rural_labour: float
    employed: float | None
    farming: float | None
    output: Mapping[int, float]
    people: Mapping[int, float]


def facts(scenario: ResolvedScenario, tables: RunTables) -> tuple[Facts, ...]:
    """Facts of every group and region of a run, in the order of its tables."""
    rows = {ref.id: _base_row(ref) for ref in scenario.regions}
    groups = {group.id: group for group in scenario.groups}
    regions = {ref.id: ref for ref in scenario.regions}
    found = []
    for id_, name in tables.regions:
        group = groups.get(id_)
        members = group.members if group else (id_,)
        found.append(_of_place(id_, name, _folder(group, regions.get(id_)), [rows[one] for one in members], tables))
    return tuple(found)


def _of_place(id_: str, name: Text, folder: Path | None, rows: list[CensusRow], tables: RunTables) -> Facts:
    seen = tables.observed.where(tables.observed["region"] == id_)
    census = seen.where(seen["series"] == "census")
    residents, urban = (_by_year(census, measure) for measure in ("resident", "urban"))
    if tables.base_year not in residents:
        residents = {tables.base_year: sum(row.resident for row in rows)}
        urban = {tables.base_year: sum(row.urban for row in rows)}
    output = _output(folder, name)
    known = _by_year(seen, "resident") | residents
    return Facts(
        id=id_,
        folder=folder,
        base_year=tables.base_year,
        residents=residents,
        urban=urban,
        rural_labour=_rural_labour(id_, tables),
        employed=_sum([row.employed_sample for row in rows]),
        farming=_sum([row.employed_agriculture_sample for row in rows]),
        output={year: value for year, value in output.items() if year in known},
        people={year: known[year] for year in output if year in known},
    )


def _folder(group: GroupRef | None, region: RegionRef | None) -> Path | None:
    if group is not None:
        return group.history.parent if group.history else None
    return region.folder if region else None


def _base_row(ref: RegionRef) -> CensusRow:
    return read_region(ref.folder)[ref.base_year]


def _by_year(table: Columns, measure: str) -> dict[int, float]:
    return {int(year): float(value) for year, value in table.where(table["measure"] == measure).rows("year", "value")}


def _rural_labour(id_: str, tables: RunTables) -> float:
    people = tables.pyramid
    chosen = (
        (people["region"] == id_)
        & (people["year"] == tables.base_year)
        & (people["zone"] == "rural")
        & (people["age"] >= WORKING_AGES[0])
        & (people["age"] <= WORKING_AGES[1])
    )
    return float(people["value"][chosen].sum())


def _sum(samples: list[float | None]) -> float | None:
    """Persons for whom the long forms of several regions stand; None where one has none."""
    known = [value for value in samples if value is not None]
    return LONG_FORM * sum(known) if len(known) == len(samples) else None


def _output(folder: Path | None, name: Text) -> dict[int, float]:
    """Gross product by year [yuan] from the yearly figures of a region's folder."""
    path = None if folder is None else folder / "history.csv"
    if path is None or not path.is_file():
        return {}
    return {
        one.year: one.value * factor(one.unit, "yuan")
        for one in read_history(path)
        if one.indicator == "gdp" and one.area == name.zh and is_known(one.unit)
    }
