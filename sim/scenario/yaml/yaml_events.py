"""From bytes to a stream of YAML events, bounded before anything is built.

Only the event stream of PyYAML is used: nothing is composed, resolved or constructed by it, so no tag
can make an object, no alias is expanded, and depth is counted rather than recursed into.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from yaml import CollectionEndEvent, CollectionStartEvent, DocumentStartEvent, ScalarEvent

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.plain import content
from sim.scenario.texts import tr

MAX_BYTES: Final = 1 << 20
MAX_EVENTS: Final = 50_000
MAX_DEPTH: Final = 24
FULL_COLON: Final = "\uff1a"
NO_HINT: Final = Text("", "")

_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FOREIGN_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(file: Path) -> bytes:
    """The content of a file of at most MAX_BYTES; InvalidInput if there is none or it is longer."""
    return content(file, MAX_BYTES)


def decode(data: bytes, file: str) -> str:
    """UTF-8 text, with or without a byte-order mark; InvalidInput names the encoding that it seems to be."""
    foreign = next((name for mark, name in _FOREIGN_MARKS if data.startswith(mark)), None)
    if foreign is None and b"\0" in data[:64]:
        foreign = "UTF-16"
    if foreign is not None:
        raise _broken(file, _save_as_utf8(foreign))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        column = problem.start - (data.rfind(b"\n", 0, problem.start) + 1) + 1
        place = Place(file, line, column)
        raise InvalidInput([Fault(place, "", _save_as_utf8(_likely_encoding(data)))]) from problem


def events(text: str, file: str) -> Iterator[Any]:
    """The events of one YAML document, refusing tags, directives, second documents and excess.

    Raises InvalidInput at the first breach, so that the work is bounded.
    """
    depth = documents = 0
    try:
        for count, event in enumerate(iter(_PARSER(text).get_event, None)):
            if isinstance(event, ScalarEvent) and event.tag is None and count <= MAX_EVENTS:
                yield event  # most of them
                continue
            if isinstance(event, DocumentStartEvent):
                documents += 1
                _check_document_start(event, documents, file)
            elif isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise _at(event, file, tr("nested deeper than {max_depth} levels", max_depth=MAX_DEPTH))
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if count > MAX_EVENTS:
                raise _at(event, file, tr("more than {max_events} items", max_events=MAX_EVENTS))
            if getattr(event, "tag", None) is not None:
                raise _at(event, file, tr("tags are not allowed: {tag}", tag=event.tag))
            yield event
    except (yaml.YAMLError, RecursionError) as problem:
        raise _unreadable(problem, text, file) from problem


def place_of(event: Any, file: str) -> Place:
    """Where an event starts, line and column counted from 1."""
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1)


def _unreadable(problem: Exception, text: str, file: str) -> InvalidInput:
    if not isinstance(problem, yaml.MarkedYAMLError):
        words = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        return _broken(file, _not_yaml(words))
    mark = problem.problem_mark or problem.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    words = ": ".join(part for part in (problem.context, problem.problem) if part)
    hint = _hint(text, mark.line, mark.column) if mark else NO_HINT
    return InvalidInput([Fault(place, "", _not_yaml(words, hint))])


def _check_document_start(event: Any, documents: int, file: str) -> None:
    if documents > 1:
        raise _at(event, file, tr("a file holds one document only"))
    if event.version is not None and tuple(event.version) != (1, 2):
        raise _at(event, file, tr("only YAML 1.2 is read"))


def _likely_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK"


def _save_as_utf8(encoding: str) -> Text:
    return tr("not UTF-8 (it looks like {encoding}); save it as UTF-8", encoding=encoding)


def _not_yaml(words: str, hint: Text = NO_HINT) -> Text:
    return tr("not valid YAML ({words}){hint}", words=words, hint=hint)


def _hint(text: str, line: int, column: int) -> Text:
    """What to do about the two commonest slips: a tab in the indentation, and a unit such as % without quotes."""
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return tr("; indent with spaces, not tabs")
    if any(FULL_COLON in one and ":" not in one for one in lines[max(line - 1, 0) : line + 1]):
        return tr("; write a plain colon and a space, not the full-width {mark}", mark=FULL_COLON)
    sign = here[column : column + 1]
    if sign in {"%", "@", "`"}:
        return tr("; put text that starts with {sign} in quotes", sign=sign)
    return NO_HINT


def _broken(file: str, problem: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(file), "", problem)])


def _at(event: Any, file: str, problem: Text) -> InvalidInput:
    return InvalidInput([Fault(place_of(event, file), "", problem)])
