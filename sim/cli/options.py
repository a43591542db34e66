"""Options that several commands share, and how a command speaks."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from sim.cli.texts import tr
from sim.common import inert
from sim.common.errors import fault
from sim.common.language import LANGUAGES, Language, Text, from_environment

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
LEAST_MEMORY = 3 << 29
"""Bytes of address space below which the libraries that run the model may end without a word [measured: 1.2 GB]."""
PATIENCE = 2.0
"""Seconds that a run may take without saying how far it is."""
_LITTLE = 0.05
"""Share of the work from which on the time that it took tells how long the rest takes."""


def language_option(command: Command) -> Command:
    """`--lang zh|en`; the environment's language where it is not given."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=None,
        callback=_language,
        help="zh or en (that of the environment)",
    )(command)


def _language(context: click.Context, _: click.Parameter, value: Language | None) -> Language:
    memory = context.ensure_object(dict)
    chosen: Language = value or memory.get("language") or from_environment()
    memory["language"] = chosen
    return chosen


def format_option(command: Command) -> Command:
    """`--format text|json`."""
    return click.option(
        "--format", "form", type=click.Choice(("text", "json")), default="text", help="text or json on standard output"
    )(command)


def target_option(command: Command) -> Command:
    """`--target "MEASURE >= VALUE @ YEAR"`, any number of times."""
    return click.option(
        "--target",
        multiple=True,
        metavar="MEASURE>=VALUE@YEAR",
        help="a target beside the plan's: 'urbanization_rate >= 60% @ 2030'",
    )(command)


def overrides_option(command: Command) -> Command:
    """`--set path=value`, any number of times."""
    return click.option(
        "--set",
        "overrides",
        multiple=True,
        metavar="PATH=VALUE",
        help="set a parameter or a key of the scenario",
    )(command)


def overrides_of(given: Sequence[str], draws: int | None, seed: int | None, targets: Sequence[str] = ()) -> list[str]:
    """All `--set` of a command, with its `--target`, `--draws` and `--seed` as the last of them."""
    own = [f"{key}={value}" for key, value in (("draws", draws), ("seed", seed)) if value is not None]
    return [*given, *(f"target:{words}" for words in targets), *own]


def check_ending(path: Path, ending: str) -> None:
    """Raise InvalidInput where a file to be written has another ending than its kind: it is not meant, or not ours."""
    if path.suffix.lower() != ending:
        raise fault(str(path), "", tr("a file that ends in {ending} is written", ending=ending))


def say(text: str = "") -> None:
    """A line of the answer, on standard output."""
    click.echo(inert.coloured(text))


def note(text: Text, language: Language) -> None:
    """A remark beside the answer, on standard error."""
    click.echo(inert.coloured(text.in_(language)), err=True)


def note_first_run(lang: Language) -> None:
    """Say that the kernels have to be compiled, where they have. Raises InvalidInput where nothing could be run."""
    from sim.common.machine import allowed
    from sim.model.compiled import can_be_kept, is_cached

    given = allowed()
    if given is not None and given < LEAST_MEMORY:  # the libraries end without a word where they get none
        have, least = given / (1 << 30), LEAST_MEMORY / (1 << 30)
        problem = tr(
            "this process may take {have:.1f} GB of address space, {least:.1f} are needed", have=have, least=least
        )
        raise fault("ulimit -v", "", problem)
    if is_cached():
        return
    if can_be_kept():
        note(tr("first run: compiling the kernels (some seconds) …"), lang)
    else:
        text = tr(
            "compiling the kernels (some seconds); set NUMBA_CACHE_DIR to a folder that can be written to keep them"
        )
        note(text, lang)


def progress(text: Text, language: Language) -> None:
    """A remark about what is being done: only where somebody is watching."""
    if sys.stderr is not None and sys.stderr.isatty():
        note(text, language)


@contextmanager
def ticking(language: Language) -> Iterator[Callable[[int, int], None]]:
    """What says, on one line of the terminal, how many years of draws are simulated and the time that is left.

    It is told the years that are, and all that will be.
    """
    with time_left(language) as tell:
        yield lambda done, all_: tell(tr("{done:,} of {all_:,} years simulated", done=done, all_=all_), done / all_)


@contextmanager
def time_left(language: Language) -> Iterator[Callable[[Text, float], None]]:
    """What says, on one line of the terminal, what has been done and the time that is left, after two seconds.

    It is told a text and the share that is done; where nobody is watching it says nothing.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda what, share: None
        return
    begun, said, since = time.monotonic(), [0], list[tuple[float, float]]()

    def tell(what: Text, share: float) -> None:
        now = time.monotonic()
        if not since:  # what came before may have been a preparation, as compiling is
            since.append((now, share) if share < _LITTLE else (begun, 0.0))
        start, done = since[0]
        if now - begun < PATIENCE or not done < share < 1.0:
            return
        left = (now - start) * (1.0 - share) / (share - done)
        text = tr("{what}, about {left:.0f} s left", what=what, left=left).in_(language)
        click.echo("\r" + text.ljust(said[0]), err=True, nl=False)
        said[0] = len(text)

    try:
        yield tell
    finally:
        if said[0]:
            click.echo("\r" + " " * (2 * said[0]) + "\r", err=True, nl=False)


def say_json(content: object) -> None:
    """The answer as JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:  # an encoding that lacks a sign: JSON can do without it
        text = json.dumps(content, indent=1)
    click.echo(inert.in_json(text))


def coloured(text: str, colour: str) -> str:
    """The text in a colour, unless NO_COLOR is set or nobody is watching."""
    if os.environ.get("NO_COLOR") or sys.stdout is None or not sys.stdout.isatty():
        return text
    return click.style(text, fg=colour)
