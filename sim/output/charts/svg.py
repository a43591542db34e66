"""Small pictures for pages of text: panels with axes, dots and bars as SVG, drawn without any other program."""

from collections.abc import Sequence
from html import escape
from typing import Final

from sim.common.quickclass import quickclass
from sim.common.typography import typeset
from sim.output.charts.style import AXIS, GRID, INK, MUTED, PAPER

_FONT: Final = (
    "'Segoe UI','Helvetica Neue','Noto Sans',Arial,'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
)


@quickclass(frozen=True, slots=True)
class Panel:
    """A rectangle of the picture [pixels] with a range of values on each axis; y grows upwards."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        """Where a value of x lies [pixels]."""
        low, high = self.x
        return self.left + self.width * (value - low) / (high - low)

    def down(self, value: float) -> float:
        """Where a value of y lies [pixels]."""
        low, high = self.y
        return self.top + self.height * (high - value) / (high - low)


def picture(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """A whole picture on paper colour; `title` is for those who cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="{_FONT}" font-size="13" fill="{INK}">'
    )
    paper = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", paper, *parts, "</svg>"]) + "\n"


def words(
    x: float, y: float, text: str, *, anchor: str = "start", size: float = 13, colour: str = INK, bold: bool = False
) -> str:
    """A text at a point."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" fill="{colour}"'
    return f"<text {place}{weight}>{escape(typeset(text))}</text>"


def line(start: tuple[float, float], end: tuple[float, float], colour: str = AXIS, width: float = 1.0) -> str:
    """A line between two points of the picture."""
    (x1, y1), (x2, y2) = start, end
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width:g}" fill="none"/>'


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def dots(panel: Panel, points: Sequence[tuple[float, float]], colour: str, size: float, opacity: float = 1.0) -> str:
    """Round dots at values, those outside the panel left out; one path, so that thousands stay a small file."""
    low, high = panel.x
    bottom, top = panel.y
    inside = [(x, y) for x, y in points if low <= x <= high and bottom <= y <= top]
    marks = "".join(f"M{panel.across(x):.1f} {panel.down(y):.1f}h0" for x, y in inside)
    look = f'stroke="{colour}" stroke-width="{size:g}" stroke-linecap="round" stroke-opacity="{opacity:g}"'
    return f'<path d="{marks}" {look} fill="none"/>'


def axes(panel: Panel, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> list[str]:
    """Thin grid and words at ticks (value, words) of both axes."""
    right, bottom = panel.left + panel.width, panel.top + panel.height
    parts = []
    for value, said in up:
        y = panel.down(value)
        parts += [line((panel.left, y), (right, y), GRID), words(panel.left - 8, y + 4, said, anchor="end", size=12)]
    for value, said in across:
        x = panel.across(value)
        parts += [line((x, panel.top), (x, bottom), GRID), words(x, bottom + 18, said, anchor="middle", size=12)]
    return [*parts, line((panel.left, bottom), (right, bottom))]


def heading(panel: Panel, title: str, subtitle: str) -> list[str]:
    """A panel's title and the line under it."""
    return [
        words(panel.left, panel.top - 34, title, size=15, bold=True),
        words(panel.left, panel.top - 15, subtitle, size=12, colour=MUTED),
    ]
