"""The axis of probabilities, with the words that verdicts give to its parts."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language
from sim.output.charts.style import MUTED, Spec
from sim.output.charts.words import label
from sim.run.words import status

_MARKS: Final = (0, 20, 50, 80, 95, 100)
_PARTS: Final = ((10.0, "out of reach"), (35.0, "unlikely"), (65.0, "possible"), (87.5, "likely"), (95.0, "certain"))
_LONGEST: Final = {"zh": 15, "en": 30}


def odds_axis() -> Spec:
    """From 0 to 100%, with a line wherever a verdict's word changes [%]."""
    return {
        "range": [-3, 103],
        "tickvals": list(_MARKS),
        "ticktext": [f"{mark}%" for mark in _MARKS],
        "gridcolor": "#dde3e8",
        "zeroline": False,
    }


def odds_words(language: Language) -> list[Spec]:
    """The words over the axis; the last part is narrow, and its word runs out of it."""
    return [
        {
            "text": status(word, language),
            "showarrow": False,
            "xref": "x",
            "x": x,
            "xanchor": "left" if word == "certain" else "center",
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yshift": 4,
            "font": {"size": 11.5, "color": MUTED},
        }
        for x, word in _PARTS
    ]


def rows_axis(names: Sequence[str], language: Language) -> Spec:
    """An upright axis of named rows, the first on top: row i of n stands at n − 1 − i."""
    places = list(range(len(names)))[::-1]
    return {
        "tickvals": places,
        "ticktext": [label(name, _LONGEST[language]) for name in names],
        "range": [-0.6, len(names) - 0.4],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
