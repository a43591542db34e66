"""The traces that charts share: lines, bands, dots, bars and steps, and what is said when they are pointed at.

Names are texts as they are; labels of rows, and words at points, are given as Plotly shows them (`style.plain`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.output.charts.style import INK, PAPER, TARGET, Axis, Spec, Trace, plain

ByYear = Mapping[int, float]

HIDDEN: Final[Trace] = {"showlegend": False}


def hover(axis: Axis, value: str = "y") -> str:
    """What is said of a value when it is pointed at; value: its place in the trace."""
    return f"%{{{value}:{axis.format}}}{axis.suffix}"


def points(
    mode: str, x: Sequence[float | None], y: Sequence[Any], name: str | None = None, said: str | None = ""
) -> Trace:
    """Points; said: when they are pointed at, nothing where it is empty, as Plotly does where it is None."""
    trace: Trace = {"type": "scatter", "mode": mode, "x": list(x), "y": list(y)}
    if name is not None:
        trace["name"] = plain(name)
    if said is not None:
        trace |= {"hovertemplate": said} if said else {"hoverinfo": "skip"}
    return trace


def stroke(colour: str, width: float, dash: str = "") -> Trace:
    """How a line is drawn."""
    return {"line": {"color": colour, "width": width} | ({"dash": dash} if dash else {})}


def marker(colour: str | Sequence[str], size: float, rim: str = "", rim_width: float = 1, symbol: str = "") -> Trace:
    """How dots are drawn; rim: the colour of the line around them."""
    look: Spec = {"color": colour, "size": size}
    if rim:
        look["line"] = {"color": rim, "width": rim_width}
    return {"marker": look | ({"symbol": symbol} if symbol else {})}


def whiskers(
    above: Sequence[float], below: Sequence[float] | None, colour: str, thickness: float, width: float | None = None
) -> Spec:
    """How far errors go up and down from points; below: None where they go as far as above."""
    spec: Spec = {"type": "data", "array": list(above), "color": colour, "thickness": thickness}
    if below is not None:
        spec |= {"symmetric": False, "arrayminus": list(below)}
    return spec if width is None else spec | {"width": width}


def curve(by_year: ByYear, axis: Axis, name: str, colour: str, width: float = 2.6) -> Trace:
    """A quantity over the years as a line."""
    values = [axis.scaled(value) for value in by_year.values()]
    return points("lines", list(by_year), values, name, hover(axis)) | stroke(colour, width)


def beaded(by_year: ByYear, axis: Axis, name: str, colour: str, width: float) -> Trace:
    """A quantity over the years as a line with a dot a year."""
    return curve(by_year, axis, name, colour, width) | {"mode": "lines+markers"} | marker(colour, 5)


def band(low: ByYear, high: ByYear, axis: Axis) -> Trace:
    """The outline of a band between two curves, to be filled."""
    years = [year for year in low if year in high]
    lower, upper = ([axis.scaled(ends[year]) for year in years] for ends in (low, high))
    return between(years, lower, upper, INK)


def between(x: Sequence[float], low: Sequence[float | None], high: Sequence[float | None], colour: str) -> Trace:
    """The outline of what lies between two lines, to be filled."""
    outline = points("lines", [*x, *reversed(x)], [*low, *reversed(high)])
    return outline | {"fill": "toself"} | stroke(colour, 0)


def columns(by_year: ByYear, axis: Axis, name: str, colour: str) -> Trace:
    """A quantity over the years as upright bars."""
    return {
        "type": "bar",
        "name": plain(name),
        "x": list(by_year),
        "y": [axis.scaled(value) for value in by_year.values()],
        "marker": {"color": colour},
        "hovertemplate": hover(axis),
    }


def lying(labels: Sequence[str | int], values: Sequence[float], name: str, colour: str | Sequence[str]) -> Trace:
    """Bars that lie beside their labels."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(name),
        "y": list(labels),
        "x": list(values),
        "marker": {"color": colour},
    }


def steps(kinds: Sequence[str], words: Sequence[str], colours: tuple[str, str, str], joint: str) -> Trace:
    """How a waterfall is drawn. kinds: relative, total; colours: of what adds, takes away, totals; joint: between."""
    up, down, total = ({"marker": {"color": colour}} for colour in colours)
    return {
        "type": "waterfall",
        "measure": list(kinds),
        "text": list(words),
        "textposition": "outside",
        "constraintext": "none",
        "cliponaxis": False,
        "connector": {"line": {"color": joint, "width": 1, "dash": "dot"}},
        "increasing": up,
        "decreasing": down,
        "totals": total,
    }


def published(
    years: Sequence[int], values: Sequence[float], axis: Axis, name: str, size: float, colour: str = "#000000"
) -> Trace:
    """Published figures by year, as dots."""
    scaled = [axis.scaled(value) for value in values]
    return points("markers", years, scaled, name, hover(axis)) | marker(colour, size, PAPER)


def aims(
    x: Sequence[float], y: Sequence[float], words: Sequence[str], name: str, place: str, size: float, said: str = ""
) -> Trace:
    """Targets: a diamond at each, with its words beside it; place: on which side."""
    trace = points("markers+text", x, y, name, said) | {"text": [f"<b>{word}</b>" for word in words]}
    return trace | beside(place, TARGET, 12.5) | marker(TARGET, size, PAPER, 1.5, "diamond")


def beside(place: str, colour: str | Sequence[str], size: float) -> Trace:
    """How words at points are drawn; place: on which side."""
    return {"textposition": place, "textfont": {"color": colour, "size": size}, "cliponaxis": False}
