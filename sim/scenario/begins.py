"""A base year after the census: people carried forward to it, brought to what is known of it, and then let go.

Plain Python: a scenario is checked without a numerical library.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.paths import library
from sim.common.plain import content
from sim.common.sheets import HISTORY, INDICATORS, is_sheet, read_sheet
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.registry import FIXED_PREFIXES
from sim.scenario.chain import ScenarioPart, last_part
from sim.scenario.closure import Made, how_made
from sim.scenario.library import Reading
from sim.scenario.policies import Policy
from sim.scenario.regions import Found
from sim.scenario.resolved import GroupRef, PolicyRef, RegionRef
from sim.scenario.texts import tr

FILE: Final = Path("calibration") / "national" / "controls.csv"
CONTROL: Final = "control."
URBAN: Final = "control.urban"
PATHS: Final = (URBAN, "control.rural")
_OWN: Final = ("resident_pop", "urban_pop", "urbanization_rate")
_LAST: Final = 2025
_FIRST: Final = 2020
"""The census that rates and their yearly factors lead on from, and the last year that both are held to."""


def outset(parts: Sequence[ScenarioPart], found: Found, reading: Reading) -> int | None:
    """The base year that is asked for, None where it is the census's own; a fault where nothing is known of it."""
    part = last_part(parts, "base_year")
    region = next((one for one, _ in found.regions.values()), None)
    if part is None or part.model.base_year is None or region is None or part.model.base_year == region.base_year:
        return None
    year, census, problem = part.model.base_year, region.base_year, None
    if year < census:
        problem = tr(
            "{name} is known from the census of {census}: no run starts before", name=region.name, census=census
        )
    elif census != _FIRST:
        problem = tr(
            "only the census of {first} is carried forward, {name} is known from that of {census}: leave base_year out",
            first=_FIRST,
            name=region.name,
            census=census,
        )
    elif year > _LAST:
        problem = tr(
            "the nation's figures of {year} are not known to the program: a base year from {census} to {last}",
            year=year,
            census=census,
            last=_LAST,
        )
    if problem is None:
        return year
    reading.faults.append(part.document.fault(("base_year",), problem))
    return None


def carried(
    found: Found, in_use: Sequence[Policy], changes: Sequence[Setting], year: int | None, reading: Reading
) -> tuple[Found, list[Setting]]:
    """The regions brought to known totals in the base year, and what a scenario asks for in force after it.

    year: None where nothing is carried forward. What would act before or never is a fault.
    """
    if year is None:
        for one in changes:
            if one.path in PATHS:
                problem = tr("this acts in a base year that is carried forward, and the scenario gives no base_year")
                reading.faults.append(Fault(one.origin.place, one.path, problem))
        return found, list(changes)
    _check(in_use, changes, year, reading)
    later = [replace(one, start=year + 1) if one.start is None and _is_asked(one) else one for one in changes]
    return _controlled(found, year), later


def since(policy: PolicyRef, year: int | None) -> PolicyRef:
    """A policy as it is told: in force from the year after the base year where it names none."""
    return policy if year is None or policy.start is not None else replace(policy, start=year + 1)


def _check(in_use: Sequence[Policy], changes: Sequence[Setting], year: int, reading: Reading) -> None:
    """Reports what begins by the base year: what acted before it is in its figures already."""
    problem = tr(
        "what acted up to {year} is in the people of the base year {year}: begin in {next} or later, or leave the "
        "year out",
        year=year,
        next=year + 1,
    )
    for policy in in_use:
        asked, use = policy.use.asked, policy.use
        if asked.from_ is not None and asked.from_ <= year:
            reading.faults.append(use.document.fault((*use.path, "from"), problem))
    for one in changes:
        if _is_asked(one) and one.policy is None and one.start is not None and one.start <= year:
            reading.faults.append(Fault(one.origin.place, f"{one.path}.from", problem))


def _is_asked(one: Setting) -> bool:
    """Whether a scenario asks for it, of the years that are run."""
    given = one.source.by if isinstance(one.source, Given) else "policy"
    return given in ("policy", "scenario", "override") and not one.path.startswith((*FIXED_PREFIXES, CONTROL))


def _controlled(found: Found, year: int) -> Found:
    """The regions with factors that bring them to their province's totals, but for those with figures of their own."""
    groups, regions = tuple(found.groups.values()), {}
    for name, (region, rates) in found.regions.items():
        known = has_figures(region, groups, year)
        regions[name] = (region, rates if known else [*rates, *_controls(region, rates, year)])
    return Found(regions, found.groups)


def has_figures(region: RegionRef, groups: Sequence[GroupRef], year: int) -> bool:
    """Whether a region, or a group that it is of, has published figures of its residents up to a year."""
    return has_own(region.history or region.folder / "history.csv", region.name.zh, year) or any(
        has_own(group.history, group.name.zh, year) for group in groups if region.id in group.members
    )


def has_own(history: Path | None, name: str, year: int) -> bool:
    """Whether a place has published figures of its residents after the census, up to a year."""
    if history is None:
        return False
    try:
        return any(
            row["area"] == name
            and INDICATORS.get(row["indicator"], row["indicator"]) in _OWN
            and _FIRST < int(row["year"]) <= year
            for row in _rows(history)
            if not row["series"].startswith("pre-census")
        )
    except (InvalidInput, UnicodeError, csv.Error, KeyError, TypeError, ValueError):
        return False  # a file that cannot be read is a fault of the run, which reads it in full


def _rows(history: Path) -> list[dict[str, str]]:
    """The rows of a history, be it a CSV or a sheet, as they are written."""
    if is_sheet(history, HISTORY):
        sheet = read_sheet(history, HISTORY)
        return [dict(zip(sheet.columns, cells, strict=True)) for _, cells in sheet.rows]
    return list(csv.DictReader(io.StringIO(content(history).decode("utf-8-sig"), newline="")))


def _controls(region: RegionRef, rates: Sequence[Setting], year: int) -> list[Setting]:
    made, table = how_made(region, rates), load()
    keys = [(made, code, year) for code in (f"{region.code[:4]}00", f"{region.code[:2]}0000")]
    factors = next((table[key] for key in keys if key in table), None)
    if factors is None:
        return []
    source = tr(
        "control: the counties of {area}, run with rates of this kind and summed, against its figures of {known}",
        area=(region.parent or region.province) if keys[0] in table else region.province,
        known=factors[2],
    )
    return [
        Setting(
            path=path,
            change="times",
            years=(year,),
            values=(factor,),
            start=year,
            end=year,
            source=Given("nation", 1),
            origin=Origin(Place(str(library() / FILE)), source, None, f"{factor:g}", ""),
        )
        for path, factor in zip(PATHS, factors[:2], strict=True)
    ]


@cache
def load() -> dict[tuple[Made, str, int], tuple[float, float, int]]:
    """Factors on town and village residents by how rates were made, area and year, with the year of its figures."""
    path = library() / FILE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {
                ("learnt" if row["rates"] == "learnt" else "fitted", row["code"], int(row["year"])): (
                    float(row["urban"]),
                    float(row["rural"]),
                    int(row["known"]),
                )
                for row in csv.DictReader(file)
            }
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise fault(str(path), "", tr("not a table of factors: {problem}", problem=problem)) from None
