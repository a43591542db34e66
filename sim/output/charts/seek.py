"""What it would take: how goals respond to one lever, and which combinations of two are enough."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Final

from sim.common.language import Language
from sim.common.quickclass import quickclass
from sim.output.charts.axes import FRAMED, GRIDDED, PROBABILITY, axis_title, value_axis
from sim.output.charts.notes import above, level, on_level, stripe, unit_note, upright
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    INK,
    MUTED,
    PAPER,
    SCENARIOS,
    TARGET,
    Axis,
    Figure,
    Spec,
    Trace,
    figure,
    margins,
    plain,
    rgba,
    tint,
)
from sim.output.charts.traces import between, hover, marker, points, stroke
from sim.output.texts import tr

_SCALE: Final = ((0.0, "#f3e3d3"), (0.5, "#f7f7f5"), (1.0, "#9cc7dd"))


@quickclass(frozen=True, slots=True)
class LeverAxis:
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
    lever: LeverAxis,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The probability of each goal over the values of a lever [%], with those asked for.

    lines: by the goal's name; asked: of each of them; words: title and subtitle. Raises ValueError without values.
    """
    if not at or not lines:
        raise ValueError("nothing to draw")
    traces = [
        points("lines", at, _percent(values), name, "%{y:.0f}%") | stroke(SCENARIOS[index % len(SCENARIOS)], 2.6)
        for index, (name, values) in enumerate(lines.items())
    ]
    layout = _layout(lever, len(lines) > 1, language)
    levels = _levels(asked)
    layout["shapes"] = [*(level(100.0 * share, colour, 1.4, "dash") for share, colour in levels), *layout["shapes"]]
    layout["annotations"] = [*(_asked_for(share, colour, language) for share, colour in levels), *layout["annotations"]]
    layout["yaxis"] = value_axis(Axis(0.01, "%", "%", 0)) | PROBABILITY | {"dtick": 20}
    return figure(traces, words[0], words[1], layout, language)


def _levels(asked: Sequence[float]) -> list[tuple[float, str]]:
    """The probabilities that are asked for, each in the colour of its goal; one of all, or of several, in its own."""
    shared = [share for share in dict.fromkeys(asked) if len(asked) == 1 or list(asked).count(share) > 1]
    alone = [(share, SCENARIOS[index % len(SCENARIOS)]) for index, share in enumerate(asked) if share not in shared]
    return [*((share, TARGET) for share in shared), *alone]


def _asked_for(share: float, colour: str, language: Language) -> Spec:
    words = tr("asked for: {share:.6g}%", share=100.0 * share).in_(language)
    return on_level(100.0 * share, words, colour) | {"bgcolor": PAPER, "borderpad": 1}


