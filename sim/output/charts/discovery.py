"""Where a plan fails: coverage against density, the box over two factors, and the share that fails along each."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np

from sim.common.language import Language
from sim.common.numbers import percent
from sim.model.arrays import Array, Flags
from sim.output.charts.axes import GRIDDED, PROBABILITY, axis_title
from sim.output.charts.dimension import FAILS, HOLDS, Dimension, axis, rounded, sample
from sim.output.charts.notes import level, on_level, stripe
from sim.output.charts.style import AXIS, FOOT_LEGEND, INK, PAPER, Figure, Spec, Trace, figure, margins, rgba
from sim.output.charts.traces import HIDDEN, beside, marker, points, stroke, whiskers
from sim.output.texts import tr

_DOTS: Final = 1200
_BINS: Final = 10
_COLUMNS: Final = 3
_FAINT: Final = (AXIS, 1.2, "dot")
_BLUES: Final = [[0.0, "#c6dbe8"], [1.0, "#0b3c5d"]]


def tradeoff(
    curve: Sequence[tuple[float, float, int]],
    chosen: tuple[float, float],
    base: float,
    words: tuple[str, str],
    language: Language,
) -> Figure:
    """Density against coverage of all boxes that might have been chosen, and the one that is [%].

    curve: coverage, density, number of factors restricted; chosen: coverage and density; base: density of all members.
    Raises ValueError without boxes.
    """
    if not curve:
        raise ValueError("nothing to draw")
    layout: Spec = {
        "height": 520,
        "hovermode": "closest",
        "showlegend": False,
        "shapes": [level(100.0 * base, *_FAINT)],
        "annotations": [_all_members(base, language)],
        "xaxis": _share_axis(tr("Coverage: share of all failures inside").in_(language)),
        "yaxis": _share_axis(tr("Density: share of members inside that fail").in_(language)),
        "margin": margins(70, 20, 90, 64),
    }
    return figure([_steps(curve, language), _star(chosen, language)], words[0], words[1], layout, language)


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
    x, y = _percent([coverage for coverage, *_ in curve]), _percent([density for _, density, _ in curve])
    look: Spec = {
        "size": 8,
        "color": factors,
        "colorscale": _BLUES,
        "cmin": 0,
        "cmax": max(*factors, 1),
        "showscale": len(set(factors)) > 1,
        "colorbar": bar,
    }
    trace = points("lines+markers", x, y, "", f"{names.in_(language)}<extra></extra>") | stroke(AXIS, 1.2) | HIDDEN
    return trace | {"customdata": factors, "marker": look}


def _star(chosen: tuple[float, float], language: Language) -> Trace:
    """The box that is chosen."""
    name = tr("the conditions chosen").in_(language)
    trace = points("markers+text", _percent([chosen[0]]), _percent([chosen[1]]), name)
    place = "bottom left" if chosen[0] > 0.25 else "bottom right"
    words = {"text": [f"<b>{percent(chosen[0])}, {percent(chosen[1])}</b>"]}
    return trace | words | beside(place, FAILS, 13) | marker(FAILS, 17, PAPER, 1.5, "star")


def _all_members(base: float, language: Language) -> Spec:
    return on_level(100.0 * base, tr("all members: {base}", base=percent(base)).in_(language))


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
    for name, colour, kind, symbol, size in (
        (names[1], HOLDS, ~failing, "circle", 6.5),
        (names[0], FAILS, failing, "diamond", 7.5),
    ):
        for chosen, opacity, shown in ((kind & ~met, 0.16, False), (kind & met, 0.8, True)):
            if not chosen.any() and not shown:
                continue
            dots = points(
                "markers", rounded(x[chosen]), rounded(y[chosen]), name, "%{x:.4~g}, %{y:.4~g}<extra></extra>"
            )
            look = {"color": colour, "size": size, "opacity": opacity, "symbol": symbol}
            traces.append(dots | {"showlegend": shown, "marker": look})
    layout: Spec = {
        "height": 520,
        "hovermode": "closest",
        "shapes": _frame(axes),
        "xaxis": axis(axes[0]),
        "yaxis": axis(axes[1]),
        "margin": margins(76, 26, 90, 96),
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
    layout["margin"] = margins(34, 16, 92, 16)
    return figure(traces, words[0], words[1], layout, language)


def _along(dimension: Dimension, fails: Flags) -> tuple[Array, Array, Array, Array]:
    """Where groups of members stand, the share of each that fails, and how far its 95% interval goes down and up."""
    if dimension.levels:
        groups = [dimension.values == level for level in dimension.levels]
    else:
        order = np.argsort(dimension.values, kind="stable")
        groups = [np.isin(np.arange(len(fails)), part) for part in np.array_split(order, _BINS)]
    found = []
    for group in groups:
        if group.any():
            n, share = int(group.sum()), float(fails[group].mean())
            low, high = wilson(share, n)
            found.append((float(dimension.values[group].mean()), share, share - low, high - share))
    at, share_, below, above = np.array(found).T
    return at, share_, below, above


def wilson(share: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The 95% interval of a share of n (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _curve(at: Array, share: Array, error: tuple[Array, Array], key: str) -> Trace:
    trace = points("lines+markers", rounded(at), _percent(share), None, "%{x:.4~g}: %{y:.0f}%<extra></extra>")
    reach = whiskers(_percent(error[1]), _percent(error[0]), FAILS, 1, 0)
    axes = {"xaxis": f"x{key}", "yaxis": f"y{key}", "error_y": reach}
    return trace | stroke(FAILS, 2) | marker(FAILS, 5) | axes


def _small_axis() -> Spec:
    ticks = {"tickvals": [0, 50, 100], "ticktext": ["0%", "50%", "100%"], "tickfont": {"size": 11}}
    return PROBABILITY | ticks


def _share_axis(title: str) -> Spec:
    scale: Spec = {"range": [-2, 104], "dtick": 20, "ticksuffix": "%", "automargin": True}
    return GRIDDED | scale | {"title": axis_title(title)}


def _across(value: float, key: str) -> Spec:
    return level(value, *_FAINT) | {"xref": f"x{key} domain", "yref": f"y{key}"}


def _stripe(allowed: tuple[float, float], key: str) -> Spec:
    return stripe(*allowed, rgba(FAILS, 0.1)) | {"xref": f"x{key}", "yref": f"y{key} domain"}


def _percent(values: Sequence[float] | Array) -> list[float]:
    return [round(100.0 * float(value), 2) for value in values]
