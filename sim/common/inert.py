"""Texts of files made harmless: no command for a terminal, no formula for a spreadsheet."""

import re
from typing import Final

_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
"""Control signs, and signs that turn the order of a line, but for the tab and the line feed."""
_COMMAND: Final = re.compile(f"[{_CONTROLS}]")
_COLOUR: Final = re.compile(r"(\x1b\[[0-9;]*m)")
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]", re.UNICODE)


def shown(text: str) -> str:
    r"""The text with control signs as `\x1b`, so that a terminal shows them and does not obey them."""
    return _COMMAND.sub(_escape, text)


def one_line(text: str) -> str:
    """The same in one line: a line feed in it begins none."""
    return shown(text).replace("\n", "\\n")


def coloured(text: str) -> str:
    """The same with colours left: those that a command gives its own words."""
    parts = _COLOUR.split(text)
    return "".join(part if place % 2 else shown(part) for place, part in enumerate(parts))


def in_json(text: str) -> str:
    """JSON with control signs as JSON writes them."""
    return _COMMAND.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def cell(value: object) -> object:
    """A value of a table for spreadsheets: a text that could be a formula gets an apostrophe before it."""
    if not isinstance(value, str) or len(value) < 2 or not _FORMULA.match(value) or _is_number(value):
        return value
    return f"'{value}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
