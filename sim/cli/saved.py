"""Commands about the folder of a run: its report without a new run, and the same run again."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import (
    FILE,
    check_ending,
    format_option,
    language_option,
    note_first_run,
    progress,
    say,
    say_json,
    ticking,
)
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language

if TYPE_CHECKING:
    from sim.output.reproduce import Reproduction
    from sim.output.saved_report import Form


@click.command()
@click.argument("folder", type=FILE)
@click.option("--format", "form", type=click.Choice(("html", "xlsx", "docx")), default="html", help="kind of file")
@click.option("--brief", is_flag=True, help="at most four A4 pages to print, as HTML")
@click.option("--full", is_flag=True, help="a document with all tables behind the brief")
@click.option("-o", "--out", type=FILE, default=None, help="file to write (FOLDER/report.<lang>.<format>)")
@language_option
def report(folder: Path, form: "Form", brief: bool, full: bool, out: Path | None, lang: Language) -> None:
    """The report of a run from its folder, without a new run."""
    from sim.output.saved_report import write

    if brief and form != "html":
        raise click.UsageError(tr("--brief is HTML, to be printed").in_(lang))
    if full and form != "docx":
        raise click.UsageError(tr("--full goes with --format docx").in_(lang))
    path = out or folder / f"{'brief' if brief else 'report'}.{lang}.{form}"
    check_ending(path, f".{form}")
    write(folder, path, "brief" if brief else form, lang, full=full)
    say(tr("Report: {folder}", folder=path).in_(lang))


@click.command()
@click.argument("folder", type=FILE)
@click.option("--format", "form", type=click.Choice(("iamc",)), default="iamc", help="kind of table")
@click.option("-o", "--out", type=FILE, default=None, help="file to write (FOLDER/iamc.csv)")
@language_option
def export(folder: Path, form: str, out: Path | None, lang: Language) -> None:
    """A run as a table for other programs: IAMC, which pyam reads."""
    from sim.output.exchange import iamc
    from sim.run.folder import publish
    from sim.run.kept import read_tables

    path = out or folder / f"{form}.csv"
    check_ending(path, ".csv")
    table = iamc(read_tables(folder))
    kept = [one for one in folder.glob("*") if one.name != f"{form}.csv"]
    publish(path.parent, {path.name: lambda part: table.to_csv(part, index=False, encoding="utf-8")}, kept)
    say(tr("written: {folder}", folder=path).in_(lang))


@click.command()
@click.argument("folder", type=FILE)
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@language_option
@format_option
def reproduce(folder: Path, jobs: int | None, lang: Language, form: str) -> int:
    """Run the inputs that a folder keeps again, and compare every file."""
    note_first_run(lang)
    from sim.output.reproduce import reproduced

    progress(tr("running what {folder} keeps …", folder=folder), lang)
    with ticking(lang) as watch:
        found = reproduced(folder, jobs, watch)
    if form == "json":
        say_json(asdict(found) | {"same": found.is_same})
    else:
        _say(found, lang)
    return Exit.DONE if found.is_same else Exit.DIFFERS


def _say(found: "Reproduction", lang: Language) -> None:
    many = len(found.alike) + len(found.apart)
    if found.is_same:
        say(tr("The same: all {many} files came out the same, byte by byte.", many=many).in_(lang))
    else:
        text = tr("Not the same: {apart} of {many} files came out otherwise.", apart=len(found.apart), many=many)
        say(text.in_(lang))
    for name in found.apart:
        say(f"  {name}")
    for heading, what in (
        (tr("Changed in the folder:"), found.changed),
        (tr("Not as it was then:"), found.others),
    ):
        if what:
            say(heading.in_(lang))
        for one in what:
            say(f"  {one.in_(lang)}")
