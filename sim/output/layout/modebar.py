"""How Plotly behaves in a page, and what its buttons are called."""

from typing import Any, Final

from sim.common.language import Language
from sim.output.texts import tr

_OF_PLOTLY: Final = (
    tr("Download plot as a PNG"),
    tr("Download plot"),
    tr("Preparing image - this may take a few seconds"),
    tr("Image download succeeded"),
    tr("Sorry, there was a problem downloading your image!"),
    tr("Zoom"),
    tr("Pan"),
    tr("Box Select"),
    tr("Lasso Select"),
    tr("Zoom in"),
    tr("Zoom out"),
    tr("Autoscale"),
    tr("Reset"),
    tr("Reset axes"),
    tr("Reset view"),
    tr("Toggle Spike Lines"),
    tr("Show closest data on hover"),
    tr("Compare data on hover"),
    tr("Double-click to zoom back out"),
    tr("Double-click on legend to isolate one trace"),
    tr("incoming flow count:"),
    tr("outgoing flow count:"),
    tr("source:"),
    tr("target:"),
)
"""What Plotly says of itself."""


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
        locale = {
            "moduleType": "locale",
            "name": "zh-CN",
            "dictionary": {text.en: text.zh for text in _OF_PLOTLY},
            "format": {},
        }
        common |= {"locale": "zh-CN", "locales": {"zh-CN": locale}}
    return common
