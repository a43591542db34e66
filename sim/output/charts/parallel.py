"""Parallel coordinates: every member a line across all factors, coloured by whether it fails."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.language import Language
from sim.model.arrays import Array, Flags
from sim.output.charts.axes import hidden_axis
from sim.output.charts.dimension import FAILS, HOLDS, Dimension, sample
from sim.output.charts.notes import note
from sim.output.charts.style import AXIS, FOOT_LEGEND, INK, MUTED, PAPER, Figure, Spec, Trace, figure, margins, plain
from sim.output.charts.traces import HIDDEN, points, stroke
from sim.output.charts.words import wrapped

MOST: Final = 360
"""Lines that are drawn: more would only be one grey surface."""
_BUNDLE: Final = 6
"""Lines of one trace. Within a trace colours do not add up; between traces they do, so that many lines look dense."""


def parallel(
    axes: Sequence[Dimension], fails: Flags, names: tuple[str, str], words: tuple[str, str], language: Language
) -> Figure:
    """Members as lines over the factors, those that fail in front; bars on the axes are what the box allows.

    names: of failing members and of the others. Raises ValueError without factors.
    """
    if not axes:
        raise ValueError("nothing to draw")
    picked = sample(fails, MOST)
    heights = np.stack([_heights(one, one.scattered()[picked]) for one in axes], axis=1)
    failing = fails[picked]
    traces = [
        *_lines(heights[~failing], names[1], HOLDS, 0.22),
        *_lines(heights[failing], names[0], FAILS, 0.55),
        *_keys(names),
    ]
    layout: Spec = {
        "height": 560,
        "hovermode": False,
        "shapes": [shape for place, one in enumerate(axes) for shape in _axis(place, one)],
        "annotations": [note for place, one in enumerate(axes) for note in _words(place, one, len(axes), language)],
        "xaxis": hidden_axis(-0.5, len(axes) - 0.5),
        "yaxis": hidden_axis(-0.1, 1.04),
        "margin": margins(16, 16, 124, 44),
        "legend": FOOT_LEGEND,
    }
    return figure(traces, words[0], words[1], layout, language)


def _lines(heights: Array, name: str, colour: str, opacity: float) -> list[Trace]:
    traces: list[Trace] = []
    for first in range(0, len(heights), _BUNDLE):
        x: list[float | None] = []
        y: list[float | None] = []
        for line in heights[first : first + _BUNDLE]:
            x += [*range(len(line)), None]
            y += [*(round(float(value), 3) for value in line), None]
        traces.append(points("lines", x, y, name) | HIDDEN | stroke(colour, 1) | {"opacity": opacity})
    return traces


def _keys(names: tuple[str, str]) -> list[Trace]:
    """The legend: full colours, which the faint lines themselves do not show."""
    shown = ((names[0], FAILS), (names[1], HOLDS))
    return [points("lines", [None], [None], name, None) | stroke(colour, 3) for name, colour in shown]


def _axis(place: int, one: Dimension) -> list[Spec]:
    upright: Spec = {"type": "line", "xref": "x", "yref": "y", "x0": place, "x1": place}
    shapes: list[Spec] = [upright | {"y0": 0, "y1": 1, "line": {"color": AXIS, "width": 1.2}}]
    if one.is_limited:
        low, high = (_height(one, end) for end in one.allowed)
        bar: Spec = {"type": "rect", "xref": "x", "yref": "y", "x0": place - 0.035, "x1": place + 0.035}
        shapes.append(bar | {"y0": low, "y1": high, "fillcolor": INK, "opacity": 0.9, "line": {"width": 0}})
    return shapes


def _words(place: int, one: Dimension, count: int, language: Language) -> list[Spec]:
    width = max(8, round((88 if language == "zh" else 150) / count))
    title = "<br>".join(plain(line) for line in wrapped(one.title, width))
    strong = f"<b>{title}</b>" if one.is_limited else title
    notes = [note(place, 1.02, strong, INK if one.is_limited else MUTED, 12.5, "bottom")]
    side: Spec = {"xanchor": "right", "xshift": -5, "bgcolor": "rgba(255,255,255,0.8)", "borderpad": 1}
    for tick, word in zip(one.ticks, one.words, strict=True):
        notes.append(note(place, _height(one, tick), plain(word), MUTED, 11) | side)
    for limit, word in zip(one.limits, one.limit_words, strict=True):
        if limit is not None and word:
            own = note(place, _height(one, limit), f"<b>{plain(word)}</b>", INK, 12.5)
            notes.append(own | {"xanchor": "left", "xshift": 9, "bgcolor": PAPER, "borderpad": 2, "opacity": 0.95})
    return notes


def _height(one: Dimension, value: float) -> float:
    return round(float(_heights(one, np.array([value]))[0]), 4)


def _heights(one: Dimension, values: Array) -> Array:
    low, high = one.ends
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0))
