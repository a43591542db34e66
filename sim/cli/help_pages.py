"""Help pages in the user's language: English stands at the commands, Chinese in the wing's table."""

import re
from collections.abc import Iterable
from typing import Any, Final
from unicodedata import east_asian_width

import click

from sim.cli.texts import tr
from sim.common.language import Language, from_environment
from sim.common.typography import has_chinese, typeset

_OF_CLICK: Final = {
    text.en: text
    for text in (
        tr("Usage:"),
        tr("Options"),
        tr("Commands"),
        tr("default: "),
        tr("required"),
        tr("Show this message and exit."),
        tr("Show the version and exit."),
        tr("[OPTIONS]"),
        tr("COMMAND [ARGS]..."),
    )
}
"""What Click says of itself."""
_KINDS: Final = {
    text.en: text
    for text in (
        tr("ADDRESS"),
        tr("COLUMN"),
        tr("FILE"),
        tr("FIRST"),
        tr("FLOAT"),
        tr("FLOAT RANGE"),
        tr("FROM"),
        tr("HIGH"),
        tr("INTEGER"),
        tr("INTEGER RANGE"),
        tr("LAST"),
        tr("LOW"),
        tr("MEASURE"),
        tr("NAME"),
        tr("NUMBER"),
        tr("PATH"),
        tr("RATE"),
        tr("TARGET"),
        tr("TEXT"),
        tr("TO"),
        tr("VALUE"),
        tr("YEAR"),
    )
}
"""What an option takes, as it stands behind the option's name."""
_KIND: Final = re.compile(r"\b[A-Z]{2,}(?: RANGE)?\b")
_PARTS: Final = ("[OPTIONS]", "COMMAND [ARGS]...")
"""What it writes behind a command's name."""
_ADDED: Final = re.compile(r"(.*?)  \[([^\]]*)\]", re.DOTALL)
"""What is said of an option, and what Click adds to it: default, range, that it is required."""
_PIECE: Final = re.compile(r"\uff08?[!-~]+ ?|\uff08?[^\x00-\x7f][\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\uff09]*|.")
"""What is not broken in two: a word with the space behind it, a character with its punctuation."""
_WIDEST: Final = 30
"""Columns that the names of options take at most, as in Click."""
_KEPT: Final = "\b\n"
"""Tells Click that the lines of a paragraph are to stay as they are."""


class Pages(click.HelpFormatter):
    """A page of help; Chinese is broken into lines by its width on a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is called."""
        said = self._said(prefix or "Usage:")
        for words in _PARTS:
            args = args.replace(words, self._said(words))
        super().write_usage(prog, args, said if has_chinese(said) else f"{said} ")

    def write_heading(self, heading: str) -> None:
        """The heading of a list."""
        self.write(typeset(f"{'':>{self.current_indent}}{self._said(heading)}:\n"))

    def write_text(self, text: str) -> None:
        """What a command does, in paragraphs."""
        parts = [" ".join(part.split()) for part in text.split("\n\n")]
        super().write_text("\n\n".join(self._set(self._said(part), self.width) for part in parts))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST, col_spacing: int = 2) -> None:
        """Options or commands, each with what it is."""
        if self._language == "en":
            super().write_dl([(name, self._with_added(words)) for name, words in rows], col_max, col_spacing)
            return
        said = [(_KIND.sub(lambda kind: self._kind(kind[0]), name), self._with_added(words)) for name, words in rows]
        first = min(max((columns(name) for name, _ in said), default=0), col_max) + col_spacing
        margin = self.current_indent + first
        for name, words in said:
            used = columns(name)
            gap = "\n" + " " * margin if used > first - col_spacing else " " * (first - used)
            lines = _lines(words, max(self.width - first - 2, 10))
            self.write(f"{'':>{self.current_indent}}{name}{gap}" + ("\n" + " " * margin).join(lines) + "\n")

    @property
    def _language(self) -> Language:
        """The language that was asked for, or that of the environment."""
        context = click.get_current_context(silent=True)
        memory: dict[str, Any] = (context and context.find_object(dict)) or {}
        language: Language = memory.get("language") or from_environment()
        return language

    def _said(self, words: str) -> str:
        """A text of a command or of Click's own in the language of the page; one that has no entry as it stands."""
        text = _OF_CLICK.get(words) or tr.known(words)
        return words if text is None else text.in_(self._language)

    def _kind(self, words: str) -> str:
        """What an option takes, in the language of the page."""
        return _KINDS[words].in_(self._language) if words in _KINDS else words

    def _with_added(self, words: str) -> str:
        found = _ADDED.fullmatch(words)
        if found is None:
            return self._said(words)
        parts = [self._added(part) for part in found.group(2).split("; ")]
        return f"{self._said(found.group(1))}  [{'; '.join(parts)}]"

    def _added(self, part: str) -> str:
        given = part.removeprefix("default: ")
        return self._said(part) if given == part else self._said("default: ") + given

    def _set(self, text: str, width: int) -> str:
        """A Chinese text in lines of a width; an English one is left to Click."""
        return text if self._language == "en" or not text else _KEPT + "\n".join(_lines(text, width))


def _lines(text: str, width: int) -> list[str]:
    made, line = [], ""
    for piece in _PIECE.findall(text):
        if line and columns(line + piece.rstrip()) > width:
            made.append(line.rstrip())
            line = ""
        line += piece
    return [*made, line.rstrip()]


def columns(text: str) -> int:
    """Columns of a terminal that a text takes: Chinese characters two each."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
