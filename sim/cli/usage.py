"""What Click says of a wrong use, in the user's language; the nearest command for a mistyped one."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import click

from sim.cli.texts import tr
from sim.common.errors import nearest
from sim.common.inert import one_line
from sim.common.language import LANGUAGES, Language, Text

_PATTERNS: Final[tuple[tuple[str, Text], ...]] = (
    (r"Missing command\.?", tr("a command is missing")),
    (r"Missing argument '?(?P<a>[^']+?)'?\.?(?: Choose from:.*)?", tr("an argument is missing: {a}", a="{a}")),
    (r"Missing option '?(?P<a>[^']+?)'?\.?", tr("an option is missing: {a}", a="{a}")),
    (r"Got unexpected extra arguments? \((?P<a>.+)\)", tr("not expected: {a}", a="{a}")),
    (r"Option '?(?P<a>[^']+?)'? requires an argument\.?", tr("{a} needs a value", a="{a}")),
    (r"Option '?(?P<a>[^']+?)'? does not take a value\.?", tr("{a} takes no value", a="{a}")),
    (
        r"Invalid value for '?(?P<a>[^']+?)'?: (?P<b>.+?) is not in the range (?P<c>.+?)\.?",
        tr("{a}: {b} must be in {c}", a="{a}", b="{b}", c="{c}"),
    ),
    (
        r"Invalid value for '?(?P<a>[^']+?)'?: (?P<b>.+?) is not one of (?P<c>.+?)\.?",
        tr("{a}: {b} must be one of {c}", a="{a}", b="{b}", c="{c}"),
    ),
    (
        r"Invalid value for '?(?P<a>[^']+?)'?: (?P<b>.+?) is not a valid (?:integer|float)(?: range)?\.?",
        tr("{a}: {b} is no number of this kind", a="{a}", b="{b}"),
    ),
)
"""What Click says, and how it is said here."""


def usage(problem: click.ClickException, language: Language) -> str:
    """The message of a wrong use: what is wrong, what may have been meant, and where help is.

    Where a group was given no command: its page of help, as it stands.
    """
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        return problem.format_message()
    said = one_line(_said(problem, language))
    context = getattr(problem, "ctx", None)
    if context is None:
        return said
    return f"{said}\n{tr('help: {path} -h', path=context.command_path).in_(language)}"


def asked_language(arguments: Sequence[str]) -> Language | None:
    """The language that a command line asks for, whatever else is wrong with it; None where it asks for none."""
    words = [word for argument in arguments for word in argument.split("=", 1)]
    asked = next((after for word, after in pairwise(words) if word == "--lang"), None)
    return next((language for language in LANGUAGES if language == asked), None)


def no_command(name: str, names: Iterable[str]) -> Text:
    """That there is no command of that name, with the nearest one."""
    return _with_nearest(tr("no command is called {name}", name=name), nearest(name, names))


def _with_nearest(words: Text, close: str | None) -> Text:
    hint = tr("; did you mean {close}?", close=close)
    return words if close is None else Text(words.zh + hint.zh, words.en + hint.en)


def _said(problem: click.ClickException, language: Language) -> str:
    """A message of Click's in the language; one that says both languages, or is not known, as it stands."""
    if isinstance(problem, click.NoSuchOption):
        close = next(iter(problem.possibilities or ()), None)
        return _with_nearest(tr("no such option: {name}", name=problem.option_name), close).in_(language)
    message = problem.format_message().strip()
    for pattern, words in _PATTERNS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return words.in_(language).format(**found.groupdict())
    return message
