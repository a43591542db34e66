"""The command that shows every county of a batch on one page."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import FILE, check_ending, language_option, note, note_first_run, progress, say
from sim.cli.serve import answer_at, check_installed
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language

if TYPE_CHECKING:
    from sim.output.atlas.content import Atlas

PAGE = "atlas.html"


@click.command()
@click.argument("folder", type=FILE)
@click.option("-o", "--out", type=FILE, default=None, help="file (FOLDER/atlas.html)")
@click.option("--boundaries", type=FILE, default=None, help="GeoJSON of your own")
@click.option("--key", default=None, help="its property with codes or names")
@click.option("--serve", is_flag=True, help="open it, with each county's live page")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="of --serve")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="of a county's live page")
@click.option("--no-browser", is_flag=True, help="only print the address")
@language_option
def atlas(
    folder: Path,
    out: Path | None,
    boundaries: Path | None,
    key: str | None,
    serve: bool,
    port: int | None,
    draws: int | None,
    no_browser: bool,
    lang: Language,
) -> int:
    """Every county of a batch on one page: map, list, search.

    FOLDER is of `townward sweep --census`. The page is one file that needs no network; with --serve it is opened
    by a server for this machine alone, and each county can be run there by itself.
    """
    if not serve and (port, draws, no_browser) != (None, None, False):
        raise click.UsageError(tr("--port, --draws and --no-browser go with --serve").in_(lang))
    if serve and out is not None:
        raise click.UsageError(tr("give --serve or -o").in_(lang))
    if out is not None:
        check_ending(out, ".html")
    if key is not None and boundaries is None:
        raise click.UsageError(tr("--key goes with --boundaries").in_(lang))
    progress(tr("reading the counties …"), lang)
    found = _read(folder, boundaries, key, lang)
    if serve:
        return _serve(found, port, draws, not no_browser, lang)
    return _write(found, out or folder / PAGE, [*([boundaries] if boundaries else [])], lang)


def _read(folder: Path, boundaries: Path | None, key: str | None, lang: Language) -> "Atlas":
    from sim.output.atlas.boundaries import boundaries as outlines
    from sim.output.atlas.boundaries import said_of
    from sim.output.atlas.content import Atlas
    from sim.questions.census_sweep.kept import kept_batch

    batch = kept_batch(folder)
    if boundaries is None:
        return Atlas(batch)
    codes, names = (batch.counties[column].astype(str).tolist() for column in ("code", "name"))
    drawn = outlines(boundaries, codes, names, key)
    note(said_of(drawn, len(codes)), lang)
    return Atlas(batch, drawn)


def _write(found: "Atlas", path: Path, inputs: list[Path], lang: Language) -> int:
    from sim.output.atlas.page import page
    from sim.questions.sweep.folder import batch_files
    from sim.run.folder import publish, text_file

    begun = time.monotonic()
    content = page(found, lang)
    publish(path.parent, {path.name: text_file(content)}, [*batch_files(found.batch.folder), *inputs])
    said = tr("{counties:,} counties", counties=len(found.batch.counties))
    progress(tr("{said} in {seconds:.1f} s", said=said, seconds=time.monotonic() - begun), lang)
    say(tr("Atlas: {path}", path=path).in_(lang))
    return Exit.DONE


def _serve(found: "Atlas", port: int | None, draws: int | None, opens: bool, lang: Language) -> int:
    check_installed()
    note_first_run(lang)
    from sim.output.live.server import application
    from sim.questions.live.opened import Shelf

    shelf = Shelf({}, draws, os.cpu_count() or 1)
    answer_at("/atlas", port, lang, lambda token, number: application(shelf, token, number, atlas=found), opens=opens)
    return Exit.DONE
