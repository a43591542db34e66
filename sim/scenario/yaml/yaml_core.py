"""YAML 1.2 core schema to plain data with places: strict, bounded, no tags, no repeated keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any, Final

from yaml import AliasEvent, MappingEndEvent, NodeEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.scenario.texts import tr
from sim.scenario.yaml.core_schema import TooLargeError, resolve
from sim.scenario.yaml.document import Document, Mark, Node, Path, Value, dotted
from sim.scenario.yaml.yaml_events import MAX_DEPTH, decode, events, place_of, read_bytes

_THREE_DIGITS: Final = re.compile(r"[0-9]{3}(\.[0-9]+)?")
MAX_ALIASES: Final = 200
MAX_VALUES: Final = 50_000
"""Values of a document once every alias is counted as what it stands for."""


@dataclass(slots=True)
class _Reading:
    """Scratch of one parse: the events, what anchors stand for, and the faults met so far."""

    file: str
    stream: Iterator[Any]
    anchors: dict[str, Node | None] = field(default_factory=dict)
    aliases: int = 0
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, event: Any, problem: Text) -> InvalidInput:
        return InvalidInput([*self.faults, Fault(place_of(event, self.file), "", problem)])


def load(file: File) -> Document:
    """The document of a file; InvalidInput with every repeated key, or with the first thing that cannot be read."""
    return parse(decode(read_bytes(file), str(file)), str(file))


def parse(text: str, file: str) -> Document:
    """The document of a text said to come from `file`; raises InvalidInput as `load` does."""
    reading = _Reading(file, events(text, file))
    root: Node | None = None
    for event in reading.stream:
        if isinstance(event, NodeEvent):
            root = _node(reading, event, (), 0)
    if root is None:
        raise InvalidInput([Fault(Place(file), "", tr("the file is empty"))])
    if reading.faults:
        raise InvalidInput(reading.faults)
    return Document(file, root.value, root)


def _node(reading: _Reading, event: Any, path: Path, depth: int) -> Node:
    if isinstance(event, AliasEvent):
        return _alias(reading, event, depth)
    anchor = event.anchor
    if anchor is not None:
        reading.anchors[anchor] = None
    if isinstance(event, ScalarEvent):
        node = Node(_scalar(reading, event, path), event.start_mark)
    elif isinstance(event, SequenceStartEvent):
        node = _sequence(reading, event, path, depth)
    else:
        node = _mapping(reading, event, path, depth)
    if node.size > MAX_VALUES:
        raise reading.refuse(event, tr("more than {max_values} values once expanded", max_values=MAX_VALUES))
    if anchor is not None:
        reading.anchors[anchor] = node
    return node


def _alias(reading: _Reading, event: Any, depth: int) -> Node:
    reading.aliases += 1
    if reading.aliases > MAX_ALIASES:
        raise reading.refuse(event, tr("more than {max_aliases} aliases", max_aliases=MAX_ALIASES))
    if event.anchor not in reading.anchors:
        raise reading.refuse(event, tr("alias *{anchor} stands for nothing", anchor=event.anchor))
    node = reading.anchors[event.anchor]
    if node is None:
        raise reading.refuse(event, tr("alias *{anchor} contains itself", anchor=event.anchor))
    if depth + node.height > MAX_DEPTH:
        raise reading.refuse(event, tr("nested deeper than {max_depth} levels", max_depth=MAX_DEPTH))
    return node


def _scalar(reading: _Reading, event: Any, path: Path, *step: str | int) -> Value:
    if event.style:
        return str(event.value)
    try:
        return resolve(event.value)
    except TooLargeError:
        shown = event.value if len(event.value) <= 20 else f"{event.value[:20]}…"
        problem = tr("the number {shown} is too large or too long", shown=shown)
        reading.faults.append(Fault(place_of(event, reading.file), dotted((*path, *step)), problem))
        return 0


# Most of a file is plain scalars: they are read where they stand, without a node or a path of their own.
def _sequence(reading: _Reading, start: Any, path: Path, depth: int) -> Node:
    value: list[Value] = []
    below: list[Node | Mark] = []
    size, height = 1, 0
    for event in reading.stream:
        if isinstance(event, ScalarEvent) and event.anchor is None:
            value.append(_scalar(reading, event, path, len(value)))
            below.append(event.start_mark)
            size += 1
            continue
        if isinstance(event, SequenceEndEvent):
            break
        child = _node(reading, event, (*path, len(value)), depth + 1)
        value.append(child.value)
        below.append(child)
        size, height = _grown(reading, event, size, child), max(height, child.height)
    return Node(value, start.start_mark, below, None, size, height + 1)


def _mapping(reading: _Reading, start: Any, path: Path, depth: int) -> Node:
    value: dict[str | int, Value] = {}
    keys: dict[str | int, Mark] = {}
    below: dict[str | int, Node | Mark] = {}
    size, height = 1, 0
    for event in reading.stream:
        if isinstance(event, MappingEndEvent):
            break
        if start.flow_style and value and isinstance(event, ScalarEvent):
            _check_thousands(reading, event, list(value.values())[-1])
        key = _key(reading, event, path)
        if key in keys:
            _repeated(reading, event, (*path, key), keys[key])
            size += _node(reading, next(reading.stream), (*path, key), depth + 1).size
            continue
        keys[key] = event.start_mark
        of_key = next(reading.stream)
        if isinstance(of_key, ScalarEvent) and of_key.anchor is None:
            value[key] = _scalar(reading, of_key, path, key)
            below[key] = of_key.start_mark
            size += 1
            continue
        child = _node(reading, of_key, (*path, key), depth + 1)
        value[key], below[key] = child.value, child
        size, height = _grown(reading, of_key, size, child), max(height, child.height)
    return Node(value, start.start_mark, below, keys, size, height + 1)


def _check_thousands(reading: _Reading, event: Any, before: Value) -> None:
    """Refuses the three digits after a comma (1,100), which would be a key of their own in `{…}`."""
    is_number = isinstance(before, int | float) and not isinstance(before, bool)
    if is_number and not event.style and _THREE_DIGITS.fullmatch(event.value):
        plain = f"{before:g}{event.value}"
        raise reading.refuse(event, tr("a comma ends a value here: write {plain} without a comma", plain=plain))


def _grown(reading: _Reading, event: Any, size: int, child: Node) -> int:
    if size + child.size > MAX_VALUES:
        raise reading.refuse(event, tr("more than {max_values} values once expanded", max_values=MAX_VALUES))
    return size + child.size


def _key(reading: _Reading, event: Any, path: Path) -> str | int:
    plain = isinstance(event, ScalarEvent) and event.anchor is None
    value = _scalar(reading, event, path) if plain else _node(reading, event, path, MAX_DEPTH).value
    if isinstance(value, str):  # nearly all
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise reading.refuse(event, tr("a key is text or an integer (a year)"))
    return value


def _repeated(reading: _Reading, event: Any, path: Path, before: Mark) -> None:
    line = before.line + 1
    problem = tr("repeated key, already given on line {line}", line=line)
    reading.faults.append(Fault(place_of(event, reading.file), dotted(path), problem))
