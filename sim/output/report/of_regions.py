"""What regions of a run share and what is one's own: each value once, with the regions that it is of."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from sim.common.language import LANGUAGES, Text
from sim.output.texts import tr
from sim.run.tables import Assumption, RunTables

One = TypeVar("One", bound=Hashable)


def assumptions_of(tables: RunTables) -> list[tuple[Assumption, Text | None]]:
    """The values that the run used, each with the names of the regions it is of; None where all regions share it."""
    pairs = ((_anywhere(one), one.region) for one in tables.assumptions)
    return _told(pairs, lambda one: one.path, tables)


def marks_of(tables: RunTables) -> list[tuple[tuple[Text, str, Text], Text | None]]:
    """How parts of the base year came about, each with the names of the regions it is of; None where all share it."""
    is_told = len(tables.mark_regions) == len(tables.marks)  # an earlier version did not keep them
    regions = tables.mark_regions if is_told else ("",) * len(tables.marks)
    return _told(zip(tables.marks, regions, strict=True), lambda mark: mark[0], tables)


def _anywhere(one: Assumption) -> Assumption:
    return Assumption(one.path, one.name, one.value, one.unit, one.source, one.place, one.changes)


def _told(
    pairs: Iterable[tuple[One, str]], about: Callable[[One], Hashable], tables: RunTables
) -> list[tuple[One, Text | None]]:
    """Each once, those about the same together, in the order in which they are met."""
    found: dict[One, dict[str, None]] = {}
    for one, region in pairs:
        found.setdefault(one, {})[region] = None
    every = dict.fromkeys(region for regions in found.values() for region in regions)
    order: dict[Hashable, list[One]] = {}
    for one in found:
        order.setdefault(about(one), []).append(one)
    return [(one, _names(list(found[one]), list(every), tables)) for alike in order.values() for one in alike]


def _names(regions: list[str], every: list[str], tables: RunTables) -> Text | None:
    if len(regions) == len(every):
        return None
    others = [region for region in every if region not in regions]
    if len(others) < len(regions) and len(regions) > 2:
        return tr("all but {names}", names=_listed(others, tables))
    return _listed(regions, tables)


def _listed(regions: list[str], tables: RunTables) -> Text:
    known = dict(tables.regions)
    names = [known.get(region, Text(region, region)) for region in regions]
    zh, en = (tr(", ").in_(side).join(name.in_(side) for name in names) for side in LANGUAGES)
    return Text(zh, en)
