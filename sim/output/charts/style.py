"""One look for all charts: colours that colour-blind readers tell apart, fonts with Chinese, thin grids."""

from html import escape
from typing import Any, Final

from sim.common.language import NOTHING, Language
from sim.common.numbers import canonical
from sim.common.quickclass import quickclass
from sim.common.typography import typeset
from sim.output.texts import tr

Figure = dict[str, Any]
Trace = dict[str, Any]
Spec = dict[str, Any]

_CHINESE_FONTS: Final = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Zen Hei"'
FONTS: Final[dict[Language, str]] = {
    "zh": f"{_CHINESE_FONTS},sans-serif",
    "en": f'"Segoe UI","Helvetica Neue","Noto Sans",Arial,{_CHINESE_FONTS},sans-serif',
}
"""Chinese fonts draw quotation marks as wide as a character, so English text asks for them last."""

INK: Final = "#1c2733"
MUTED: Final = "#566370"
GRID: Final = "#e6eaee"
AXIS: Final = "#9aa5b1"
PAPER: Final = "#ffffff"
TARGET: Final = "#c2410c"

SCENARIOS: Final = ("#0b5c8c", "#d9822b", "#2a8f6d", "#9b4f96", "#7a6a3a", "#c0392b", "#4f9fd0", "#5b5b5b")
ZONES: Final = {
    "city": "#0b4f7d",
    "town": "#5aa2d0",
    "rural": "#c9a24b",
    "away": "#8b8f96",
    "elsewhere": "#b38bb0",
}
SOURCES: Final = {
    "natural": "#2a8f6d",
    "transfer": "#0b5c8c",
    "external": "#e0983f",
    "reclassification": "#8b8f96",
}
STATUS: Final = {
    "certain": "#0b5240",
    "likely": "#1f7d5d",
    "possible": "#936012",
    "unlikely": "#c2500c",
    "out of reach": "#a61b1b",
}


LEGEND: Final[dict[str, Any]] = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": -0.13,
    "yanchor": "top",
    "font": {"size": 12},
    "itemsizing": "constant",
}
FOOT_LEGEND: Final[dict[str, Any]] = LEGEND | {"y": 0, "yref": "container", "yanchor": "bottom"}
"""The legend at the foot of charts that are as high as they have rows: it stands clear of them all."""


def margins(left: int, right: int, top: int, bottom: int) -> Spec:
    """Room around the plot for titles, names and legend [px]."""
    return {"l": left, "r": right, "t": top, "b": bottom}


@quickclass(frozen=True, slots=True)
class Axis:
    """How a quantity is drawn: divided by `size`, named `unit` on the axis, with decimals when pointed at."""

    size: float
    unit: str
    suffix: str
    decimals: int

    def scaled(self, value: float) -> float:
        """The value as drawn."""
        return round(value / self.size, 6)

    @property
    def format(self) -> str:
        """The number format of values when pointed at."""
        return f",.{self.decimals}f"


_THOUSANDS: Final = {
    "person": tr("thousand people"),
    "person/year": tr("thousand people a year"),
    "household": tr("thousand households"),
}


_SCALED: Final = {
    "yuan": (Axis(1e8, "亿元", " 亿元", 2), Axis(1e6, "million yuan", " million", 0)),
    "yuan/year": (Axis(1e8, "亿元/年", " 亿元", 2), Axis(1e6, "million yuan a year", " million", 0)),
    "yuan/person": (Axis(1e4, "万元/人", " 万元", 2), Axis(1e3, "thousand yuan per person", " thousand", 1)),
    "home": (Axis(1e4, "万套", " 万套", 2), Axis(1e3, "thousand homes", " thousand", 1)),
    "job": (Axis(1e4, "万个", " 万个", 2), Axis(1e3, "thousand jobs", " thousand", 1)),
}
"""Axes in Chinese and in English: a pair, for each counts in steps of its own, 万 and 亿, or thousands and millions."""

_ALIKE: Final = {
    "m²": (1e4, tr("hectares"), tr(" ha"), 1),
    "m²/year": (1e4, tr("hectares a year"), tr(" ha"), 1),
    "ratio": (1.0, tr("times"), NOTHING, 2),
}
"""Axes that are the same in both languages but for their words: size, unit, suffix, decimals."""


def axis_of(unit: str, language: Language) -> Axis:
    """The axis for a unit: percent for shares, 万 or thousands for counts, 亿元 or millions for money, ha for land."""
    kind = canonical(unit)
    if kind == "share":
        return Axis(0.01, "%", "%", 1)
    if kind in _SCALED:
        return _SCALED[kind][0 if language == "zh" else 1]
    if kind in _ALIKE:
        size, unit_words, suffix, decimals = _ALIKE[kind]
        return Axis(size, unit_words.in_(language), suffix.in_(language), decimals)
    if kind in _THOUSANDS:
        word = _THOUSANDS[kind].in_(language)
        return Axis(1e4, word, " 万", 2) if language == "zh" else Axis(1e3, word, " thousand", 1)
    return Axis(1.0, unit, "", 2)


def plain(text: str) -> str:
    """A text that Plotly shows as it is: its own small HTML is switched off."""
    return escape(typeset(text), quote=False)


def tint(colour: str, strength: float) -> str:
    """A colour mixed with white, as a solid one: bands that lie on each other then look as in their legend."""
    mixed = (round(255 + (int(colour[i : i + 2], 16) - 255) * strength) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def rgba(colour: str, opacity: float) -> str:
    """A colour such as #0b5c8c with an opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def figure(traces: list[Trace], title: str, subtitle: str, layout: Spec, language: Language) -> Figure:
    """A figure in the common look; `layout` adds axes, shapes and annotations, or overrides."""
    small = f'<span style="font-size:12.5px;color:{MUTED}">{plain(subtitle)}</span>'
    common: Spec = {
        "meta": {"title": title, "subtitle": subtitle},
        "title": {
            "text": f"<b>{plain(title)}</b><br>{small}",
            "font": {"size": 16, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 14, "t": 26},
            "y": 1,
            "yref": "container",
            "yanchor": "top",
        },
        "font": {"family": FONTS[language], "size": 12.5, "color": INK},
        "colorway": list(SCENARIOS),
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": margins(62, 26, 90, 44),
        "height": 430,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": AXIS, "font": {"family": FONTS[language], "size": 12.5}},
        "legend": LEGEND,
        "separators": ".,",
    }
    named = [trace | {"name": typeset(trace["name"])} if "name" in trace else trace for trace in traces]
    return {"data": named, "layout": common | layout}
