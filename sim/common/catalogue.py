"""Texts of a wing: English where it is said, every other language in a table beside the wing's code."""

import json
from functools import cache
from pathlib import Path

from sim.common.language import Text


class Catalogue:
    """Texts of a wing in both languages, from the wing's `texts.zh.json`: English, as written in code → Chinese.

    A text that means two things has two entries, told apart by what follows `|` in the table: `context` at the call.
    """

    def __init__(self, module: str) -> None:
        self._table = Path(module).with_name("texts.zh.json")

    def __call__(self, english: str, *, context: str = "", **parts: object) -> Text:
        """The text, with its parts in place by name (`{part}`, with a format as in `str.format`).

        A part that is a Text is put in in the language of each side. Raises KeyError where the table has no entry.
        """
        chinese = _read(self._table)[f"{english}|{context}" if context else english]
        if not parts:
            return Text(chinese, english)
        zh, en = ({name: _said(part, side) for name, part in parts.items()} for side in ("zh", "en"))
        return Text(chinese.format(**zh), english.format(**en))

    def known(self, english: str) -> Text | None:
        """A text that is said elsewhere, as a library shows it; None where the table has no entry."""
        chinese = _read(self._table).get(english)
        return None if chinese is None else Text(chinese, english)


def _said(part: object, side: str) -> object:
    return getattr(part, side) if isinstance(part, Text) else part


@cache
def _read(table: Path) -> dict[str, str]:
    entries: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return entries
