"""What would it take: the command that looks for the least change that is enough."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import (
    FILE,
    format_option,
    language_option,
    note,
    note_first_run,
    overrides_option,
    progress,
    say,
    say_json,
    time_left,
)
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language
from sim.common.writable import expect_writable

if TYPE_CHECKING:
    from sim.questions.seek.ask import Answer

RESULTS = Path("results")


@click.command()
@click.argument("file", type=FILE)
@click.option("--target", "targets", multiple=True, help="id, measure, or measure>=value@year")
@click.option("--vary", multiple=True, metavar="PATH[=LOW:HIGH]", help="a lever and its range")
@click.option("--probability", type=float, default=None, help="asked for each target (0.8)")
@click.option("--weights", multiple=True, metavar="PATH=NUMBER", help="cost of a lever's whole range")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="draws of each trial")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="seed of the random numbers")
@click.option("-o", "--out", type=FILE, default=None, help="folder (results/<region>-<name>-seek)")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@click.option("--fail-on-miss", is_flag=True, help="exit 4 if it is not reachable")
@overrides_option
@language_option
@format_option
def seek(
    file: Path,
    targets: tuple[str, ...],
    vary: tuple[str, ...],
    probability: float,
    weights: tuple[str, ...],
    draws: int | None,
    seed: int | None,
    out: Path | None,
    jobs: int | None,
    fail_on_miss: bool,
    overrides: tuple[str, ...],
    lang: Language,
    form: str,
) -> int:
    """What would it take to meet targets: the least change of some levers.

    FILE is a scenario, or a seek file that says it all; options go before what the file says, and --target and --vary
    replace all of its targets and levers.
    """
    progress(tr("reading and checking …"), lang)
    from sim.questions.seek.ask import seek as sought
    from sim.questions.seek.read import Options, read

    asked = read(file, Options(targets, vary, weights, probability, draws, seed, overrides))
    for remark in asked.start.notes:
        note(remark, lang)
    folder = out or RESULTS / (asked.name or f"{asked.scenario.main}-{asked.scenario.name}-seek")
    expect_writable(folder)
    note_first_run(lang)
    with time_left(lang) as tell:
        answer = sought(
            asked,
            jobs or os.cpu_count() or 1,
            lambda tried, share: tell(tr("{tried} settings tried", tried=tried), share),
        )
    _write(answer, folder, lang)
    _say(answer, folder, lang, form)
    return Exit.TARGET_MISSED if fail_on_miss and answer.found is None else Exit.DONE


def _write(answer: "Answer", folder: Path, lang: Language) -> None:
    from sim.output.pages import seek as seek_page
    from sim.questions.seek.folder import FOUND, record, scenario_parts
    from sim.questions.seek.start import START
    from sim.run.folder import json_file, publish

    asked = answer.asked
    inputs = [path.resolve() for path in (asked.file, *asked.scenario.inputs)]
    parts = scenario_parts(answer, folder)
    parts |= {
        "seek.json": json_file(record(answer)),
        "seek.html": lambda path: seek_page.write(answer, path, lang),
    }
    publish(folder, parts, inputs, is_answer=True)
    for name in {FOUND, START}.difference(parts):
        if (folder / name).resolve() in inputs:
            continue
        (folder / name).unlink(missing_ok=True)  # of an earlier question


def _say(answer: "Answer", folder: Path, lang: Language, form: str) -> None:
    from sim.questions.seek.folder import FOUND, record
    from sim.questions.seek.words import sentences

    found = None if answer.found is None else folder / FOUND
    if form == "json":
        say_json(record(answer) | {"folder": str(folder), "found_scenario": None if found is None else str(found)})
        return
    first, *more = sentences(answer, lang)
    say(first)
    say()
    for line in _table(answer, lang):
        say(f"  {line}")
    say()
    for line in more:
        say(line)
    if found is not None:
        say(tr("Scenario: {found}", found=found).in_(lang))
    say(tr("Page: {folder}", folder=folder / "seek.html").in_(lang))


def _table(answer: "Answer", lang: Language) -> list[str]:
    """A line a lever, with its range, and a line a target: at present, and at what was found or is best."""
    from sim.questions.seek.words import chance, ended, goal_words, shown

    then = answer.found or answer.best
    lines = []
    for lever, value in zip(answer.asked.levers, ended(answer, lang), strict=True):
        span = f"{shown(lever, lever.low, lang)} … {shown(lever, lever.high, lang)}"
        words = tr("range {span}, {range_of}", span=span, range_of=lever.range_of).in_(lang)
        lines.append(f"{lever.key}: {shown(lever, lever.present, lang)} → {value}  ({words})")
    for now, later in zip(answer.present.judged, then.judged, strict=True):
        lines.append(f"{goal_words(now.goal).in_(lang)}: {chance(now).in_(lang)} → {chance(later).in_(lang)}")
    return lines
