"""The axis of probabilities, with the words that verdicts give to its parts."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language
from sim.output.charts.axes import PROBABILITY, rows_axis
from sim.output.charts.notes import above
from sim.output.charts.style import Spec
from sim.output.charts.words import label
from sim.run.words import status

_TICKS: Final = (0, 20, 50, 80, 95, 100)
_PARTS: Final = ((10.0, "out of reach"), (35.0, "unlikely"), (65.0, "possible"), (87.5, "likely"), (95.0, "certain"))
_LONGEST: Final = {"zh": 15, "en": 30}


def probability_axis() -> Spec:
    """From 0 to 100%, with a line wherever a verdict's word changes [%]."""
    ticks = {"tickvals": list(_TICKS), "ticktext": [f"{tick}%" for tick in _TICKS]}
    return PROBABILITY | ticks | {"gridcolor": "#dde3e8"}


def probability_words(language: Language) -> list[Spec]:
    """The words over the axis; the last part is narrow, and its word runs out of it."""
    return [
        above(x, status(word, language), 4, size=11.5) | {"xanchor": "left" if word == "certain" else "center"}
        for x, word in _PARTS
    ]


def target_rows(names: Sequence[str], language: Language) -> Spec:
    """The upright axis of targets, the first on top."""
    return rows_axis([label(name, _LONGEST[language]) for name in names])
