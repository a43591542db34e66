"""What it would take: how goals respond to one lever, and which combinations of two are enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from sim.common.language import Language
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    GRID,
    INK,
    MUTED,
    PAPER,
    SCENARIOS,
    TARGET,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_title,
    figure,
    plain,
    rgba,
    tint,
    unit_note,
    value_axis,
)
from sim.output.texts import tr

_SCALE: Final = ((0.0, "#f3e3d3"), (0.5, "#f7f7f5"), (1.0, "#9cc7dd"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A lever's axis: its title, ends and present value.

    found: the value that is enough, None where none is; around: where it would lie with other draws.
    """

    title: str
    low: float
    high: float
    present: float
    found: float | None
    around: tuple[float | None, float | None] = (None, None)
    years: bool = False


def probabilities(
    at: Sequence[float],
    lines: Mapping[str, Sequence[float]],
    asked: Sequence[float],
    marked: Marked,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The probability of each goal over the values of a lever [%], with those asked for.

    lines: by the goal's name; asked: of each of them; words: title and subtitle. Raises ValueError without values.
    """
    if not at or not lines:
        raise ValueError("nothing to draw")
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": plain(name),
            "x": list(at),
            "y": _percent(values),
            "line": {"color": SCENARIOS[index % len(SCENARIOS)], "width": 2.6},
            "hovertemplate": "%{y:.0f}%",
        }
        for index, (name, values) in enumerate(lines.items())
    ]
    layout = _layout(marked, len(lines) > 1, language)
    levels = _levels(asked)
    layout["shapes"] = [*(_level(odds, colour) for odds, colour in levels), *layout["shapes"]]
    layout["annotations"] = [*(_asked_for(odds, colour, language) for odds, colour in levels), *layout["annotations"]]
    layout["yaxis"] = value_axis(Axis(0.01, "%", "%", 0)) | {"range": [-3, 103], "dtick": 20}
    return figure(traces, words[0], words[1], layout, language)


def _levels(asked: Sequence[float]) -> list[tuple[float, str]]:
    """The probabilities that are asked for, each in the colour of its goal; one of all, or of several, in its own."""
    shared = [odds for odds in dict.fromkeys(asked) if len(asked) == 1 or list(asked).count(odds) > 1]
    alone = [(odds, SCENARIOS[index % len(SCENARIOS)]) for index, odds in enumerate(asked) if odds not in shared]
    return [*((odds, TARGET) for odds in shared), *alone]


def _level(odds: float, colour: str) -> Spec:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": 100.0 * odds,
        "y1": 100.0 * odds,
        "line": {"color": colour, "width": 1.4, "dash": "dash"},
    }


def _asked_for(odds: float, colour: str, language: Language) -> Spec:
    return {
        "text": plain(tr("asked for: {odds:.6g}%", odds=100.0 * odds).in_(language)),
        "showarrow": False,
        "xref": "paper",
        "x": 0.01,
        "xanchor": "left",
        "yref": "y",
        "y": 100.0 * odds,
        "yanchor": "bottom",
        "bgcolor": PAPER,
        "borderpad": 1,
        "font": {"size": 12, "color": colour},
    }


def outcome(
    at: Sequence[float],
    bands: tuple[Sequence[float], Sequence[float], Sequence[float]],
    target: tuple[float, str],
    axis: Axis,
    marked: Marked,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The outcome of a goal over the values of a lever: median and 80% band, with the target's value.

    bands: 10, 50 and 90% quantiles, in canonical units as `target`, which has its words beside it.
    """
    low, median, high = ([axis.scaled(value) if isfinite(value) else None for value in band] for band in bands)
    colour = SCENARIOS[0]
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": tr("80% band").in_(language),
            "x": [*at, *reversed(at)],
            "y": [*low, *reversed(high)],
            "fill": "toself",
            "fillcolor": tint(colour, 0.2),
            "line": {"width": 0, "color": colour},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": tr("Median").in_(language),
            "x": list(at),
            "y": median,
            "line": {"color": colour, "width": 2.6},
            "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": plain(target[1]),
            "x": [marked.low, marked.high],
            "y": [axis.scaled(target[0])] * 2,
            "line": {"color": TARGET, "width": 1.6, "dash": "dash"},
            "hoverinfo": "skip",
        },
    ]
    unit = unit_note(axis, language)
    layout = _layout(marked, True, language, _beyond(unit))
    layout["annotations"] = [unit, *layout["annotations"]]
    layout["yaxis"] = value_axis(axis)
    return figure(traces, words[0], words[1], layout, language)


