"""The words of charts and reports in both languages."""

import re
from collections.abc import Mapping
from typing import Final

from sim.charts.style import plain
from sim.language import Language, Text
from sim.typography import has_chinese, sentence

_UNBROKEN: Final = re.compile(r"\[[^]]*\]|[!-~×]+ ?|.")

MODELLED: Final = ("certain", "likely", "possible", "unlikely", "out of reach")

STATUS: Final[Mapping[str, Text]] = {
    "certain": Text("几乎确定", "Certain"),
    "likely": Text("很可能", "Likely"),
    "possible": Text("有可能", "Possible"),
    "unlikely": Text("不太可能", "Unlikely"),
    "out of reach": Text("难以实现", "Out of reach"),
    "need": Text("需求测算", "Need"),
    "tracked": Text("仅跟踪", "Tracked"),
    "not assessed": Text("未评估", "Not assessed"),
}
SYMBOLS: Final[Mapping[str, str]] = {
    "certain": "●",
    "likely": "◕",
    "possible": "◑",
    "unlikely": "◔",
    "out of reach": "○",
}
KINDS: Final[Mapping[str, Text]] = {
    "outcome": Text("结果指标", "outcome"),
    "standard": Text("配置标准", "standard"),
    "commitment": Text("承诺事项", "commitment"),
    "deadline": Text("时限要求", "deadline"),
}
COMPARISONS: Final[Mapping[str, Text]] = {
    "at_least": Text("≥ ", "≥ "),
    "at_most": Text("≤ ", "≤ "),
    "about": Text("约", "about "),
    "equal": Text("", ""),
}

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
SERIES: Final[Mapping[str, Text]] = {
    "census": Text("普查", "Census"),
    "yearly": Text("年度公布数", "Published yearly"),
}
NAMES: Final[Mapping[str, Text]] = {
    "urbanization_rate": Text("常住人口城镇化率", "Urbanization rate"),
    "hukou_urbanization_rate": Text("户籍人口城镇化率", "Hukou urbanization rate"),
    "resident": Text("常住人口", "Residents"),
    "urban": Text("城镇常住人口", "Urban residents"),
    "city": Text("县城(城区)常住人口", "County-seat population"),
    "town": Text("镇区常住人口", "Town population"),
    "rural": Text("乡村常住人口", "Rural residents"),
    "away": Text("外出人口", "Registered people living away"),
    "registered": Text("户籍人口", "Registered population"),
}


def status(word: str, language: Language) -> str:
    """The word for a verdict's status."""
    known = STATUS.get(word)
    return known.in_(language) if known else word


def measure_name(measure: str, language: Language) -> str:
    """The name of a measure; for those no chart shows, the model's own."""
    if measure in NAMES:
        return NAMES[measure].in_(language)
    from sim.measures import MEASURES  # noqa: PLC0415  (loads compiled code, which few readers need)

    known = MEASURES.get(measure)
    return sentence(known.name.in_(language)) if known else measure


def series_kind(series: str) -> str:
    """Whether a published series is of censuses or of yearly estimates."""
    return "census" if "census" in series.lower() or "普查" in series else "yearly"


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
