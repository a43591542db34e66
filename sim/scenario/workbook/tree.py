"""From cells to a document: plain data in which every value knows its cell."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sim.common.grid import Grid, Header, Mark, Value, text_of
from sim.scenario.workbook.columns import Column
from sim.scenario.yaml.document import Node

_IN_BOTH: Final = ("title", "issuer")
"""Texts that a file gives in both languages: the Chinese stands for both where it is alone."""

Cells = dict[tuple[str, ...], Node]
"""The filled cells of a row by the key that they go to."""


def rows(grid: Grid, header: Header, columns: Mapping[str, Column]) -> Iterable[tuple[Mark, Cells]]:
    """The rows below a header, those without a cell in a known column left out, each with where it begins."""
    known = [(columns[name], place) for name, place in header.columns.items() if name in columns and columns[name].key]
    for row, cells in header.rows:
        found = {
            column.key: Node(typed(cells[place], column), grid.mark(row, place))
            for column, place in known
            if place < len(cells) and cells[place] is not None
        }
        if found:
            yield grid.mark(row, min(node.mark.column for node in found.values())), found


def typed(value: Value, column: Column) -> Value:
    """A cell as its column has it: a text where it is typed as a number, a whole number, the first word of a name."""
    if column.form == "text":
        return text_of(value) if not isinstance(value, str) else value
    if column.form == "name":
        return text_of(value).split()[0] if text_of(value).split() else None
    if column.form == "yes":
        return _YES.get(text_of(value).strip().lower(), value)
    if isinstance(value, str):
        return number_in(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


_YES: Final[dict[str, bool]] = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}


def number_in(text: str) -> Value:
    """A text as the number that it is, as in a CSV; itself where it is none."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and "e" not in text.lower() and "." not in text else value


def mapping(parts: Mapping[Any, Node], mark: Mark) -> Node:
    """A mapping of nodes."""
    values = {key: node.value for key, node in parts.items()}
    return Node(values, mark, dict(parts), {key: node.mark for key, node in parts.items()})


def parts_of(node: Node) -> dict[str, Node]:
    """The nodes of a mapping by key."""
    below = node.below if isinstance(node.below, dict) else {}
    return {str(key): one for key, one in below.items() if isinstance(one, Node)}


def sequence(parts: list[Node], mark: Mark) -> Node:
    """A list of nodes."""
    return Node([node.value for node in parts], mark, parts)


def nested(cells: Cells, mark: Mark) -> Node:
    """Keys within keys as mappings within mappings; a text in Chinese alone is a text."""
    heads: dict[str, Cells] = {}
    for key, node in cells.items():
        heads.setdefault(key[0], {})[key[1:]] = node
    found: dict[str, Node] = {}
    for head, inner in heads.items():
        if set(inner) == {("zh",)}:
            alone = inner["zh",]
            found[head] = mapping({"zh": alone, "en": alone}, alone.mark) if head in _IN_BOTH else alone
        elif () in inner:
            found[head] = inner[()]
        else:
            found[head] = nested(inner, min((node.mark for node in inner.values()), key=lambda one: one.column))
    return mapping(found, mark)


def placed(node: Node, mark: Mark) -> Node:
    """A node of a text in a cell, all of it where the cell is."""
    below = node.below
    if isinstance(below, dict):
        inside = {key: placed(one, mark) if isinstance(one, Node) else mark for key, one in below.items()}
        return node._replace(mark=mark, below=inside, keys=dict.fromkeys(node.keys or {}, mark))
    return node._replace(mark=mark, below=[placed(one, mark) if isinstance(one, Node) else mark for one in below])