def feasible(
    grid: tuple[Sequence[float], Sequence[float]],
    probability: Sequence[Sequence[float]],
    margin: Sequence[Sequence[float]],
    edge_words: str,
    axes: tuple[Marked, Marked],
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The probability over two levers [%], and the line on which it is as asked for, with its words.

    probability, margin: [y, x]; the margin is 0 on that line.
    """
    x, y = (list(axis) for axis in grid)
    names = [plain(axis.title) for axis in axes]
    shading: Trace = {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": [_percent(row) for row in probability],
        "zmin": 0,
        "zmax": 100,
        "zsmooth": "best",
        "colorscale": [list(stop) for stop in _SCALE],
        "colorbar": {
            "ticksuffix": "%",
            "outlinewidth": 0,
            "thickness": 12,
            "len": 0.9,
            "dtick": 20,
        },
        "hovertemplate": f"{names[0]}: %{{x:.4~g}}<br>{names[1]}: %{{y:.4~g}}<br>%{{z:.0f}}%<extra></extra>",
    }
    edge: Trace = {
        "type": "contour",
        "x": x,
        "y": y,
        "z": [[round(value, 6) if isfinite(value) else None for value in row] for row in margin],
        "contours": {"start": 0, "end": 0, "size": 1, "coloring": "none"},
        "line": {"color": TARGET, "width": 2.6},
        "showscale": False,
        "showlegend": True,
        "name": plain(edge_words),
        "hoverinfo": "skip",
    }
    points = [_spot(axes, "present", language)]
    if axes[0].found is not None and axes[1].found is not None:
        points.append(_spot(axes, "found", language))
    layout: Spec = {
        "height": 560,
        "hovermode": "closest",
        "xaxis": _lever_axis(axes[0]),
        "yaxis": _lever_axis(axes[1]) | {"ticks": "outside"},
        "margin": {"l": 76, "r": 26, "t": 90, "b": 100},
        "legend": FOOT_LEGEND,
    }
    return figure([shading, edge, *points], words[0], words[1], layout, language)


def _spot(axes: tuple[Marked, Marked], which: str, language: Language) -> Trace:
    here = [axis.present if which == "present" else axis.found for axis in axes]
    name = tr("the scenario as it is") if which == "present" else tr("what was found")
    marker: Spec = {"size": 12, "color": INK, "symbol": "circle", "line": {"color": PAPER, "width": 2}}
    if which == "found":
        marker |= {"symbol": "star", "size": 18, "color": TARGET}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name.in_(language),
        "x": here[:1],
        "y": here[1:],
        "cliponaxis": False,
        "marker": marker,
        "hovertemplate": f"{plain(name.in_(language))}: %{{x:.6~g}}, %{{y:.6~g}}<extra></extra>",
    }


def _layout(marked: Marked, legend: bool, language: Language, clear: int = 4) -> Spec:
    """clear: where words at the left end may begin, beside the unit of the value axis [px]."""
    shapes, notes = [], []
    low, high = marked.around
    if marked.found is not None and low is not None:
        ends = sorted((low, marked.high if high is None else high))
        if marked.found < marked.present and high is None:
            ends = [marked.low, low]
        shapes.append(_stripe(ends[0], ends[1]))
    same = marked.found is not None and marked.found == marked.present
    shapes.append(_upright(marked.present, AXIS, "dot"))
    left = marked.found is None or marked.present <= marked.found
    now = tr("now").in_(language)
    edge = _near(marked, marked.present, 0.0)
    beside = ("left", clear if edge else 4)
    notes.append(_note(marked.present, now, MUTED, *(("right", -4) if left and not edge else beside)))
    if marked.found is not None and not same:
        shapes.append(_upright(marked.found, INK, "solid"))
        side, shift = ("left", 4) if left and not _near(marked, marked.found, 1.0) else ("right", -4)
        notes.append(_note(marked.found, f"<b>{_number(marked.found, marked)}</b>", INK, side, shift))
    return {
        "showlegend": legend,
        "shapes": shapes,
        "annotations": notes,
        "xaxis": _lever_axis(marked) | {"unifiedhovertitle": {"text": "%{x:.4~g}"}},
        "margin": {"l": 62, "r": 26, "t": 104, "b": 96 if legend else 60},
        "legend": FOOT_LEGEND,
    }


def _beyond(note: Spec) -> int:
    """Where the words of a note at the left end of the plot are over, about [px]."""
    if not note.get("visible", True):
        return 4
    width = sum(12 if letter > "\u2e80" else 7 for letter in note["text"])
    return max(4, int(note["xshift"]) + width + 8)


def _near(marked: Marked, value: float, end: float) -> bool:
    """Whether a value is so near to an end of the range that words on its outer side would leave the plot."""
    return abs((value - marked.low) / (marked.high - marked.low) - end) < 0.12


def _number(value: float, marked: Marked) -> str:
    return f"{value:.0f}" if marked.years else f"{value:,.6g}"


def _lever_axis(marked: Marked) -> Spec:
    spec: Spec = {
        "range": [marked.low, marked.high],
        "gridcolor": GRID,
        "zeroline": False,
        "showline": True,
        "linecolor": AXIS,
        "ticks": "outside",
        "tickcolor": AXIS,
        "ticklen": 4,
        "nticks": 9,
        "tickformat": "d" if marked.years else ",~r",
        "automargin": True,
        "title": axis_title(marked.title),
    }
    return spec


def _upright(value: float, colour: str, dash: str) -> Spec:
    return {
        "type": "line",
        "xref": "x",
        "x0": value,
        "x1": value,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": colour, "width": 1.4, "dash": dash},
    }


def _stripe(low: float, high: float) -> Spec:
    return {
        "type": "rect",
        "xref": "x",
        "x0": low,
        "x1": high,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": rgba(TARGET, 0.12),
    }


def _note(value: float, text: str, colour: str, side: str, shift: int) -> Spec:
    return {
        "text": text if text.startswith("<b>") else plain(text),
        "showarrow": False,
        "xref": "x",
        "x": value,
        "xanchor": side,
        "xshift": shift,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 4,
        "font": {"size": 12, "color": colour},
    }


def _percent(values: Sequence[float]) -> list[float | None]:
    return [round(100.0 * value, 4) if isfinite(value) else None for value in values]
