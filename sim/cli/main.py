"""The group of commands, and what becomes of every kind of failure."""

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from sim import __version__
from sim.cli.ending import ends
from sim.cli.help_pages import Pages
from sim.cli.options import language_option
from sim.cli.signs import known
from sim.cli.texts import tr
from sim.cli.usage import asked_language, no_command, usage
from sim.common.errors import Exit, InvalidInput
from sim.common.inert import one_line
from sim.common.language import Language, Text, from_environment
from sim.common.system import reason

COMMANDS = {
    "serve": ("sim.cli.serve", "move levers on a live page"),
    "run": ("sim.cli.running", "run a scenario"),
    "report": ("sim.cli.saved", "the report of a run that was kept"),
    "reproduce": ("sim.cli.saved", "run what a folder keeps again"),
    "compare": ("sim.cli.compare", "run several scenarios and compare them"),
    "sweep": ("sim.cli.sweep", "run many members of one scenario"),
    "atlas": ("sim.cli.atlas", "every county of a batch on one page"),
    "query": ("sim.cli.sweep", "ask a sweep in SQL"),
    "seek": ("sim.cli.seek", "what would it take to meet targets"),
    "sensitivity": ("sim.cli.sweep", "which factors matter most"),
    "discover": ("sim.cli.discover", "in which conditions the plan fails"),
    "validate": ("sim.cli.files", "check a scenario, or any other file"),
    "explain": ("sim.cli.files", "where each value comes from"),
    "targets": ("sim.cli.targets", "every line of every plan"),
    "crosscheck": ("sim.cli.crosscheck", "planners' methods beside the model"),
    "checkup": ("sim.cli.checkup", "the year's figures against a scenario"),
    "evaluate": ("sim.cli.evaluating", "a plan after five years: outcomes, causes, next values"),
    "calibrate": ("sim.cli.calibrate", "fit rates to your own yearly series"),
    "backtest": ("sim.cli.backtest", "test the model on a past decade"),
    "export": ("sim.cli.saved", "a run as a table for other programs"),
    "policies": ("sim.cli.listing", "policies that can be used"),
    "measures": ("sim.cli.listing", "measures of a run"),
    "regions": ("sim.cli.listing", "regions that can be named"),
    "schema": ("sim.cli.files", "JSON Schema of scenarios and other files"),
    "new": ("sim.cli.new", "start from a running example"),
    "convert": ("sim.cli.convert", "a scenario from YAML to Excel and back"),
    "template": ("sim.cli.convert", "empty tables to fill in"),
    "region": ("sim.cli.region", "regions: list, show, add, calibrate"),
    "doctor": ("sim.cli.doctor", "check this installation"),
}

click.Context.formatter_class = Pages

_SHORT = {"validate", "schema"}
"""Commands that are over before collecting garbage would pay; it is off from the start (`sim.cli`)."""

SELDOM = 500_000, 20, 100
"""How often garbage is collected: a run makes some 300,000 small objects that stay and next to no cycles."""


class Lazy(click.Group):
    """A group that imports a command only when it is called, so that help and checks start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Commands in the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.invoked_subcommand is None and ctx.params.get("help") is not None:
            return click.Command(cmd_name, short_help=COMMANDS[cmd_name][1])
        module = import_module(COMMANDS[cmd_name][0])
        if cmd_name not in _SHORT:
            gc.set_threshold(*SELDOM)
            gc.enable()
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a mistyped one is told with the nearest name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            language = _language(ctx.obj or {})
            raise click.UsageError(no_command(args[0], COMMANDS).in_(language), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """One line a command, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="townward")
@language_option
def townward(lang: Language) -> None:
    """Townward (向城): will the plan's targets be met, how likely, and what holds them back."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with a documented exit code (`sim.common.errors.Exit`)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the encoding lacks is no reason to stop
            stream.reconfigure(errors=known())
    with _told_to_end():
        code = _flushed(_run(arguments))
    if arguments is None:
        ends(code)
    sys.exit(code)


@contextmanager
def _told_to_end() -> Iterator[None]:
    """A request to end (SIGTERM) is as Ctrl-C: what was begun is put away, and the command leaves as interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _flushed(code: int) -> int:
    """The exit code once all that was said has been written; nobody may be reading it any more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as problem:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            code = Exit.INTERRUPTED if isinstance(problem, BrokenPipeError) else Exit.INTERNAL
    return code


def _run(arguments: list[str] | None) -> int:
    memory: dict[str, Any] = {"language": asked_language(sys.argv[1:] if arguments is None else arguments)}
    try:
        code = townward.main(arguments, prog_name="townward", standalone_mode=False, obj=memory)
    except InvalidInput as problem:
        click.echo(problem.message(_language(memory)), err=True)
        return Exit.INVALID_INPUT
    except click.exceptions.Abort:
        return Exit.INTERRUPTED
    except click.ClickException as problem:
        click.echo(usage(problem, _language(memory)), err=True)
        return Exit.USAGE
    except (KeyboardInterrupt, BrokenPipeError, SystemExit):  # click leaves by SystemExit where a pipe was closed
        return Exit.INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - the last resort: one line, not a page
        return _unforeseen(problem, _language(memory))
    return code if isinstance(code, int) else Exit.DONE


def _of_machine(problem: Exception) -> Text | None:
    """What to say where not the program but the machine gave up: no memory, no disk, no library; None otherwise."""
    if isinstance(problem, ModuleNotFoundError) and str(problem.name).partition(".")[0] == "scipy":
        from sim.questions.extra import missing

        return missing()
    if isinstance(problem, MemoryError):
        return tr("there is not enough memory: take fewer draws or members")
    if isinstance(problem, OSError):
        if isinstance(problem, FileNotFoundError) and problem.filename is None and not _stands_somewhere():
            return tr("the folder that the command was started in is gone")
        return tr("the system refused: {reason} ({file})", reason=reason(problem), file=problem.filename or "—")
    if type(problem).__module__.startswith(("duckdb", "_duckdb")):
        return tr("the tables cannot be read or written: {said}", said=str(problem).partition("\n")[0])
    return None


def _stands_somewhere() -> bool:
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False


def _unforeseen(problem: Exception, language: Language) -> int:
    refused = _of_machine(problem)
    if refused is None:
        return _internal(problem, language)
    click.echo(one_line(refused.in_(language)), err=True)
    return Exit.INVALID_INPUT


def _internal(problem: Exception, language: Language) -> int:
    if os.environ.get("TOWNWARD_DEBUG"):
        raise problem
    said = f"{type(problem).__name__}: {problem}"
    text = tr("internal error ({said}). Please report it; TOWNWARD_DEBUG=1 shows where.", said=said)
    click.echo(one_line(text.in_(language)), err=True)
    return Exit.INTERNAL


def _language(memory: dict[str, Any]) -> Language:
    language: Language = memory.get("language") or from_environment()
    return language
