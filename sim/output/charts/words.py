"""The words of charts and reports in both languages."""

import re
from collections.abc import Mapping
from typing import Final

from sim.common.language import Text
from sim.common.typography import has_chinese, sentence
from sim.output.charts.style import plain

_UNBROKEN: Final = re.compile(r"\[[^]]*\]|[!-~×]+ ?|.")


ZONES: Final[Mapping[str, Text]] = {
    "city": Text("县城(城区)", "County seat"),
    "town": Text("镇区", "Towns"),
    "rural": Text("乡村", "Villages"),
    "away": Text("外出(居住在县外)", "Away (living elsewhere)"),
    "elsewhere": Text("县外(外来人口)", "Elsewhere (registered there)"),
}
SOURCES: Final[Mapping[str, Text]] = {
    "natural": Text("自然增长", "Natural change"),
    "transfer": Text("县内转移", "Transfer within the county"),
    "external": Text("县外迁移", "Moves in and out of the county"),
    "reclassification": Text("区划调整", "Reclassification"),
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
