"""What each of several regions has of a policy that is sized in persons for all of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput
from sim.common.plain import content
from sim.model.draws.setting import OfPolicy, Setting
from sim.model.registry import PARAMETERS
from sim.scenario.resolved import GroupRef, RegionRef
from sim.scenario.texts import tr

_SHARED: Final = ("person/year", "person-time/year", "home/year", "yuan/year", "m²/year")
"""Units of what policies bring to all regions of a scenario together."""


def shares(regions: Sequence[RegionRef]) -> dict[str, float]:
    """Each region's share of the residents of all [1], by the base year's census; equal where a census is unread.

    A census file that cannot be read is a fault of the run, which reads it in full.
    """
    residents = {region.id: residents_of(region) for region in regions}
    if not all(residents.values()):
        return {region.id: 1.0 / len(regions) for region in regions}
    total = sum(residents.values())
    return {name: count / total for name, count in residents.items()}


def divided(settings: Sequence[Setting], share: float) -> list[Setting]:
    """The settings of one region: persons that policies bring to all regions together, times its share."""
    if share == 1.0:
        return list(settings)
    return [_part(setting, share) if _is_shared(setting) else setting for setting in settings]


def _is_shared(setting: Setting) -> bool:
    if setting.policy is None or setting.change != "add" or setting.path not in PARAMETERS:
        return False
    return PARAMETERS[setting.path].unit in _SHARED


def _part(setting: Setting, share: float) -> Setting:
    of_all = tr("{share:.1%} of the figure for all regions, by residents of the base year", share=share)
    note = setting.origin.note
    said = of_all if note is None else tr("{note}; {of_all}", note=note, of_all=of_all)
    values = tuple(value * share for value in setting.values)
    source = setting.source
    if isinstance(source, OfPolicy) and source.sized is not None:
        source = replace(source, sized=(*source.sized, share))
    return replace(setting, values=values, source=source, origin=replace(setting.origin, note=said))


def residents_of(region: RegionRef) -> float:
    """Residents of the base year by the census [persons]; 0 where it cannot be read."""
    return _residents(region.census, region.base_year)


def residents_by_place(regions: Iterable[RegionRef], groups: Iterable[GroupRef]) -> dict[str, float]:
    """Residents of the base year by region, and of groups whose members are all known [persons]; 0 where unknown."""
    known = {region.id: residents_of(region) for region in regions}
    for group in groups:
        members = [known.get(member, 0.0) for member in group.members]
        known[group.id] = sum(members) if all(members) else 0.0
    return known


def _residents(census: Path | None, year: int) -> float:
    try:
        if census is None:
            return 0.0
        text = content(census).decode("utf-8-sig")
        rows: Sequence[Mapping[str, str]] = list(csv.DictReader(io.StringIO(text, newline="")))
        found = [float(row["value"]) for row in rows if row["year"] == str(year) and row["item"] == "resident"]
    except (InvalidInput, UnicodeError, csv.Error, KeyError, TypeError, ValueError):
        return 0.0
    return max(found[0], 0.0) if found else 0.0
