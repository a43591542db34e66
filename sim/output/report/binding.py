"""What holds back a facility, a project or a commitment that is missed, from the dates, money and land of the run."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text, joined
from sim.common.numbers import quantity
from sim.model.projects.records import ProjectRow
from sim.output.charts.pipeline import Batch, batches, month
from sim.output.report.words import is_facility, is_opening
from sim.output.texts import tr
from sim.run.answers import Delivery, Lacking, Need, Start, Supply, Verdict, Works
from sim.run.curves import curves
from sim.run.tables import RunTables, Stuck

_LIKELY: Final = 0.5
_NOTHING: Final = 0.02
"""Part of a year's money or land below which nothing is left."""
_QUARTER: Final = 0.25
"""Years that a project may wait for its turn without being held back."""
_DELIVERED: Final = "delivered."
_PROJECT: Final = "project."
_THINGS: Final = {
    "public_rental_delivered": "public_rental_homes",
    "affordable_rental_delivered": "affordable_homes",
    "talent_homes_delivered": "talent_homes",
    "resettlement_delivered": "resettlement_homes",
    "renovated": "renovated_homes",
    "shanty_replaced": "demolished_homes",
}
"""What projects deliver, by measures of what policies deliver too."""


def binding(tables: RunTables, verdict: Verdict, language: Language) -> str:
    """What binds where the verdict misses, in a sentence; empty where it is met or the run cannot tell."""
    if not _is_missed(verdict):
        return ""
    said = _of_projects(tables, verdict)
    return said.in_(language) if said else ""


def shortage(tables: RunTables, year: int) -> Text | None:
    """What the projects that wait at a year's end wait for; None where none does."""
    names = ("projects_waiting", "money_left", "money_year", "land_left", "land_year", "boundary_left")
    found = curves(tables, names)
    waiting, money, money_year, land, land_year, boundary = (found.mean(name).get(year, 0.0) for name in names)
    if waiting < 0.5:
        return None
    reasons = []
    if money <= _NOTHING * money_year:
        reasons.append(tr("money"))
    if boundary <= _NOTHING * found.mean("boundary_left").get(tables.base_year, 0.0):
        reasons.append(tr("land inside the development boundary"))
    elif land <= _NOTHING * land_year:
        reasons.append(tr("land quota"))
    words = reasons or [tr("their turn or a crew")]
    return tr(
        "at the end of {year} some {waiting:.0f} projects wait for {part}",
        year=year,
        waiting=waiting,
        part=joined(words, "、", " and "),
    )


def why_stuck(one: Stuck, horizon: int, language: Language) -> Text:
    """Why a project can never start for lack of money, and how many wait behind it."""
    cost, most = (quantity(value, "yuan", language) for value in (one.cost, one.most))
    said = tr(
        "{name} cannot start by the end of {horizon}: it takes {cost} at once, and what a year has of its own, carried "
        "over (budget.carry) and borrowed (budget.debt_ceiling) is never more than {most} ({year})",
        name=one.name,
        horizon=horizon,
        cost=cost,
        most=most,
        year=one.year,
    )
    if not one.behind:
        return said
    if one.behind == 1:
        return tr("{said}; one project waits behind it", said=said)
    return tr("{said}; {n} projects wait behind it", said=said, n=one.behind)


def _is_missed(verdict: Verdict) -> bool:
    if isinstance(verdict.answer, Delivery):
        return bool(verdict.shortfall)
    if isinstance(verdict.answer, Start):  # whatever is assumed of its start, it does not open within the run
        return verdict.answer.assumed is not None and verdict.answer.first_year is None
    return verdict.probability is not None and verdict.probability < _LIKELY


def _of_projects(tables: RunTables, verdict: Verdict) -> Text | None:
    year = verdict.year if verdict.year is not None else tables.test_year
    rows = _pool(tables, verdict)
    if rows is None:
        return shortage(tables, year) if is_facility(verdict) else None
    if not rows:
        return tr("no project of the scenario builds it")
    late = [one for one in batches(rows) if one.opened.median is None or one.opened.median >= year + 1]
    if not late:
        return tr("its projects are all open by then; they are too small")
    held_up = _stuck(tables, rows)
    if held_up is not None:
        return held_up
    return _why_late(tables, max(late, key=lambda one: one.begins - one.latest), year)


def _stuck(tables: RunTables, rows: Sequence[ProjectRow]) -> Text | None:
    """That one of these projects can never start for lack of money, or waits behind one that cannot."""
    own = next((one for one in tables.stuck if any(one.id == row.id for row in rows)), None)
    if own is not None:
        return tr("{name}: the money that it takes at once never comes together within the run", name=own.name)
    waiting = [row for row in rows if row.approved.median is not None and row.started.median is None]
    ahead = next((one for one in tables.stuck for row in waiting if _waits_behind(row, one)), None)
    if ahead is None:
        return None
    return tr("waiting behind {name}, whose money never comes together", name=ahead.name)


def _waits_behind(row: ProjectRow, one: Stuck) -> bool:
    return row.region == one.region and (row.approved.median or 0.0) >= one.since


def _pool(tables: RunTables, verdict: Verdict) -> tuple[ProjectRow, ...] | None:
    """The projects that serve the target; None where that is not known."""
    if is_opening(verdict):
        entry = verdict.measure.removeprefix(_PROJECT)
        return tuple(row for row in tables.projects if row.entry == entry)
    if verdict.measure == "projects_open":
        return tables.projects
    if verdict.measure in _THINGS:
        return tuple(row for row in tables.projects if _THINGS[verdict.measure] in row.delivers) or None
    thing = verdict.answer.service if isinstance(verdict.answer, Need | Supply | Works | Lacking) else ""
    if verdict.measure.startswith(_DELIVERED):
        thing = verdict.measure.removeprefix(_DELIVERED)
    return tuple(row for row in tables.projects if thing in row.delivers) if thing else None


def _why_late(tables: RunTables, one: Batch, year: int) -> Text:
    approved, started = one.approved.median, one.started.median
    waited = approved is not None and (started is None or started - approved > _QUARTER)
    if waited and approved is not None:
        lacking = shortage(tables, min(int(approved), year)) or shortage(tables, year)
        if lacking is not None:
            since = tr(" until {month}", month=month(started)) if started is not None else Text("", "")
            return tr(
                "{name}: waiting after approval{since}, as {lacking}",
                name=one.name,
                since=since,
                lacking=lacking,
            )
    if one.begins > one.latest and year == tables.test_year:
        return tr(
            "{name}: begun too late, in {begins}; the usual time asks for {latest}",
            name=one.name,
            begins=month(one.begins),
            latest=month(one.latest),
        )
    if one.opened.median is None:
        return tr("{name}: open only after {year}", name=one.name, year=tables.horizon)
    return tr("{name}: open only in {month}", name=one.name, month=month(one.opened.median))