def outcome(
    at: Sequence[float],
    bands: tuple[Sequence[float], Sequence[float], Sequence[float]],
    target: tuple[float, str],
    axis: Axis,
    lever: LeverAxis,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The outcome of a goal over the values of a lever: median and 80% band, with the target's value.

    bands: 10, 50 and 90% quantiles, in canonical units as `target`, which has its words beside it.
    """
    low, median, high = ([axis.scaled(value) if isfinite(value) else None for value in band] for band in bands)
    colour = SCENARIOS[0]
    shade = {"name": tr("80% band").in_(language), "fillcolor": tint(colour, 0.2)}
    name = tr("Median").in_(language)
    traces = [
        between(at, low, high, colour) | shade,
        points("lines", at, median, name, hover(axis)) | stroke(colour, 2.6),
        points("lines", [lever.low, lever.high], [axis.scaled(target[0])] * 2, target[1]) | stroke(TARGET, 1.6, "dash"),
    ]
    unit = unit_note(axis, language)
    layout = _layout(lever, True, language, _beyond(unit))
    layout["annotations"] = [unit, *layout["annotations"]]
    layout["yaxis"] = value_axis(axis)
    return figure(traces, words[0], words[1], layout, language)


def feasible(
    grid: tuple[Sequence[float], Sequence[float]],
    probability: Sequence[Sequence[float]],
    margin: Sequence[Sequence[float]],
    edge_words: str,
    axes: tuple[LeverAxis, LeverAxis],
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """The probability over two levers [%], and the line on which it is as asked for, with its words.

    probability, margin: [y, x]; the margin is 0 on that line.
    """
    x, y = (list(axis) for axis in grid)
    shading = _shading(x, y, probability, axes)
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
        "margin": margins(76, 26, 90, 100),
        "legend": FOOT_LEGEND,
    }
    return figure([shading, edge, *points], words[0], words[1], layout, language)


def _shading(
    x: list[float], y: list[float], probability: Sequence[Sequence[float]], axes: tuple[LeverAxis, LeverAxis]
) -> Trace:
    names = [plain(axis.title) for axis in axes]
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": [_percent(row) for row in probability],
        "zmin": 0,
        "zmax": 100,
        "zsmooth": "best",
        "colorscale": [list(stop) for stop in _SCALE],
        "colorbar": {"ticksuffix": "%", "outlinewidth": 0, "thickness": 12, "len": 0.9, "dtick": 20},
        "hovertemplate": f"{names[0]}: %{{x:.4~g}}<br>{names[1]}: %{{y:.4~g}}<br>%{{z:.0f}}%<extra></extra>",
    }


def _spot(axes: tuple[LeverAxis, LeverAxis], which: str, language: Language) -> Trace:
    x, y = ([axis.present if which == "present" else axis.found] for axis in axes)
    name = tr("the scenario as it is") if which == "present" else tr("what was found")
    said = f"{plain(name.in_(language))}: %{{x:.6~g}}, %{{y:.6~g}}<extra></extra>"
    look = marker(INK, 12, PAPER, 2, "circle") if which == "present" else marker(TARGET, 18, PAPER, 2, "star")
    return points("markers", x, y, name.in_(language), said) | {"cliponaxis": False} | look


def _layout(lever: LeverAxis, legend: bool, language: Language, clear: int = 4) -> Spec:
    """clear: where words at the left end may begin, beside the unit of the value axis [px]."""
    shapes, notes = [], []
    low, high = lever.around
    if lever.found is not None and low is not None:
        ends = sorted((low, lever.high if high is None else high))
        if lever.found < lever.present and high is None:
            ends = [lever.low, low]
        shapes.append(stripe(ends[0], ends[1], rgba(TARGET, 0.12)))
    same = lever.found is not None and lever.found == lever.present
    shapes.append(upright(lever.present, AXIS, 1.4, "dot"))
    left = lever.found is None or lever.present <= lever.found
    now = tr("now").in_(language)
    edge = _near(lever, lever.present, 0.0)
    beside = ("left", clear if edge else 4)
    notes.append(_note(lever.present, now, MUTED, *(("right", -4) if left and not edge else beside)))
    if lever.found is not None and not same:
        shapes.append(upright(lever.found, INK, 1.4, "solid"))
        side, shift = ("left", 4) if left and not _near(lever, lever.found, 1.0) else ("right", -4)
        notes.append(_note(lever.found, f"<b>{_number(lever.found, lever)}</b>", INK, side, shift))
    return {
        "showlegend": legend,
        "shapes": shapes,
        "annotations": notes,
        "xaxis": _lever_axis(lever) | {"unifiedhovertitle": {"text": "%{x:.4~g}"}},
        "margin": margins(62, 26, 104, 96 if legend else 60),
        "legend": FOOT_LEGEND,
    }


def _beyond(note: Spec) -> int:
    """Where the words of a note at the left end of the plot are over, about [px]."""
    if not note.get("visible", True):
        return 4
    width = sum(12 if letter > "\u2e80" else 7 for letter in note["text"])
    return max(4, int(note["xshift"]) + width + 8)


def _near(lever: LeverAxis, value: float, end: float) -> bool:
    """Whether a value is so near to an end of the range that words on its outer side would leave the plot."""
    return abs((value - lever.low) / (lever.high - lever.low) - end) < 0.12


def _number(value: float, lever: LeverAxis) -> str:
    return f"{value:.0f}" if lever.years else f"{value:,.6g}"


def _lever_axis(lever: LeverAxis) -> Spec:
    ticks: Spec = {"nticks": 9, "tickformat": "d" if lever.years else ",~r", "automargin": True}
    return GRIDDED | FRAMED | ticks | {"range": [lever.low, lever.high], "title": axis_title(lever.title)}


def _note(value: float, text: str, colour: str, side: str, shift: int) -> Spec:
    words = text if text.startswith("<b>") else plain(text)
    return above(value, words, 4, colour) | {"xanchor": side, "xshift": shift}


def _percent(values: Sequence[float]) -> list[float | None]:
    return [round(100.0 * value, 4) if isfinite(value) else None for value in values]
