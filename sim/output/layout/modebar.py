"""How Plotly behaves in a page, and what its buttons are called."""

from typing import Any, Final

from sim.common.language import Language

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
