"""Where the plan fails: the command that looks for the conditions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import FILE, format_option, language_option, progress, say, say_json, time_left
from sim.cli.texts import tr
from sim.common.language import Language

if TYPE_CHECKING:
    from sim.questions.discover import Discovery
    from sim.questions.discover.discovery import Method
    from sim.questions.sensitivity.missing import Treatment

_METHODS = ("prim", "tree")
_TREATMENTS = ("refuse", "drop", "nearest")
_MOST = 12
"""Steps of the trade-off that are printed."""


@click.command()
@click.argument("folder", type=FILE)
@click.option("--missed", default=None, metavar="TARGET", help="fails: the target is missed")
@click.option("--output", default=None, metavar="COLUMN", help="column that tells failure")
@click.option("--below", default=None, metavar="VALUE", help="fails: the column is under it")
@click.option("--above", default=None, metavar="VALUE", help="fails: the column is over it")
@click.option("--method", type=click.Choice(_METHODS), default="prim", help="boxes or a tree")
@click.option("--density", type=click.FloatRange(0.0, 1.0), default=None, help="least share of such cases that fail")
@click.option("--missing", type=click.Choice(_TREATMENTS), default="refuse", help="members without result")
@click.option("-o", "--out", type=FILE, default=None, help="folder of the answer (FOLDER)")
@language_option
@format_option
def discover(
    folder: Path,
    missed: str | None,
    output: str | None,
    below: str | None,
    above: str | None,
    method: "Method",
    density: float | None,
    missing: "Treatment",
    out: Path | None,
    lang: Language,
    form: str,
) -> None:
    """In which conditions do the members of a sweep fail."""
    progress(tr("looking for the conditions of failure …"), lang)
    from sim.output.pages import discover as discover_page
    from sim.questions.discover import Asked
    from sim.questions.discover import discover as sought
    from sim.questions.discover.record import record
    from sim.run.folder import json_file, publish

    asked, what = Asked(output, below, above, missed), tr("searching halves of the members")
    with time_left(lang) as tell:
        found = sought(folder, asked, method, density, missing, lambda share: tell(what, share))
    where = out or folder
    parts = {
        "discover.json": json_file(record(found)),
        "discover.html": lambda path: discover_page.write(found, path, lang),
    }
    publish(where, parts)
    if form == "json":
        say_json(record(found) | {"folder": str(where)})
        return
    _say(found, lang)
    say(tr("Page: {where}", where=where / "discover.html").in_(lang))


def _say(found: "Discovery", lang: Language) -> None:
    from sim.common.numbers import percent

    first, *more = found.sentences
    say(first.in_(lang))
    say()
    curve = found.curve
    every = -(-len(curve) // _MOST)
    say(tr("  coverage  density  factors").in_(lang))
    for step in curve[::every]:
        numbers = (percent(step.coverage), percent(step.density), str(step.restricted))
        widths = (6, 6, 6) if lang == "zh" else (8, 7, 7)
        say("  " + "  ".join(number.rjust(width) for number, width in zip(numbers, widths, strict=True)))
    say()
    for text in more:
        say(text.in_(lang))
