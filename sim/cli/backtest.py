"""Test the model on a decade and on counties it has not learnt from."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from sim.cli.options import FILE, language_option, progress, say, say_json, time_left
from sim.cli.texts import tr
from sim.common.language import Language, Text

if TYPE_CHECKING:
    from sim.evidence.backtest.run import Backtest
    from sim.places.census.pairs import Pairs

_T = TypeVar("_T")


@click.command()
@click.option("--from", "first", type=FILE, required=True, help="county table of the first census (CSV)")
@click.option("--to", "second", type=FILE, required=True, help="county table of the second census (CSV)")
@click.option(
    "--learn-from",
    "teachers",
    type=FILE,
    nargs=2,
    default=None,
    help="two tables of an earlier and a later census to learn from instead",
)
@click.option("--json", "as_json", is_flag=True, help="all scores as JSON")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", help="text or json on standard output"
)
@click.option("--output", "-o", type=FILE, default=None, help="also write the page (Markdown)")
@click.option("--draws", type=click.IntRange(20, 10_000), default=200, show_default=True, help="draws a county")
@click.option("--counties", type=click.IntRange(min=1), default=None, help="only about so many, spread evenly")
@click.option("--folds", type=click.IntRange(2, 50), default=10, show_default=True, help="groups of prefectures")
@click.option("--seed", type=int, default=2020, show_default=True, help="seed")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="threads")
@language_option
def backtest(
    first: Path,
    second: Path,
    teachers: tuple[Path, Path] | None,
    as_json: bool,
    form: str,
    output: Path | None,
    draws: int,
    counties: int | None,
    folds: int,
    seed: int,
    jobs: int,
    lang: Language,
) -> None:
    """Forecast the second census from the first, for counties not learnt from."""
    from dataclasses import replace

    from sim.evidence.backtest.run import Options
    from sim.evidence.backtest.run import backtest as run
    from sim.evidence.backtest.tables import as_json as scores
    from sim.places.china.national import load_national

    found = _pairs(first, second, lang)
    school = None if teachers is None else _pairs(*teachers, lang)
    if counties is not None:
        found = replace(found, pairs=_spread(found.pairs, counties))
    options = Options(draws, folds, seed, jobs)
    with time_left(lang) as tell:
        result = run(found, load_national(), options, tell, school)
    if output is not None:
        _write(result, output)
    if as_json or form == "json":
        say_json(scores(result))
    else:
        say(_summary(result, lang))
        if output is not None:
            say(tr("written: {output}", output=output).in_(lang))


def _pairs(first: Path, second: Path, lang: Language) -> "Pairs":
    """Counties of two tables; what is wrong with rows is said."""
    from sim.places.census import read_rows
    from sim.places.census.pairs import pairs

    before, unread = read_rows(first)
    after, unread_after = read_rows(second)
    for fault in (*unread, *unread_after):
        progress(Text(fault.message("zh"), fault.message("en")), lang)
    return pairs(before, after)


def _spread(all_of: tuple[_T, ...], count: int) -> tuple[_T, ...]:
    """About so many of them, evenly spread; all where there are fewer."""
    kept = min(count, len(all_of))
    return tuple(all_of[i * len(all_of) // kept] for i in range(kept))


def _write(result: "Backtest", output: Path) -> None:
    from sim.output.documents.backtest_document import page
    from sim.output.documents.backtest_pictures import pictures

    images = output.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    for name, drawing in pictures(result).items():
        (images / name).write_text(drawing, encoding="utf-8", newline="\n")
    output.write_text(page(result), encoding="utf-8", newline="\n")


def _summary(result: "Backtest", lang: Language) -> str:
    from sim.evidence.backtest.methods import METHODS
    from sim.evidence.backtest.quantities import QUANTITIES
    from sim.evidence.backtest.tables import SIMULATION, everyone

    names = {SIMULATION: tr("townward")} | {method.id: method.name for method in METHODS}
    heads = [tr("{first} counties, mean absolute error", first=len(result.first)).in_(lang)]
    heads += ["  " + "  ".join(f"{q.name.in_(lang)} ({'pts' if q.unit == 'points' else '%'})" for q in QUANTITIES)]
    scores = everyone(result).scores
    for method, each in scores.items():
        cells = "  ".join("    —" if score is None else f"{score.error:5.2f}" for score in each)
        heads.append(f"{cells}  {names[method].in_(lang)}")
    own = "  ".join("    —" if score is None else f"{100 * score.coverage[1]:4.0f}%" for score in scores[SIMULATION])
    heads.append(f"{own}  {tr('townward, 80% band held').in_(lang)}")
    return "\n".join(heads)
