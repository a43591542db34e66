"""A parsed document: plain values, and where in the file each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import Fault, Place
from sim.language import Text

Value = None | bool | int | float | str | list["Value"] | dict[str | int, "Value"]
Path = tuple[str | int, ...]
Mark = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data with the line and column of every value and of every key, by path."""

    file: str
    data: Value
    values: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Where a value (or its key) stands; for what is not in the file, the innermost part that is."""
        for end in range(len(path), -1, -1):
            found = (self.keys if at_key else self.values).get(path[:end]) or self.values.get(path[:end])
            if found is not None:
                return Place(self.file, *found)
        return Place(self.file)

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
