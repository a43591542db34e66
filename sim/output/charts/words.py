"""The words of charts and reports in both languages."""

import re
from collections.abc import Mapping
from typing import Final

from sim.common.language import Text
from sim.common.typography import has_chinese, sentence
from sim.output.charts.style import plain
from sim.output.texts import tr

_UNBROKEN: Final = re.compile(r"\[[^]]*\]|[!-~×]+ ?|.")


ZONES: Final[Mapping[str, Text]] = {
    "city": tr("County seat"),
    "town": tr("Towns"),
    "rural": tr("Villages"),
    "away": tr("Away (living elsewhere)"),
    "elsewhere": tr("Elsewhere (registered there)"),
}
SOURCES: Final[Mapping[str, Text]] = {
    "natural": tr("Natural change"),
    "transfer": tr("Transfer within the county"),
    "external": tr("Moves in and out of the county"),
    "reclassification": tr("Reclassification"),
}


def wrapped(text: str, width: int) -> list[str]:
    """A name on short lines; Chinese breaks between any two characters, English and numbers between words."""
    is_chinese = has_chinese(text)
    words = _UNBROKEN.findall(text) if is_chinese else text.split(" ")
    gap = "" if is_chinese else " "
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) + len(gap) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line}{gap}{word}" if line else word
    return [*lines, line]


def label(name: str, width: int) -> str:
    """A name as it stands beside its row of a chart: with a capital, on lines that are short enough."""
    return "<br>".join(plain(line) for line in wrapped(sentence(name), width))
