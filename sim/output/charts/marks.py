"""Marks shared by charts of a measure over years: published figures as dots, targets as diamonds."""

from sim.common.language import Language
from sim.common.numbers import in_canonical, quantity
from sim.output.charts.style import INK, PAPER, TARGET, Axis, Trace, plain
from sim.output.texts import tr
from sim.run.curves import Observation
from sim.run.tables import RunTables, Verdict
from sim.run.words import COMPARISONS, SERIES, series_kind


def targets_of(tables: RunTables, measure: str) -> tuple[Verdict, ...]:
    """The plan's targets for a measure that have a value and a year."""
    return tuple(
        verdict
        for verdict in tables.verdicts
        if verdict.measure == measure
        and verdict.region in ("", tables.regions[0][0])
        and verdict.value is not None
        and verdict.year is not None
        and verdict.status != "need"
    )


def observed_traces(rows: tuple[Observation, ...], axis: Axis, language: Language) -> list[Trace]:
    """Black dots: large for censuses, small for figures published yearly."""
    traces: list[Trace] = []
    for kind, size in (("census", 9), ("yearly", 6)):
        chosen = [row for row in rows if series_kind(row.series) == kind]
        if not chosen:
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": SERIES[kind].in_(language),
                "x": [row.year for row in chosen],
                "y": [axis.scaled(row.value) for row in chosen],
                "marker": {"color": "#000000", "size": size, "line": {"color": PAPER, "width": 1}},
                "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
            }
        )
    return traces


def target_trace(targets: tuple[Verdict, ...], axis: Axis, language: Language) -> list[Trace]:
    """A diamond at the year and value of each target, with the value beside it."""
    placed = [(t, t.year, t.value) for t in targets if t.year is not None and t.value is not None]
    if not placed:
        return []
    labels = [
        plain(COMPARISONS[t.op].in_(language) if t.op in COMPARISONS else "")
        + plain(quantity(value, t.unit, language, exact=True))
        for t, _, value in placed
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": tr("Target of the plan").in_(language),
            "x": [year for _, year, _ in placed],
            "y": [axis.scaled(in_canonical(value, t.unit)) for t, _, value in placed],
            "text": [f"<b>{label}</b>" for label in labels],
            "textposition": "top center",
            "textfont": {"color": TARGET, "size": 12.5},
            "cliponaxis": False,
            "marker": {"symbol": "diamond", "size": 14, "color": TARGET, "line": {"color": PAPER, "width": 1.5}},
            "customdata": labels,
            "hovertemplate": "%{customdata}",
        }
    ]


def ends(rows: tuple[Observation, ...], years: tuple[int, ...], targets: tuple[Verdict, ...]) -> tuple[int, int]:
    """The first and last year that a chart has to show."""
    known = [*years, *(row.year for row in rows), *(t.year for t in targets if t.year is not None)]
    return min(known), max(known)


def median_line(points: dict[int, float], axis: Axis, name: str, colour: str) -> Trace:
    """The median as a line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x": list(points),
        "y": [axis.scaled(value) for value in points.values()],
        "line": {"color": colour, "width": 2.6},
        "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
    }


def band(low: dict[int, float], high: dict[int, float], axis: Axis) -> Trace:
    """The outline of a band between two curves, to be filled."""
    years = [year for year in low if year in high]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "hoverinfo": "skip",
        "line": {"width": 0, "color": INK},
        "x": [*years, *reversed(years)],
        "y": [*(axis.scaled(low[year]) for year in years), *(axis.scaled(high[year]) for year in reversed(years))],
    }
