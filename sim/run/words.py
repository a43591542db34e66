"""What verdicts and measures are called, in both languages."""

from collections.abc import Mapping
from typing import Final

from sim.common.language import Language, Text
from sim.common.typography import sentence

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
    from sim.model.measures import MEASURES  # noqa: PLC0415  (loads compiled code, which few readers need)

    known = MEASURES.get(measure)
    return sentence(known.name.in_(language)) if known else measure


def series_kind(series: str) -> str:
    """Whether a published series is of censuses or of yearly estimates."""
    return "census" if "census" in series.lower() or "普查" in series else "yearly"
