"""The project pool in the report: when it opens, and how late is too late."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING
from sim.common.typography import sentence
from sim.model.projects.records import Moment
from sim.output.charts.pipeline import Batch, batches, chosen, month
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Column, Folded, Paragraph, Section, Table, listed
from sim.output.layout.values import Cell, capital, kept, under
from sim.output.report.binding import why_stuck
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables, Stuck

_TITLE: Final = tr("Projects")
_LONG: Final = 20
_STAGES: Final = ("projects_waiting", "projects_building", "projects_open")


def projects(tables: RunTables, language: Language) -> Section:
    """The section on projects; one sentence where the scenario has none, nothing where their dates were not kept."""
    drawn = Charts(of_section("projects", tables, language), wide=True)
    if not drawn:
        found = curves(tables, _STAGES)
        some = any(any(found.mean(stage).values()) for stage in _STAGES)
        nothing = Paragraph(tr("The scenario has no projects."), "remark")
        return Section("projects", _TITLE, () if some else (nothing,))
    pool = batches(chosen(tables))
    said = [lead_times(pool, tables), *(_standing(one, tables, language) for one in tables.stuck)]
    remarks = (Paragraph(text, "remark") for text in said)
    return Section("projects", _TITLE, (*remarks, drawn, _pool(pool, tables)))


def lead_times(pool: Sequence[Batch], tables: RunTables) -> Text:
    """How many open by the test year's end, and until when a project must begin to count by then."""
    year = tables.test_year
    many, open_ = sum(one.many for one in pool), sum(one.many * one.in_time for one in pool)
    ahead = [one for one in pool if one.approved.median is None or one.approved.median > one.begins] or list(pool)
    rank = sorted(ahead, key=lambda one: one.latest)
    first, last = rank[0], rank[-1]
    middle = month(median(one.latest for one in ahead))
    shortest, longest = (f"{bound(one.lead for one in ahead):.0f}" for bound in (min, max))
    times = tr("{n}", n=longest) if shortest == longest else tr("{low}–{high}", low=shortest, high=longest)
    said = tr(
        "Of {many} projects, {open:.0f} are expected to be open by the end of {year}. From the beginning of approval "
        "to opening they take {times} {unit} by the usual times of their kinds: even with money and land at hand, what "
        "is decided after {middle} hardly counts in {year}",
        many=many,
        open=open_,
        year=year,
        times=times,
        unit="month" if times.en == "1" else "months",
        middle=middle,
    )
    if month(first.latest) != month(last.latest):
        said += tr(
            " ({name}: {latest}; {other}: {end})",
            name=first.name,
            latest=month(first.latest),
            other=last.name,
            end=month(last.latest),
        )
    return tr("{part}.", part=said)


def _standing(one: Stuck, tables: RunTables, language: Language) -> Text:
    """Why a project never starts, as a sentence."""
    said = why_stuck(one, tables.horizon, language)
    return tr("{said}.", said=Text(said.zh, sentence(said.en)))


def _pool(pool: Sequence[Batch], tables: RunTables) -> Folded | Table:
    """The table of the pool, folded where it is long: the chart above shows the same."""
    year, last, regions = tables.test_year, tables.horizon, dict(tables.regions)
    caption = tr("The pool: medians of all draws; the usual time has no waiting in it")
    in_time = Column(tr("Open by the end of {year}", year=year), "share")
    latest = Column(tr("Latest start for {year}", year=year), "number")
    made = listed(
        "projects",
        caption,
        pool,
        (Column(tr("Project")), lambda one: _named(one, regions)),
        (Column(tr("Begins"), "number"), lambda one: _month(one.begins)),
        (Column(tr("Approved"), "number"), lambda one: _month(one.approved.median)),
        (Column(tr("Starts"), "number"), lambda one: _month(one.started.median)),
        (Column(tr("Opens (80% range)"), "number"), lambda one: _opening(one.opened, last)),
        (in_time, lambda one: one.in_time),
        (Column(tr("Usual time, months"), "number"), lambda one: one.lead),
        (latest, lambda one: _month(one.latest)),
    )
    many = len(pool)
    return made if many <= _LONG else Folded(tr("The pool: {pool} rows", pool=many), made)


def _named(one: Batch, regions: Mapping[str, Text]) -> Cell:
    many = f" ×{one.many}" if one.many > 1 else ""
    place = [regions[one.region]] if len(regions) > 1 and one.region in regions else []
    return under((capital(one.name), many), *place)


def _month(moment: float | None) -> Cell:
    return None if moment is None else kept(month(moment))


def _opening(opened: Moment, horizon: int) -> Cell:
    later = tr("after {horizon}", horizon=horizon)
    if opened.median is None:
        return later
    low = MISSING if opened.low is None else month(opened.low)
    if opened.high is None:
        return under(_month(opened.median), kept(Text(f"({low} – {later.zh})", f"({low} – {later.en})")))
    high = month(opened.high)
    return _month(opened.median) if low == high else under(_month(opened.median), kept(f"({low} – {high})"))
