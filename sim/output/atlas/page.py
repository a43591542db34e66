"""The atlas as one HTML file with everything in it, or as the page of the live server."""

from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

import sim
from sim.common.language import Language
from sim.common.typography import typeset
from sim.output.atlas.content import Atlas, content
from sim.output.atlas.words import words
from sim.output.layout.render import embedded, plotly_library, policy

_PACKAGE: Final = "sim.output.atlas"
FILES: Final = ("atlas.css", "atlas.js")


def page(atlas: Atlas, language: Language) -> str:
    """The whole page as text; it asks the network for nothing."""
    return _template().render(
        _said(atlas, language),
        policy=policy(plotly_library(), asset("atlas.js").encode()),
        style=asset("atlas.css"),
        script=asset("atlas.js"),
        library=plotly_library().decode(),
        content=embedded(content(atlas, language, is_served=False)),
    )


def served(atlas: Atlas, language: Language) -> str:
    """The page without what it asks the live server for."""
    return _template().render(_said(atlas, language), policy="")


def _said(atlas: Atlas, language: Language) -> dict[str, object]:
    own = words(language)
    own["footer"] = own["footer"].format(version=sim.__version__)
    title, about = (typeset(text.in_(language)) for text in (atlas.title(), atlas.about()))
    return {"words": own, "title": title, "about": about, "version": sim.__version__}


@cache
def _template() -> Template:
    made = Environment(
        loader=PackageLoader(_PACKAGE, "app"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return made.get_template("atlas.html")


@cache
def asset(name: str) -> str:
    """A file of the page."""
    return files(_PACKAGE).joinpath("app", name).read_text(encoding="utf-8").strip()
