"""One HTML file with everything in it: text, figures, the drawing library; it asks the network for nothing."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Final

import sim
from sim.common.language import Language
from sim.common.typography import typeset
from sim.output.charts.style import Figure
from sim.output.report.html import NOTHING, Html, contents, element, joined
from sim.output.texts import tr

_ZH_MODE_BAR: Final = {
    "Download plot as a PNG": "下载为 PNG 图片",
    "Download plot": "下载图片",
    "Preparing image - this may take a few seconds": "正在生成图片,请稍候",
    "Image download succeeded": "图片已下载",
    "Sorry, there was a problem downloading your image!": "图片下载失败",
    "Zoom": "缩放",
    "Pan": "平移",
    "Box Select": "框选",
    "Lasso Select": "套索选择",
    "Zoom in": "放大",
    "Zoom out": "缩小",
    "Autoscale": "自动范围",
    "Reset": "重置",
    "Reset axes": "重置坐标轴",
    "Reset view": "重置视图",
    "Toggle Spike Lines": "切换参考线",
    "Show closest data on hover": "显示最近的数据",
    "Compare data on hover": "对比同一位置的数据",
    "Double-click to zoom back out": "双击恢复原范围",
    "Double-click on legend to isolate one trace": "双击图例只看一项",
    "incoming flow count:": "流入条数:",
    "outgoing flow count:": "流出条数:",
    "source:": "来源:",
    "target:": "去向:",
}

_MANY: Final = 3
"""Sections from which on a page has links to them."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: heading, a line about it, its parts in order, and its figures by id."""

    heading: str
    about: str
    body: tuple[Html, ...]
    figures: Mapping[str, Figure]


def chart(id_: str, figure: Figure) -> Html:
    """The place of a figure in the page, with its title for those who cannot see it."""
    words = "{title}. {subtitle}".format_map(figure["layout"]["meta"])
    height = f'style="height:{int(figure["layout"]["height"])}px"'
    labelled = f'id="{escape(id_)}" role="img" aria-labelledby="{escape(id_)}-words" {height}'
    box = element("div", classes="chart", attributes=labelled)
    return element("figure", box, element("figcaption", words, attributes=f'id="{escape(id_)}-words"'))


def charts(ids: Mapping[str, Figure], *, wide: bool = False) -> Html:
    """Figures side by side where there is room."""
    if not ids:
        return Html("")
    pieces = joined(chart(id_, figure) for id_, figure in ids.items())
    return element("div", pieces, classes="charts wide" if wide else "charts")


def write_page(page: Page, path: Path, language: Language) -> None:
    """Write the page under a temporary name, then rename it, so that no reader finds half a file."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(render(page, language), encoding="utf-8")
    partial.replace(path)


def render(page: Page, language: Language) -> str:
    """The whole page as text; the same input gives the same text."""
    library, draw = _library(), _read("draw.js")
    body = joined(part for part in page.body if part.markup)
    words = {
        "lang": tr("en"),
        "skip": tr("Skip to the answer"),
        "brand": tr("townward · urbanization scenarios"),
        "noscript": tr("The charts need JavaScript; text and tables do not."),
        "footer": tr(
            "Made by townward {version}. These are simulations of scenarios, not forecasts; the "
            "sources are given above.",
            version=sim.__version__,
        ),
    }
    return Template(_read("page.html")).substitute(
        {key: typeset(text.in_(language)) for key, text in words.items()},
        policy=_policy(library, draw),
        version=escape(sim.__version__),
        title=escape(typeset(page.heading)),
        heading=escape(typeset(page.heading)),
        about=escape(typeset(page.about)),
        style=_read("page.css"),
        contents=_contents(body, language).markup,
        body=body.markup,
        figures=_figures(page.figures, language),
        library=library,
        draw=draw,
    )


def config(language: Language) -> dict[str, Any]:
    """How Plotly behaves: no logo, no upload, in the reader's language."""
    common: dict[str, Any] = {
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "responsive": True,
        "showTips": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "townward"},
    }
    if language == "zh":
        locale = {"moduleType": "locale", "name": "zh-CN", "dictionary": _ZH_MODE_BAR, "format": {}}
        common |= {"locale": "zh-CN", "locales": {"zh-CN": locale}}
    return common


def _contents(body: Html, language: Language) -> Html:
    """Links to the sections; nothing for a page of few."""
    links = contents(body)
    if len(links) < _MANY:
        return NOTHING
    label = escape(tr("Contents").in_(language))
    pieces = (element("a", Html(title), attributes=f'href="#{id_}"') for id_, title in links)
    return element("nav", *pieces, attributes=f'aria-label="{label}"')


def _figures(figures: Mapping[str, Figure], language: Language) -> str:
    failed = tr("The chart could not be drawn").in_(language)
    spec = {"config": config(language), "failed": failed, "figures": dict(figures)}
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(*scripts: str) -> str:
    """Only these scripts may run, and nothing may be fetched."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _library() -> str:
    from plotly.offline import get_plotlyjs  # noqa: PLC0415  (only a report that is written needs it)

    script: str = get_plotlyjs()
    return script.replace("</script", "<\\/script")


@cache
def _read(name: str) -> str:
    return files("sim.output.report").joinpath(name).read_text(encoding="utf-8").strip()
