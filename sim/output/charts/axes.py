"""The axes that charts share: years, values, shares, names beside rows, and none."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language
from sim.output.charts.style import AXIS, GRID, INK, MUTED, Axis, Spec, plain
from sim.output.texts import tr

GRIDDED: Final[Spec] = {"gridcolor": GRID, "zeroline": False}
FRAMED: Final[Spec] = {"showline": True, "linecolor": AXIS, "ticks": "outside", "tickcolor": AXIS, "ticklen": 4}
NAMES: Final[Spec] = {"showgrid": False, "automargin": True, "ticks": "", "ticklabelstandoff": 6}
"""Names beside bars, the first at the foot."""
PROBABILITY: Final[Spec] = {"range": [-3, 103], "gridcolor": GRID, "zeroline": False}
"""From 0 to 100%, with room for what stands at either end."""


def years_axis(first: float, last: float, language: Language) -> Spec:
    """The axis of years, with half a year of air at both ends."""
    years: Spec = {
        "range": [first - 0.6, last + 0.6],
        "tickmode": "linear",
        "tick0": 2000,
        "dtick": 5 if last - first > 8 else 1,
        "tickformat": "d",
        "showgrid": False,
        "zeroline": False,
        "unifiedhovertitle": {"text": tr("%{x}").in_(language)},
    }
    return years | FRAMED


def value_axis(axis: Axis) -> Spec:
    """The axis of values: thin grid, no frame; percent signs on the ticks."""
    spec = GRIDDED | {
        "gridwidth": 1,
        "showline": False,
        "nticks": 7,
        "tickformat": ",~r",
        "automargin": True,
        "ticklabelstandoff": 3,
    }
    return spec | ({"ticksuffix": "%"} if axis.suffix == "%" else {})


def amount_axis(title: str) -> Spec:
    """The axis of values that bars or dots lie along, with its title."""
    return GRIDDED | {"nticks": 7, "tickformat": ",~r", "title": axis_title(title)}


def zero_line(colour: str = INK, width: float | None = 1) -> Spec:
    """The line at 0, of an axis on which both signs occur."""
    return {"zeroline": True, "zerolinecolor": colour} | ({} if width is None else {"zerolinewidth": width})


def rows_axis(names: Sequence[str], air: float = 0.4) -> Spec:
    """An upright axis of names (as Plotly shows them), the first on top: row i of n stands at n − 1 − i."""
    return {
        "tickvals": list(range(len(names)))[::-1],
        "ticktext": list(names),
        "range": [-0.6, len(names) - air],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def hidden_axis(low: float, high: float) -> Spec:
    """An axis that only places things."""
    return {"range": [low, high], "visible": False, "fixedrange": True}


def axis_title(text: str) -> Spec:
    """What an axis is of, beside it."""
    return {"text": plain(text), "font": {"size": 12, "color": MUTED}, "standoff": 7}
