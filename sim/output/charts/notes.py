"""Lines, areas and words that charts set on top of their axes."""

from typing import Final

from sim.common.language import Language
from sim.output.charts.style import AXIS, MUTED, Axis, Spec, plain
from sim.output.texts import tr

BELOW: Final[Spec] = {"layer": "below"}


def upright(x: float, colour: str, width: float, dash: str = "") -> Spec:
    """A line from the foot to the top of the plot."""
    look = {"color": colour, "width": width} | ({"dash": dash} if dash else {})
    return {"type": "line", "xref": "x", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": look}


def level(y: float, colour: str, width: float, dash: str) -> Spec:
    """A line from the left to the right end of the plot."""
    look = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y, "line": look}


def stripe(low: float, high: float, colour: str) -> Spec:
    """What lies between two values, shaded from the foot to the top of the plot, below everything."""
    span: Spec = {"type": "rect", "xref": "x", "x0": low, "x1": high, "yref": "paper", "y0": 0, "y1": 1}
    return span | BELOW | {"line": {"width": 0}, "fillcolor": colour}


def note(x: float, y: float, text: str, colour: str = MUTED, size: float = 12, anchor: str = "middle") -> Spec:
    """Words (as Plotly shows them) at a point of both axes; anchor: which height of them stands there."""
    return {
        "text": text,
        "showarrow": False,
        "xref": "x",
        "x": x,
        "yref": "y",
        "y": y,
        "yanchor": anchor,
        "font": {"size": size, "color": colour},
    }


def above(x: float, text: str, shift: float, colour: str = MUTED, size: float = 12) -> Spec:
    """Words above the plot, over a value; shift: how far above [px]."""
    return note(x, 1, text, colour, size, "bottom") | {"yref": "paper", "yshift": shift}


def on_level(y: float, text: str, colour: str = MUTED) -> Spec:
    """Words on a line across, at its left end."""
    return note(0.01, y, plain(text), colour, 12, "bottom") | {"xref": "paper", "xanchor": "left"}


def unit_note(axis: Axis, language: Language) -> Spec:
    """The unit above the value axis, upright so that it is read without turning the head; of percent the ticks tell."""
    words = plain(tr("{unit}", context="of an axis", unit=axis.unit).in_(language))
    place: Spec = {"xref": "paper", "xanchor": "left", "xshift": -46, "visible": axis.suffix != "%"}
    return above(0, words, 5) | place


def year_line(year: int, text: str) -> tuple[Spec, Spec]:
    """A thin line at a year, and its words above the plot."""
    return upright(year, AXIS, 1, "dot") | BELOW, above(year, plain(text), 5)


def base_line(year: int, first: int, language: Language) -> tuple[list[Spec], list[Spec]]:
    """The line that parts what was observed from what is projected, and its words unless the chart begins there."""
    line, words = year_line(year, tr("base year {year}", year=year).in_(language))
    return [line], [words] if first < year else []
