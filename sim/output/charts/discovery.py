"""Where a plan fails: coverage against density, the box over two factors, and the share that fails along each."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np

from sim.common.language import Language
from sim.common.numbers import percent
from sim.model.arrays import Array, Flags
from sim.output.charts.dimension import FAILS, HOLDS, Dimension, axis, rounded, sample
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    GRID,
    INK,
    MUTED,
    PAPER,
    Figure,
    Spec,
    Trace,
    axis_title,
    figure,
    plain,
    rgba,
)
from sim.output.texts import tr

_DOTS: Final = 1200
_BINS: Final = 10
_COLUMNS: Final = 3
_BLUES: Final = [[0.0, "#c6dbe8"], [1.0, "#0b3c5d"]]


def tradeoff(
    curve: Sequence[tuple[float, float, int]],
    told: tuple[float, float],
    base: float,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """Density against coverage of all boxes that might have been told, and the one that is [%].

    curve: coverage, density, number of factors restricted; told: coverage and density; base: density of all members.
    Raises ValueError without boxes.
    """
    if not curve:
        raise ValueError("nothing to draw")
    layout: Spec = {
        "height": 520,
        "hovermode": "closest",
        "showlegend": False,
        "shapes": [_level(100.0 * base)],
        "annotations": [_all_members(base, language)],
        "xaxis": _share_axis(tr("Coverage: share of all failures inside").in_(language)),
        "yaxis": _share_axis(tr("Density: share of members inside that fail").in_(language)),
        "margin": {"l": 70, "r": 20, "t": 90, "b": 64},
    }
    return figure([_steps(curve, language), _star(told, language)], words[0], words[1], layout, language)


def _steps(curve: Sequence[tuple[float, float, int]], language: Language) -> Trace:
    """All boxes, the darker the more factors they restrict."""
    factors = [restricted for *_, restricted in curve]
    names = tr("covers %{x:.0f}%, %{y:.0f}% fail, %{customdata} factors")
    bar: Spec = {
        "title": {"text": tr("factors").in_(language), "font": {"size": 12}},
        "thickness": 12,
        "len": 0.6,
        "outlinewidth": 0,
        "tickvals": sorted(set(factors)),
    }
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "showlegend": False,
        "name": "",
        "x": _percent([coverage for coverage, *_ in curve]),
        "y": _percent([density for _, density, _ in curve]),
        "line": {"color": AXIS, "width": 1.2},
        "customdata": factors,
        "marker": {
            "size": 8,
            "color": factors,
            "colorscale": _BLUES,
            "cmin": 0,
            "cmax": max(*factors, 1),
            "showscale": len(set(factors)) > 1,
            "colorbar": bar,
        },
        "hovertemplate": f"{names.in_(language)}<extra></extra>",
    }


def _star(told: tuple[float, float], language: Language) -> Trace:
    """The box that is told."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": tr("the conditions told").in_(language),
        "x": _percent([told[0]]),
        "y": _percent([told[1]]),
        "text": [f"<b>{percent(told[0])}, {percent(told[1])}</b>"],
        "textposition": "bottom left" if told[0] > 0.25 else "bottom right",
        "textfont": {"color": FAILS, "size": 13},
        "cliponaxis": False,
        "marker": {"symbol": "star", "size": 17, "color": FAILS, "line": {"color": PAPER, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _all_members(base: float, language: Language) -> Spec:
    return {
        "text": plain(tr("all members: {base}", base=percent(base)).in_(language)),
        "showarrow": False,
        "xref": "paper",
        "x": 0.01,
        "xanchor": "left",
        "yref": "y",
        "y": 100.0 * base,
        "yanchor": "bottom",
        "font": {"size": 12, "color": MUTED},
    }


def scatter(
    axes: tuple[Dimension, Dimension],
    fails: Flags,
    others: Flags,
    names: tuple[str, str],
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """Members over two factors, by whether they fail, and the box as a frame.

    others: which members meet the conditions on further factors; the rest is drawn faintly [member]. names: of
    failing members and of the others.
    """
    picked = sample(fails, _DOTS)
    x, y = (axis_.scattered()[picked] for axis_ in axes)
    failing, met = fails[picked], others[picked]
    traces: list[Trace] = []
    for name, colour, kind, symbol in ((names[1], HOLDS, ~failing, "circle"), (names[0], FAILS, failing, "diamond")):
        for chosen, opacity, shown in ((kind & ~met, 0.16, False), (kind & met, 0.8, True)):
            if not chosen.any() and not shown:
                continue
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": plain(name),
                    "showlegend": shown,
                    "x": rounded(x[chosen]),
                    "y": rounded(y[chosen]),
                    "marker": {
                        "color": colour,
                        "size": 6.5 if symbol == "circle" else 7.5,
                        "opacity": opacity,
                        "symbol": symbol,
                    },
                    "hovertemplate": "%{x:.4~g}, %{y:.4~g}<extra></extra>",
                }
            )
    layout: Spec = {
        "height": 520,
        "hovermode": "closest",
        "shapes": _frame(axes),
        "xaxis": axis(axes[0]),
        "yaxis": axis(axes[1]),
        "margin": {"l": 76, "r": 26, "t": 90, "b": 96},
        "legend": FOOT_LEGEND,
    }
    return figure(traces, words[0], words[1], layout, language)


def _frame(axes: tuple[Dimension, Dimension]) -> list[Spec]:
    """The box, where it limits either factor."""
    if not any(one.is_limited for one in axes):
        return []
    (left, right), (bottom, top) = (one.allowed for one in axes)
    look: Spec = {"line": {"color": INK, "width": 2.2}, "fillcolor": rgba(FAILS, 0.08), "layer": "below"}
    return [{"type": "rect", "x0": left, "x1": right, "y0": bottom, "y1": top, **look}]


def responses(axes: Sequence[Dimension], fails: Flags, words: tuple[str, str], language: Language) -> Figure:
    """The share of members that fail along each factor, all others as they come, with 95% intervals [%].

    A part shaded is what the box allows. Raises ValueError without factors.
    """
    if not axes:
        raise ValueError("nothing to draw")
    columns = min(_COLUMNS, len(axes))
    rows = -(-len(axes) // columns)
    height = 120 + 215 * rows
    traces: list[Trace] = []
    layout: Spec = {"height": height, "showlegend": False, "hovermode": "closest", "shapes": []}
    base = 100.0 * float(fails.mean())
    for place, one in enumerate(axes):
        row, column = divmod(place, columns)
        key = str(place + 1) if place else ""
        at, share, below, above = _along(one, fails)
        traces.append(_curve(at, share, (below, above), key))
        domain_x = [(column + 0.07) / columns, (column + 0.96) / columns]
        domain_y = [1.0 - (row + 0.68) / rows, 1.0 - (row + 0.0) / rows]
        layout[f"xaxis{key}"] = axis(one) | {"domain": domain_x, "anchor": f"y{key}", "automargin": False}
        layout[f"yaxis{key}"] = _small_axis() | {"domain": domain_y, "anchor": f"x{key}"}
        layout["shapes"].append(_across(base, key))
        if one.is_limited:
            layout["shapes"].append(_stripe(one.allowed, key))
    layout["margin"] = {"l": 34, "r": 16, "t": 92, "b": 16}
    return figure(traces, words[0], words[1], layout, language)


def _along(of: Dimension, fails: Flags) -> tuple[Array, Array, Array, Array]:
    """Where groups of members stand, the share of each that fails, and how far its 95% interval goes down and up."""
    if of.levels:
        groups = [of.values == level for level in of.levels]
    else:
        order = np.argsort(of.values, kind="stable")
        groups = [np.isin(np.arange(len(fails)), part) for part in np.array_split(order, _BINS)]
    found = []
    for group in groups:
        if group.any():
            n, share = int(group.sum()), float(fails[group].mean())
            low, high = wilson(share, n)
            found.append((float(of.values[group].mean()), share, share - low, high - share))
    at, share_, below, above = np.array(found).T
    return at, share_, below, above


def wilson(share: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The 95% interval of a share of n (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _curve(at: Array, share: Array, error: tuple[Array, Array], key: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "xaxis": f"x{key}",
        "yaxis": f"y{key}",
        "x": rounded(at),
        "y": _percent(share),
        "line": {"color": FAILS, "width": 2},
        "marker": {"color": FAILS, "size": 5},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": _percent(error[1]),
            "arrayminus": _percent(error[0]),
            "color": FAILS,
            "thickness": 1,
            "width": 0,
        },
        "hovertemplate": "%{x:.4~g}: %{y:.0f}%<extra></extra>",
    }


def _small_axis() -> Spec:
    return {
        "range": [-3, 103],
        "tickvals": [0, 50, 100],
        "ticktext": ["0%", "50%", "100%"],
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": {"size": 11},
    }


def _share_axis(title: str) -> Spec:
    return {
        "range": [-2, 104],
        "dtick": 20,
        "ticksuffix": "%",
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
        "title": axis_title(title),
    }


def _level(value: float) -> Spec:
    line = {"color": AXIS, "width": 1.2, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": value, "y1": value, "line": line}


def _across(value: float, key: str) -> Spec:
    return _level(value) | {"xref": f"x{key} domain", "yref": f"y{key}"}


def _stripe(allowed: tuple[float, float], key: str) -> Spec:
    return {
        "type": "rect",
        "xref": f"x{key}",
        "x0": allowed[0],
        "x1": allowed[1],
        "yref": f"y{key} domain",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": rgba(FAILS, 0.1),
    }


def _percent(values: Sequence[float] | Array) -> list[float]:
    return [round(100.0 * float(value), 2) for value in values]
