"""A part of a report: its section of the page, and the figures that stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.common.language import Language, Text
from sim.output.charts.style import Figure
from sim.output.report.html import Cell, Html, element, section


@dataclass(frozen=True, slots=True)
class Part:
    """A section and its figures by id."""

    body: Html
    figures: Mapping[str, Figure] = field(default_factory=dict)


def part(id_: str, title: Text, language: Language, *children: Cell) -> Part:
    """A section with its heading, without figures; nothing where it would be empty."""
    return Part(section(id_, title.in_(language), *children))


def remark(text: Text, language: Language) -> Html:
    """A sentence that stands in a section."""
    return element("p", text.in_(language), classes="remark")
