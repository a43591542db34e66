"""A parsed document: plain values, and where in the file each of them stands."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.common.errors import Fault, Place
from sim.common.grid import Mark as CellMark
from sim.common.language import Text

Value = None | bool | int | float | str | list["Value"] | dict[str | int, "Value"]
Path = tuple[str | int, ...]
Mark = Any
"""Where something starts as the parser says it, `line` and `column` counted from 0."""


# NamedTuples throughout this package: Python makes one in a seventh of the time of a frozen dataclass, and checking a
# file should take no time at all.
class Node(NamedTuple):
    """A value of a document, where it and its keys start, and what is below it: a node, or for a plain scalar its mark.

    size: values in it, once every alias is counted as what it stands for; height: levels below it.
    """

    value: Value
    mark: Mark
    below: "dict[str | int, Node | Mark] | Sequence[Node | Mark]" = ()
    keys: dict[str | int, Mark] | None = None
    size: int = 1
    height: int = 0

    def child(self, step: str | int) -> "Node | Mark | None":
        """What is below at a key or position, None where there is nothing."""
        if isinstance(self.below, dict):
            return self.below.get(step)
        return self.below[step] if isinstance(step, int) and 0 <= step < len(self.below) else None


class Document(NamedTuple):
    """Plain data, and the node that knows where every value and key of it stands; None where it is from no file."""

    file: str
    data: Value
    root: Node | None = None

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Where a value (or its key) stands; for what is not in the file, the innermost part that is."""
        if self.root is None:
            return Place(self.file)
        at: Node | Mark = self.root
        found = self.root.mark
        for step in path:
            inner = at.child(step) if isinstance(at, Node) else None
            if inner is None:
                break
            key = at.keys[step] if at_key and at.keys is not None else None
            at, found = inner, key or (inner.mark if isinstance(inner, Node) else inner)
        if isinstance(found, CellMark):
            return found.place
        return Place(self.file, found.line + 1, found.column + 1)

    def fault(self, path: Path, problem: Text, nearest: str | None = None, at_key: bool = False) -> Fault:
        """A fault of the value (or key) at `path`."""
        return Fault(self.place(path, at_key), dotted(path), problem, nearest)


def dotted(path: Path) -> str:
    """`policies[0].from`: a path as people write it."""
    words = ""
    for step in path:
        if isinstance(step, int) and step < 1000:
            words += f"[{step}]"
        else:
            words += f".{step}" if words else str(step)
    return words
