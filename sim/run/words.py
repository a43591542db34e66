"""What verdicts and measures are called, in both languages."""

from collections.abc import Mapping
from typing import Final

from sim.common.language import NOTHING, Language, Text
from sim.common.typography import sentence
from sim.model.registry import MEASURES
from sim.run.texts import tr

MODELLED: Final = ("certain", "likely", "possible", "unlikely", "out of reach")


STATUS: Final[Mapping[str, Text]] = {
    "certain": tr("Certain"),
    "likely": tr("Likely"),
    "possible": tr("Possible"),
    "unlikely": tr("Unlikely"),
    "out of reach": tr("Out of reach"),
    "need": tr("Need"),
    "conditional": tr("Conditional"),
    "met": tr("Met"),
    "echo": tr("Set by the scenario"),
    "tracked": tr("Tracked"),
    "not assessed": tr("Not assessed"),
}


CLASSES: Final[Mapping[str, Text]] = {
    "verdict": tr("with a probability"),
    "outcome": tr("answered by the world"),
    "conditional": tr("with a condition"),
    "met": tr("met already"),
    "need": tr("as needs"),
    "echo": tr("set by the scenario"),
    "milestone": tr("milestones"),
    "rule": tr("rules"),
    "not assessed": tr("not assessed"),
}
"""How many lines of a plan are …, in the order in which they are said."""


RESULTS: Final[Mapping[str, Text]] = {
    "met": tr("met", context="outcome"),
    "late": tr("late", context="outcome"),
    "missed": tr("missed", context="outcome"),
    "partly": tr("met in part", context="outcome"),
    "unknown": tr("not known", context="outcome"),
}
"""What came of a line."""


PERSONS: Final[Mapping[str, Text]] = {
    "resident": tr("residents", context="persons"),
    "urban": tr("urban residents", context="persons"),
    "rural": tr("rural residents", context="persons"),
}
"""For whom something is done."""


CLASS_NAMES: Final[Mapping[str, Text]] = {
    "verdict": tr("verdict", context="class"),
    "outcome": tr("outcome", context="class"),
    "conditional": tr("conditional", context="class"),
    "met": tr("met", context="class"),
    "need": tr("need", context="class"),
    "echo": tr("echo", context="class"),
    "milestone": tr("milestone", context="class"),
    "rule": tr("rule", context="class"),
    "not assessed": tr("not assessed", context="class"),
}
"""The class of a line, by its name, in the order in which they are counted."""


SYMBOLS: Final[Mapping[str, str]] = {
    "certain": "●",
    "likely": "◕",
    "possible": "◑",
    "unlikely": "◔",
    "out of reach": "○",
}


KINDS: Final[Mapping[str, Text]] = {
    "outcome": tr("outcome"),
    "standard": tr("standard"),
    "commitment": tr("commitment"),
    "deadline": tr("deadline"),
    "rule": tr("rule", context="kind"),
}


COMPARISONS: Final[Mapping[str, Text]] = {
    "at_least": tr("≥ "),
    "at_most": tr("≤ "),
    "about": tr("about "),
    "equal": NOTHING,
}


SERIES: Final[Mapping[str, Text]] = {
    "census": tr("Census"),
    "yearly": tr("Published yearly"),
}


def status(word: str, language: Language) -> str:
    """The word for a verdict's status."""
    known = STATUS.get(word)
    return known.in_(language) if known else word


def measure_name(measure: str, language: Language) -> str:
    """The name of a measure of the model, as it stands alone."""
    known = MEASURES.get(measure)
    return sentence(known.name.in_(language)) if known else measure


def series_kind(series: str) -> str:
    """Whether a published series is of censuses or of yearly estimates."""
    return "census" if "census" in series.lower() or "普查" in series else "yearly"
