"""Charts of a study: a series before and after the fit, what is left of each figure, what is left of each parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.common.language import Language
from sim.output.charts.before import AFTER, BEFORE, Bands, before_and_after
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    GRID,
    INK,
    PAPER,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    axis_title,
    figure,
    plain,
    tint,
    unit_note,
    value_axis,
    years_axis,
)
from sim.output.texts import tr

_ROW: Final = 26


@dataclass(frozen=True, slots=True)
class Track:
    """A series. before, after: of runs; figures: (year, value, one standard error) of what was published."""

    name: str
    unit: str
    before: Bands
    after: Bands
    figures: tuple[tuple[int, float, float], ...]


def track(of: Track, language: Language) -> Figure:
    """Runs before and after the fit, with the figures and their errors [unit]."""
    axis = axis_of(of.unit, language)
    names = tr("Before the fit"), tr("After the fit")
    traces = [
        *before_and_after((of.before, of.after), names, axis, language),
        _published(of, axis, language),
    ]
    years = list(of.after.median)
    layout: Spec = {
        "xaxis": years_axis(min(years), max(years), language) | {"dtick": 1},
        "yaxis": value_axis(axis),
        "annotations": [unit_note(axis, language)],
        "margin": {"l": 62, "r": 26, "t": 96, "b": 84},
        "height": 400,
        "legend": FOOT_LEGEND,
    }
    subtitle = tr("Grey: before; blue: after; dots: published, ± 2 se")
    return figure(traces, of.name, subtitle.in_(language), layout, language)


def _published(of: Track, axis: Axis, language: Language) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": tr("Published").in_(language),
        "x": [year for year, _, _ in of.figures],
        "y": [axis.scaled(value) for _, value, _ in of.figures],
        "error_y": {
            "type": "data",
            "array": [axis.scaled(2.0 * error) for _, _, error in of.figures],
            "color": INK,
            "thickness": 1.1,
            "width": 3,
        },
        "marker": {"color": "#000000", "size": 8, "line": {"color": PAPER, "width": 1}},
        "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
    }


def residuals(rows: Sequence[tuple[str, int, float, float]], language: Language) -> Figure:
    """What is left of each figure, in standard errors: (series, year, before, after), a row a figure."""
    labels = [f"{name} {year}" for name, year, _, _ in rows]
    before = tr("Before the fit").in_(language)
    after = tr("After the fit").in_(language)
    traces: list[Trace] = [
        _dots(before, labels, [row[2] for row in rows], {"symbol": "circle-open", "color": BEFORE, "size": 9}),
        _dots(after, labels, [row[3] for row in rows], {"symbol": "circle", "color": AFTER, "size": 10}),
    ]
    reach = max(2.6, *(abs(value) + 0.4 for row in rows for value in row[2:]))
    inside: Spec = {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": -2,
        "x1": 2,
        "y0": 0,
        "y1": 1,
        "fillcolor": tint(AFTER, 0.1),
        "line": {"width": 0},
        "layer": "below",
    }
    layout: Spec = {
        "xaxis": {
            "range": [-reach, reach],
            "gridcolor": GRID,
            "zeroline": True,
            "zerolinecolor": AXIS,
            "title": axis_title(tr("standard errors").in_(language)),
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "gridcolor": GRID, "ticklabelstandoff": 8},
        "shapes": [inside],
        "margin": {"l": 40, "r": 26, "t": 90, "b": 96},
        "height": 200 + _ROW * len(rows),
        "hovermode": "closest",
        "legend": FOOT_LEGEND,
    }
    title = tr("What is left of each figure")
    subtitle = tr("Published less the run, in standard errors; pale: ± 2")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def _dots(name: str, labels: Sequence[str], values: Sequence[float], marker: Spec) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(value, 3) for value in values],
        "y": [plain(label) for label in labels],
        "marker": marker,
        "hovertemplate": "%{y}: %{x:+.2f}",
    }


def parameters(rows: Sequence[tuple[str, float, float]], language: Language) -> Figure:
    """Where each parameter stands and how sure: (name, shift, deviation left), both in prior deviations."""
    names = [plain(name) for name, _, _ in rows]
    before = tr("Prior, 80%").in_(language)
    after = tr("Posterior, 80%").in_(language)
    reach = 1.2816
    traces: list[Trace] = [
        _whiskers(before, names, [0.0] * len(rows), [reach] * len(rows), (BEFORE, 1.6, 7, "circle-open")),
        _whiskers(after, names, [r[1] for r in rows], [reach * r[2] for r in rows], (AFTER, 5.0, 11, "circle")),
    ]
    layout: Spec = {
        "xaxis": {
            "gridcolor": GRID,
            "zeroline": True,
            "zerolinecolor": AXIS,
            "title": axis_title(tr("prior standard deviations").in_(language)),
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "showgrid": False, "ticklabelstandoff": 8},
        "margin": {"l": 40, "r": 26, "t": 90, "b": 96},
        "height": 190 + _ROW * len(rows),
        "hovermode": "closest",
        "legend": FOOT_LEGEND,
    }
    title = tr("Each parameter before and after")
    subtitle = tr("Blue shorter than grey: the figures speak of it")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def _whiskers(
    name: str, labels: Sequence[str], middle: Sequence[float], reach: Sequence[float], look: tuple[str, float, int, str]
) -> Trace:
    colour, width, size, symbol = look
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(value, 3) for value in middle],
        "y": list(labels),
        "error_x": {
            "type": "data",
            "array": [round(value, 3) for value in reach],
            "color": colour,
            "thickness": width,
            "width": 0,
        },
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "hovertemplate": "%{y}: %{x:+.2f}",
    }
