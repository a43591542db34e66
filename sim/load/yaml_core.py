"""YAML 1.2 core schema to plain data with places: strict, bounded, no tags, no repeated keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any, Final

import yaml

from sim.errors import Fault, InvalidInput, Place
from sim.language import Text
from sim.load.core_schema import TooLargeError, resolve
from sim.load.document import Document, Mark, Path, Value, dotted
from sim.load.yaml_events import MAX_DEPTH, decode, events, mark_of, place_of, read_bytes

MAX_ALIASES: Final = 200
MAX_VALUES: Final = 50_000
"""Values of a document once every alias is counted as what it stands for."""


@dataclass(slots=True)
class _Node:
    value: Value
    mark: Mark
    keys: dict[str | int, Mark] | None = None
    children: list["_Node"] | tuple[()] = ()
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Reading:
    """Scratch of one parse: the events, what anchors stand for, and the faults met so far."""

    file: str
    stream: Iterator[Any]
    anchors: dict[str, _Node | None] = field(default_factory=dict)
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
    root: _Node | None = None
    for event in reading.stream:
        if isinstance(event, yaml.NodeEvent):
            root = _node(reading, event, (), 0)
    if root is None:
        raise InvalidInput([Fault(Place(file), "", Text("文件是空的", "the file is empty"))])
    if reading.faults:
        raise InvalidInput(reading.faults)
    values: dict[Path, Mark] = {}
    keys: dict[Path, Mark] = {}
    _map_marks(root, (), values, keys)
    return Document(file, root.value, values, keys)


def _node(reading: _Reading, event: Any, path: Path, depth: int) -> _Node:
    if isinstance(event, yaml.AliasEvent):
        return _alias(reading, event, depth)
    anchor = event.anchor
    if anchor is not None:
        reading.anchors[anchor] = None
    if isinstance(event, yaml.ScalarEvent):
        node = _Node(_scalar(reading, event, path), mark_of(event))
    elif isinstance(event, yaml.SequenceStartEvent):
        node = _sequence(reading, event, path, depth)
    else:
        node = _mapping(reading, event, path, depth)
    if node.size > MAX_VALUES:
        raise reading.refuse(event, Text(f"展开后超过 {MAX_VALUES} 项", f"more than {MAX_VALUES} values once expanded"))
    if anchor is not None:
        reading.anchors[anchor] = node
    return node


def _alias(reading: _Reading, event: Any, depth: int) -> _Node:
    reading.aliases += 1
    if reading.aliases > MAX_ALIASES:
        raise reading.refuse(event, Text(f"引用超过 {MAX_ALIASES} 个", f"more than {MAX_ALIASES} aliases"))
    if event.anchor not in reading.anchors:
        raise reading.refuse(event, Text(f"引用 *{event.anchor} 没有定义", f"alias *{event.anchor} stands for nothing"))
    node = reading.anchors[event.anchor]
    if node is None:
        raise reading.refuse(event, Text(f"引用 *{event.anchor} 包含自己", f"alias *{event.anchor} contains itself"))
    if depth + node.height > MAX_DEPTH:
        raise reading.refuse(event, Text(f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels"))
    return node


def _scalar(reading: _Reading, event: Any, path: Path) -> Value:
    if event.style not in (None, ""):
        return str(event.value)
    try:
        return resolve(event.value)
    except TooLargeError:
        shown = event.value if len(event.value) <= 20 else f"{event.value[:20]}…"
        problem = Text(f"数字 {shown} 过大或过长", f"the number {shown} is too large or too long")
        reading.faults.append(Fault(place_of(event, reading.file), dotted(path), problem))
        return 0


def _sequence(reading: _Reading, start: Any, path: Path, depth: int) -> _Node:
    children: list[_Node] = []
    size, height = 1, 0
    for event in reading.stream:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        child = _node(reading, event, (*path, len(children)), depth + 1)
        children.append(child)
        size, height = _grown(reading, event, size, child), max(height, child.height)
    return _Node([child.value for child in children], mark_of(start), None, children, size, height + 1)


def _mapping(reading: _Reading, start: Any, path: Path, depth: int) -> _Node:
    value: dict[str | int, Value] = {}
    keys: dict[str | int, Mark] = {}
    children: list[_Node] = []
    size, height = 1, 0
    for event in reading.stream:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _key(reading, event, path)
        value_event = next(reading.stream)
        child = _node(reading, value_event, (*path, key), depth + 1)
        size, height = _grown(reading, value_event, size, child), max(height, child.height)
        if key in keys:
            problem = Text(f"键重复,第 {keys[key][0]} 行已有", f"repeated key, already given on line {keys[key][0]}")
            reading.faults.append(Fault(place_of(event, reading.file), dotted((*path, key)), problem))
            continue
        keys[key] = mark_of(event)
        value[key] = child.value
        children.append(child)
    return _Node(value, mark_of(start), keys, children, size, height + 1)


def _grown(reading: _Reading, event: Any, size: int, child: _Node) -> int:
    if size + child.size > MAX_VALUES:
        raise reading.refuse(event, Text(f"展开后超过 {MAX_VALUES} 项", f"more than {MAX_VALUES} values once expanded"))
    return size + child.size


def _key(reading: _Reading, event: Any, path: Path) -> str | int:
    plain = isinstance(event, yaml.ScalarEvent) and event.anchor is None
    value = _scalar(reading, event, path) if plain else _node(reading, event, path, MAX_DEPTH).value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise reading.refuse(event, Text("键只能是文字或整数(年份)", "a key is text or an integer (a year)"))
    return value


def _map_marks(node: _Node, path: Path, values: dict[Path, Mark], keys: dict[Path, Mark]) -> None:
    values[path] = node.mark
    if node.keys is None:
        for index, child in enumerate(node.children):
            _map_marks(child, (*path, index), values, keys)
        return
    for (key, mark), child in zip(node.keys.items(), node.children, strict=True):
        here = (*path, key)
        keys[here] = mark
        _map_marks(child, here, values, keys)
