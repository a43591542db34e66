"""What holds back a facility, a project or a commitment that is missed, from the dates, money and land of the run."""

from typing import Final

from sim.charts.curves import curves
from sim.charts.pipeline import Batch, batches, month
from sim.language import Language, Text
from sim.report.words import is_facility, is_opening
from sim.tables import RunTables, Verdict

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
        reasons.append(Text("资金", "money"))
    if boundary <= _NOTHING * found.mean("boundary_left").get(tables.base_year, 0.0):
        reasons.append(Text("开发边界内的用地", "land inside the development boundary"))
    elif land <= _NOTHING * land_year:
        reasons.append(Text("用地指标", "land quota"))
    words = reasons or [Text("排队或施工力量", "their turn or a crew")]
    zh, en = "、".join(word.zh for word in words), " and ".join(word.en for word in words)
    return Text(
        f"{year} 年末约有 {waiting:.0f} 个项目在等{zh}",
        f"at the end of {year} some {waiting:.0f} projects wait for {en}",
    )


def _is_missed(verdict: Verdict) -> bool:
    if verdict.delivered is not None:
        return bool(verdict.shortfall)
    return verdict.probability is not None and verdict.probability < _LIKELY


def _of_projects(tables: RunTables, verdict: Verdict) -> Text | None:
    year = verdict.year if verdict.year is not None else tables.test_year
    mine = _pool(tables, verdict)
    if mine is None:
        return shortage(tables, year) if is_facility(verdict) else None
    if not mine:
        return Text("方案中没有项目建设此项", "no project of the scenario builds it")
    late = [one for one in mine if one.opened.median is None or one.opened.median >= year + 1]
    if not late:
        return Text("相关项目届时都已启用,规模不够", "its projects are all open by then; they are too small")
    return _why_late(tables, max(late, key=lambda one: one.begins - one.latest), year)


def _pool(tables: RunTables, verdict: Verdict) -> tuple[Batch, ...] | None:
    """The projects that serve the target; None where that is not known."""
    if is_opening(verdict):
        entry = verdict.measure.removeprefix(_PROJECT)
        return batches([row for row in tables.projects if row.entry == entry])
    if verdict.measure == "projects_open":
        return batches(tables.projects)
    if verdict.measure in _THINGS:
        return batches([row for row in tables.projects if _THINGS[verdict.measure] in row.delivers]) or None
    thing = verdict.service
    if verdict.measure.startswith(_DELIVERED):
        thing = verdict.measure.removeprefix(_DELIVERED)
    return batches([row for row in tables.projects if thing in row.delivers]) if thing else None


def _why_late(tables: RunTables, one: Batch, year: int) -> Text:
    approved, started = one.approved.median, one.started.median
    waited = approved is not None and (started is None or started - approved > _QUARTER)
    if waited and approved is not None:
        lacking = shortage(tables, min(int(approved), year)) or shortage(tables, year)
        if lacking is not None:
            until = f"到 {month(started)}" if started is not None else ""
            since = f" until {month(started)}" if started is not None else ""
            return Text(
                f"{one.name.zh}批复后等待{until}:{lacking.zh}",
                f"{one.name.en} waits after approval{since}: {lacking.en}",
            )
    if one.begins > one.latest and year == tables.test_year:
        return Text(
            f"{one.name.zh}起步太晚:{month(one.begins)} 起步,按通常工期应在 {month(one.latest)} 前",
            f"{one.name.en} begins too late: in {month(one.begins)}, where the usual time asks for {month(one.latest)}",
        )
    opens = month(one.opened.median) if one.opened.median is not None else None
    return Text(
        f"{one.name.zh}要到 {opens or f'{tables.horizon} 年后'} 才启用",
        f"{one.name.en} opens only {f'in {opens}' if opens else f'after {tables.horizon}'}",
    )
