"""The project pool as a Gantt chart: approval, waiting, building, and when it opens."""

import math
from collections.abc import Sequence
from statistics import median
from textwrap import shorten
from typing import Final

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.common.typography import sentence
from sim.model.projects.records import Moment, ProjectRow
from sim.output.charts.notes import above, upright
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    GRID,
    INK,
    MUTED,
    PAPER,
    SCENARIOS,
    STATUS,
    TARGET,
    Figure,
    Spec,
    Trace,
    figure,
    margins,
    plain,
    tint,
)
from sim.output.charts.traces import lying, marker, points, whiskers
from sim.output.texts import tr
from sim.run.tables import RunTables

MOST: Final = 40
"""Rows of a chart that can still be read."""

_APPROVAL, _WAITING, _BUILDING = tint(SCENARIOS[0], 0.28), "#e4c48d", tint(SCENARIOS[0], 0.85)
_IN_TIME, _LATE = STATUS["likely"], PAPER


@quickclass(frozen=True, slots=True)
class Batch:
    """Like projects of one entry of the pool: the first one's beginning and start, the last one's opening.

    many: how many they are; in_time: share of them, over all groups, that is open at the test year's end [1].
    """

    name: Text
    kind: str
    region: str
    many: int
    delivers: tuple[str, ...]
    begins: float
    approved: Moment
    started: Moment
    opened: Moment
    lead: float
    latest: float
    in_time: float


def batches(rows: Sequence[ProjectRow]) -> tuple[Batch, ...]:
    """The projects by entry, those that begin first on top."""
    by_entry: dict[tuple[str, str], list[ProjectRow]] = {}
    for row in rows:
        by_entry.setdefault((row.region, row.entry), []).append(row)
    found = [_batch(like) for like in by_entry.values()]
    return tuple(sorted(found, key=lambda one: (one.begins, _late(one.opened.median))))


def month(moment: float) -> str:
    """A moment [year, with its fraction] as a month, 2023-06."""
    whole = math.floor(moment * 12.0 + 1e-6)
    return f"{whole // 12}-{whole % 12 + 1:02d}"


