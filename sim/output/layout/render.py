"""One HTML file with everything in it: text, figures, the drawing library; it asks the network for nothing."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import sim
from sim.common.language import Language
from sim.common.numbers import MISSING
from sim.common.typography import typeset
from sim.output.charts.style import TARGET
from sim.output.layout.compiled import Compiled
from sim.output.layout.modebar import config
from sim.output.layout.parts import Page, Section
from sim.output.layout.values import STRIP, formatted, rank
from sim.output.texts import tr

_PACKAGE: Final = "sim.output.layout"
_MANY: Final = 3
"""Sections from which on a page has links to them."""
_WORDS: Final = {
    "lang": tr("en"),
    "contents": tr("Contents"),
    "skip": tr("Skip to the answer"),
    "brand": tr("townward · urbanization scenarios"),
    "noscript": tr("The charts need JavaScript; text and tables do not."),
    "footer": tr(
        "Made by townward {version}. These are simulations of scenarios, not forecasts; the sources are given above.",
        version=sim.__version__,
    ),
}
_HERE: Final = "<script></script>"
"""Where the drawing library goes; what is said on a page has no such element in it."""
_SORT: Final = tr("Sort by this column")
_FAILED: Final = tr("The chart could not be drawn")


def write_page(page: Page, path: Path, language: Language) -> None:
    """Write the page under a temporary name, then rename it, so that no reader finds half a file."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.writelines(_parts(page, language))
    partial.replace(path)


def render(page: Page, language: Language) -> str:
    """The whole page as text; the same input gives the same text."""
    return b"".join(_parts(page, language)).decode()


def _parts(page: Page, language: Language) -> tuple[bytes, ...]:
    """The page before the drawing library, most of it, which is copied as it is; the library; and what follows."""
    sections = [section for section in page.body if section]
    linked = [section for section in sections if section.id != "answer"]
    text = (
        _environment(language)
        .get_template("page.html")
        .render(
            words=_WORDS,
            version=sim.__version__,
            page=page,
            sections=sections,
            linked=linked if len(linked) >= _MANY else [],
            policy=policy(plotly_library(), _read("draw.js").encode()),
            style=_read("page.css"),
            figures=_figures(page, language),
            draw=_read("draw.js"),
        )
    )
    before, after = text.split(_HERE)
    return f"{before}<script>".encode(), plotly_library(), f"</script>{after}".encode()


def render_brief(page: Page, language: Language) -> str:
    """A page for print: no program in it, page numbers and what it is about at the foot of every sheet."""
    return (
        _environment(language)
        .get_template("brief.html")
        .render(
            words=_WORDS,
            version=sim.__version__,
            page=page,
            sections=[section for section in page.body if section],
            style=_read("page.css"),
            print=_read("brief.css"),
            foot=_css_text(f"{_said(language)(page.heading)} · {_said(language)(page.about)}"),
        )
    )


def _css_text(text: str) -> Markup:
    """A text within quotes of a style sheet: every sign that could end it stands as its number."""
    return Markup("".join(one if one.isalnum() or one in " ·:,.-" else f"\\{ord(one):06x}" for one in text))  # noqa: S704


def fragment(section: Section, language: Language) -> str:
    """One section as markup, for a page that is there already."""
    macros = _environment(language).get_template("parts.html").module
    return str(macros.section(section))  # type: ignore[attr-defined]


@cache
def _environment(language: Language) -> Environment:
    """Templates in which whatever is put out is said in the language, typeset and escaped."""
    made = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_said(language),
        bytecode_cache=Compiled(__file__, language),
    )
    made.globals |= {"language": language, "strip": STRIP, "target_colour": TARGET}
    made.filters |= {
        "rank": rank,
        "form": lambda value: type(value).__name__,
        "formatted": lambda value, column: formatted(value, column.kind, column.decimals, column.unit, language),
    }
    return made


def _said(language: Language) -> Callable[[Any], Any]:
    """Values as words of a language; a sign stays on the line of its number."""

    def said(value: Any) -> Any:
        if isinstance(value, Markup):
            return value
        if value is None:
            return MISSING
        text = value.in_(language) if hasattr(value, "in_") else str(value)
        if text.isascii():  # most are, and have no such sign
            return text
        return re.sub(r"([×±≥≤]) (?=[\d<>&'\"])", "\\1\u00a0", typeset(text))

    return said


def _figures(page: Page, language: Language) -> str:
    spec = {
        "config": config(language),
        "failed": _FAILED.in_(language),
        "sort": _SORT.in_(language),
        "figures": page.figures,
        "choices": {id_: dict(chosen.figures) for id_, chosen in page.choices.items()},
    }
    for id_ in page.choices:
        del spec["figures"][id_]  # type: ignore[attr-defined]
    return embedded(spec)


def embedded(content: object) -> str:
    """JSON that can stand in a page: no sign of it begins or ends an element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def policy(*scripts: bytes) -> str:
    """Only the page's own scripts may run, and nothing may be fetched."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def plotly_library() -> bytes:
    """The drawing library as a script that can stand in a page."""
    found = find_spec("plotly")  # which imports nothing, as `files` would
    if found is None or found.origin is None:
        raise ModuleNotFoundError("plotly", name="plotly")
    script = Path(found.origin).with_name("package_data").joinpath("plotly.min.js").read_bytes()
    return script.replace(b"</script", b"<\\/script")


@cache
def _read(name: str) -> str:
    return files(_PACKAGE).joinpath("templates", name).read_text(encoding="utf-8").strip()
