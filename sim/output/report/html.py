"""Small pieces of HTML in which every text is escaped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from sim.common.typography import typeset


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that may stand in a page as it is."""

    markup: str


Cell = Html | str
NOTHING = Html("")


def markup(cell: Cell) -> str:
    """The markup of a cell: texts are escaped, and a sign stays on the line of its number."""
    if isinstance(cell, Html):
        return cell.markup
    return re.sub(r"([×±≥≤]) (?=[\d&])", "\\1\u00a0", escape(typeset(cell)))


def element(tag: str, *children: Cell, classes: str = "", attributes: str = "") -> Html:
    """An element around its children; `attributes` is trusted markup."""
    named = f' class="{escape(classes)}"' if classes else ""
    extra = f" {attributes}" if attributes else ""
    return Html(f"<{tag}{named}{extra}>{''.join(markup(child) for child in children)}</{tag}>")


def joined(pieces: Iterable[Cell]) -> Html:
    """Pieces one after the other, a line each."""
    return Html("\n".join(markup(piece) for piece in pieces))


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], numeric: Sequence[int] = ()) -> Html:
    """A table with its caption and headers; columns in `numeric` are set to the right. Nothing without rows.

    A row of a single cell is a heading of the rows below it.
    """
    if not rows:
        return NOTHING
    head = joined(
        element("th", name, classes="number" if i in numeric else "", attributes='scope="col"')
        for i, name in enumerate(heads)
    )
    body = joined(
        _heading(row[0], len(heads))
        if len(row) == 1 < len(heads)
        else element("tr", *(_cell(cell, i, i in numeric) for i, cell in enumerate(row)))
        for row in rows
    )
    inside = [element("caption", caption), element("thead", element("tr", head)), element("tbody", body)]
    return element("div", element("table", *inside), classes="scroll", attributes='tabindex="0"')


def section(id_: str, title: str, *children: Cell) -> Html:
    """A part of the page with its heading; nothing where it would be empty."""
    if not any(markup(child) for child in children):
        return NOTHING
    heading = element("h2", title, attributes=f'id="{escape(id_)}-title"')
    labelled = f'id="{escape(id_)}" aria-labelledby="{escape(id_)}-title"'
    return element("section", heading, *children, attributes=labelled)


def folded(summary: str, *children: Cell) -> Html:
    """Something long behind a line of words, which opens it; nothing where it would be empty."""
    if not any(markup(child) for child in children):
        return NOTHING
    return element("details", element("summary", summary), *children)


def contents(body: Html) -> tuple[tuple[str, str], ...]:
    """Ids and headings (as markup) of the sections in a body below its answer, in their order."""
    found = re.findall(r'<h2 id="([^"]+)-title">(.*?)</h2>', body.markup)
    return tuple((id_, title) for id_, title in found if id_ != "answer")


def _heading(cell: Cell, columns: int) -> Html:
    return element("tr", element("th", cell, attributes=f'scope="row" colspan="{columns}"'), classes="group")


def _cell(cell: Cell, column: int, numeric: bool) -> Html:
    if column == 0:
        return element("th", cell, attributes='scope="row"')
    return element("td", cell, classes="number" if numeric else "")