def gantt(tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
    """When projects are approved, start and open: medians, with the 80% range of the opening; None without projects.

    region: whose projects; all where it is None or a group. At most 40 rows, those that begin first.
    """
    every = batches(chosen(tables, region))
    if not every:
        return None
    shown, end = every[:MOST], float(tables.horizon + 1)
    names = _labels(tables, shown, language)
    traces = [*_stages(shown, names, end, language), *_openings(shown, names, end, tables.test_year + 1.0, language)]
    count = sum(one.many for one in every)
    words = tr("When projects open")
    left = sum(one.many for one in every[MOST:])
    more = tr("; {left} later ones are not drawn", left=left) if left else Text("", "")
    subtitle = tr("{count} projects, medians; whiskers are 80% ranges of the opening{more}", count=count, more=more)
    dates = [_late(moment) for one in shown for moment in (one.opened.high, one.opened.median, one.started.high)]
    last = min(max(*dates, tables.test_year + 1.0) + 1.0, end) if all(map(math.isfinite, dates)) else end
    layout = _layout(len(shown), (min(one.begins for one in shown), math.ceil(last)), tables.test_year, language)
    return figure(traces, words.in_(language), subtitle.in_(language), layout, language)


def chosen(tables: RunTables, region: str | None = None) -> tuple[ProjectRow, ...]:
    """The projects of a region; all of them for a group of regions, or where none is asked for."""
    own = tuple(row for row in tables.projects if row.region == region)
    return own or (tables.projects if region in (None, tables.regions[0][0]) else ())


def _batch(like: Sequence[ProjectRow]) -> Batch:
    first, last = like[0], max(like, key=lambda row: (_late(row.opened.median), _late(row.opened.high)))
    name = first.name
    if len(like) > 1:
        name = Text(*(said.removesuffix(str(first.number)).rstrip() for said in (name.zh, name.en)))
    return Batch(
        name,
        first.kind,
        first.region,
        len(like),
        first.delivers,
        min(row.begins for row in like),
        min((row.approved for row in like), key=lambda moment: _late(moment.median)),
        min((row.started for row in like), key=lambda moment: _late(moment.median)),
        last.opened,
        median(row.lead for row in like),
        min(row.latest for row in like),
        sum(row.opened_by_test for row in like) / len(like),
    )


def _late(moment: float | None) -> float:
    return math.inf if moment is None else moment


def _labels(tables: RunTables, shown: Sequence[Batch], language: Language) -> list[str]:
    """One name a row, no two the same, short enough to stand beside the bars."""
    regions = dict(tables.regions) if len({one.region for one in shown}) > 1 else {}
    names: list[str] = []
    for one in shown:
        name = sentence(one.name.in_(language))
        space = "" if language == "zh" else " "
        place = f"{space}({regions[one.region].in_(language)})" if one.region in regions else ""
        many = f" ×{one.many}" if one.many > 1 else ""
        short = name if language == "zh" and len(name) <= 20 else _short(name, language)
        label = plain(short + place + many)
        while label in names:
            label += "\u200b"  # Plotly draws rows of one name on top of each other
        names.append(label)
    return names


def _short(name: str, language: Language) -> str:
    return name[:19] + "…" if language == "zh" else shorten(name, 44, placeholder=" …")


def _stages(shown: Sequence[Batch], names: Sequence[str], end: float, language: Language) -> list[Trace]:
    spans = {
        "approval": (tr("Approval"), _APPROVAL, [(one.begins, one.approved.median) for one in shown]),
        "waiting": (
            tr("Waiting for money, land or a crew"),
            _WAITING,
            [(_late(one.approved.median), one.started.median) for one in shown],
        ),
        "building": (
            tr("Construction to opening"),
            _BUILDING,
            [(_late(one.started.median), one.opened.median) for one in shown],
        ),
    }
    traces: list[Trace] = []
    for name, colour, times in spans.values():
        starts = [min(start, end) for start, _ in times]
        lengths = [max(min(_late(stop), end) - start, 0.0) for start, (_, stop) in zip(starts, times, strict=True)]
        if not any(lengths):
            continue
        said = f"%{{y}}: %{{customdata}}<extra>{name.in_(language)}</extra>"
        bars = lying(names, [round(length, 4) for length in lengths], name.in_(language), colour) | {
            "base": [round(start, 4) for start in starts],
            "marker": {"color": colour, "line": {"width": 0}},
            "width": 0.56,
            "customdata": [f"{month(at)} – {month(at + length)}" for at, length in zip(starts, lengths, strict=True)],
            "hovertemplate": said,
        }
        traces.append(bars)
    return traces


def _openings(shown: Sequence[Batch], names: Sequence[str], end: float, test: float, language: Language) -> list[Trace]:
    known = [(name, one, one.opened.median) for name, one in zip(names, shown, strict=True)]
    dated = [(name, one, moment) for name, one, moment in known if moment is not None]
    year = int(test) - 1
    groups = (
        (tr("Opens by the end of {year}", year=year), _IN_TIME, [row for row in dated if row[2] < test]),
        (tr("Opens later"), _LATE, [row for row in dated if row[2] >= test]),
    )
    return [_dots(name, colour, rows, end, language) for name, colour, rows in groups if rows]


def _dots(name: Text, colour: str, rows: Sequence[tuple[str, Batch, float]], end: float, language: Language) -> Trace:
    highs = [min(_late(one.opened.high), end) for _, one, _ in rows]
    lows = [moment if one.opened.low is None else one.opened.low for _, one, moment in rows]
    at = [moment for _, _, moment in rows]
    said = f"%{{y}}: %{{customdata}}<extra>{name.in_(language)}</extra>"
    dots = points("markers", [round(x, 4) for x in at], [label for label, *_ in rows], name.in_(language), said)
    above_ = [round(high - x, 4) for high, x in zip(highs, at, strict=True)]
    below = [round(x - low, 4) for low, x in zip(lows, at, strict=True)]
    reach = whiskers(above_, below, INK, 1.3, 3)
    return dots | marker(colour, 10, INK, 1.3) | {"error_x": reach, "customdata": [month(x) for x in at]}


def _deadline(test_year: int, language: Language) -> tuple[Spec, Spec]:
    """The line at the test year's end, and its words."""
    words = plain(tr("end of {test_year}", test_year=test_year).in_(language))
    return upright(test_year + 1, TARGET, 1.6, "dash"), above(test_year + 1, words, 22, TARGET)


def _layout(rows: int, span: tuple[float, float], test_year: int, language: Language) -> Spec:
    line, note = _deadline(test_year, language)
    return {
        "height": 190 + 27 * rows,
        "barmode": "overlay",
        "hovermode": "closest",
        "margin": margins(24, 26, 120, 60),
        "legend": FOOT_LEGEND,
        "xaxis": {
            "range": [math.floor(span[0]) - 0.2, span[1] + 0.2],
            "side": "top",
            "tickmode": "linear",
            "tick0": 2000,
            "dtick": 1,
            "tickformat": "d",
            "gridcolor": GRID,
            "zeroline": False,
            "tickfont": {"color": MUTED},
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "showgrid": False, "ticks": "", "linecolor": AXIS},
        "shapes": [line],
        "annotations": [note],
    }
