"""The project pool in the report: when it opens, and how late is too late."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, percent
from sim.common.typography import sentence
from sim.model.projects.records import Moment
from sim.output.charts.pipeline import Batch, batches, chosen, month
from sim.output.charts.registry import of_section
from sim.output.report.binding import why_stuck
from sim.output.report.html import Cell, Html, element, folded, table
from sim.output.report.page import charts
from sim.output.report.panel import under
from sim.output.report.part import Part, part, remark
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables, Stuck

_LONG: Final = 20
_STAGES: Final = ("projects_waiting", "projects_building", "projects_open")


def projects(tables: RunTables, language: Language) -> Part:
    """The section on projects; one sentence where the scenario has none, nothing where their dates were not kept."""
    title = tr("Projects")
    figures = of_section("projects", tables, language)
    if not figures:
        found = curves(tables, _STAGES)
        if any(any(found.mean(stage).values()) for stage in _STAGES):
            return Part(Html(""))
        nothing = tr("The scenario has no projects.")
        return part("projects", title, language, remark(nothing, language))
    pool = batches(chosen(tables))
    body = part(
        "projects",
        title,
        language,
        remark(lead_times(pool, tables), language),
        *(remark(_standing(one, tables, language), language) for one in tables.stuck),
        charts(figures, wide=True),
        _pool(pool, tables, language),
    ).body
    return Part(body, figures)


def lead_times(pool: Sequence[Batch], tables: RunTables) -> Text:
    """How many open by the test year's end, and until when a project must begin to count by then."""
    year = tables.test_year
    many, open_ = sum(one.many for one in pool), sum(one.many * one.in_time for one in pool)
    ahead = [one for one in pool if one.approved.median is None or one.approved.median > one.begins] or list(pool)
    rank = sorted(ahead, key=lambda one: one.latest)
    first, last = rank[0], rank[-1]
    middle = month(median(one.latest for one in ahead))
    shortest, longest = (f"{bound(one.lead for one in ahead):.0f}" for bound in (min, max))
    times = longest if shortest == longest else f"{shortest}—{longest}"
    unit = "month" if times == "1" else "months"
    zh = (
        f"{many} 个项目中预计有 {open_:.0f} 个在 {year} 年末前启用。从审批起步到启用按通常工期需 {times} 个月,"
        f"即使不等资金和用地,{middle} 以后才决定的项目对 {year} 年也基本没有作用"
    )
    en = (
        f"Of {many} projects, {open_:.0f} are expected to be open by the end of {year}. From the beginning of approval "
        f"to opening they take {times.replace('—', '–')} {unit} by the usual times of their kinds: even with money and "
        f"land at hand, what is decided after {middle} hardly counts in {year}"
    )
    if month(first.latest) != month(last.latest):
        zh += f"({first.name.zh}须在 {month(first.latest)} 前,{last.name.zh}须在 {month(last.latest)} 前起步)"
        en += f" ({first.name.en}: {month(first.latest)}; {last.name.en}: {month(last.latest)})"
    return tr("{part}.", part=Text(zh, en))


def _standing(one: Stuck, tables: RunTables, language: Language) -> Text:
    """Why a project never starts, as a sentence."""
    said = why_stuck(one, tables.horizon, language)
    return tr("{said}.", said=Text(said.zh, sentence(said.en)))


def _pool(pool: Sequence[Batch], tables: RunTables, language: Language) -> Html:
    """The table of the pool, folded where it is long: the chart above shows the same."""
    made = _table(pool, tables, language)
    if len(pool) <= _LONG:
        return made
    return folded(tr("The pool: {pool} rows", pool=len(pool)).in_(language), made)


def _table(pool: Sequence[Batch], tables: RunTables, language: Language) -> Html:
    year = tables.test_year
    heads = [
        tr("Project"),
        tr("Begins"),
        tr("Approved"),
        tr("Starts"),
        tr("Opens (80% range)"),
        tr("Open by the end of {year}", year=year),
        tr("Usual time, months"),
        tr("Latest start for {year}", year=year),
    ]
    rows: list[Sequence[Cell]] = [
        [
            _named(one, tables, language),
            _month(one.begins),
            _month(one.approved.median),
            _month(one.started.median),
            _opening(one.opened, tables, language),
            percent(one.in_time),
            f"{one.lead:.0f}",
            _month(one.latest),
        ]
        for one in pool
    ]
    caption = tr("The pool: medians of all draws; the usual time has no waiting in it")
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, range(1, len(heads)))


def _named(one: Batch, tables: RunTables, language: Language) -> Html:
    name = sentence(one.name.in_(language)) + (f" ×{one.many}" if one.many > 1 else "")
    regions = dict(tables.regions)
    if len(regions) > 1 and one.region in regions:
        return under(element("span", name), regions[one.region].in_(language))
    return element("span", name)


def _month(moment: float | None) -> Html:
    return element("span", MISSING) if moment is None else element("span", month(moment), classes="nowrap")


def _opening(opened: Moment, tables: RunTables, language: Language) -> Cell:
    later = tr("after {horizon}", horizon=tables.horizon).in_(language)
    if opened.median is None:
        return later
    low = MISSING if opened.low is None else month(opened.low)
    high = later if opened.high is None else month(opened.high)
    if low == high:
        return _month(opened.median)
    return under(_month(opened.median), element("span", f"({low} – {high})", classes="nowrap"))
