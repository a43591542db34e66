"""A part of a page as the markup in which it stands."""

from sim.common.language import Language
from sim.output.layout.parts import Page, Part, Section
from sim.output.layout.render import render


def shown(*parts: Part | Section | None, language: Language = "en") -> str:
    """What the page says between its head and its foot with these parts, those that are not sections in one."""
    sections = [part for part in parts if isinstance(part, Section)]
    others = tuple(part for part in parts if not isinstance(part, Section))
    whole = render(Page("", "", (*sections, Section("others", "", others))), language)
    return whole.partition("<main>")[2].partition("</main>")[0].strip()
