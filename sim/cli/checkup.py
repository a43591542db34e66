"""The yearly check-up: published figures against a scenario."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import (
    FILE,
    format_option,
    language_option,
    overrides_of,
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
    from sim.questions.checkup.findings import Checkup
    from sim.questions.checkup.run import Asked
    from sim.scenario.resolved import ResolvedScenario

RESULTS = Path("results")


@click.command()
@click.argument("file", type=FILE)
@click.option("--observed", type=FILE, required=True, help="published figures (CSV)")
@click.option("--after", type=FILE, default=None, help="folder of the last check-up")
@click.option("--year", type=int, default=None, help="year of the check-up; that of the last figure")
@click.option(
    "--evaluate",
    type=int,
    nargs=2,
    default=None,
    metavar="FROM TO",
    help="test the forecast of FROM",
)
@click.option("--watch", multiple=True, metavar="MEASURE>=VALUE@YEAR", help="a target beside the plan's")
@click.option("-o", "--out", type=FILE, default=None, help="folder of the check-up")
@click.option("--draws", type=click.IntRange(min=20), default=None, help="number of draws")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="seed of the random numbers")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@overrides_option
@language_option
@format_option
def checkup(
    file: Path,
    observed: Path,
    after: Path | None,
    year: int | None,
    evaluate: tuple[int, int] | None,
    watch: tuple[str, ...],
    out: Path | None,
    draws: int | None,
    seed: int | None,
    jobs: int | None,
    overrides: tuple[str, ...],
    lang: Language,
    form: str,
) -> int:
    """Hold a scenario against the figures of the year: chances now and before, causes, warnings."""
    from sim.scenario import scenario as resolve

    scenario = resolve(file, overrides_of(overrides, draws, seed))
    expect_writable(out or RESULTS)
    progress(tr("weighing the runs …"), lang)
    with time_left(lang) as tell:
        asked = replace(_asked(scenario, year, watch, evaluate), jobs=jobs or os.cpu_count() or 1, tell=tell)
        found = _found(scenario, observed, after, asked)
    folder = out or RESULTS / f"{scenario.main}-{scenario.name}-checkup-{found.year}"
    last = [] if after is None else [path for path in after.iterdir() if path.is_file()]
    _write(found, folder, lang, [*scenario.inputs, observed, *last])
    _say(found, folder, lang, form)
    return Exit.DONE


def _asked(
    scenario: "ResolvedScenario",
    year: int | None,
    watch: tuple[str, ...],
    span: tuple[int, int] | None,
) -> "Asked":
    from sim.questions.checkup.run import Asked
    from sim.questions.checkup.watch import watched

    return Asked(year, watched(watch, scenario), span)


def _found(scenario: "ResolvedScenario", observed: Path, after: Path | None, asked: "Asked") -> "Checkup":
    from sim.evidence.figures.figures import read_figures
    from sim.evidence.figures.frame import frame
    from sim.questions.checkup.last import read_last
    from sim.questions.checkup.run import checkup as check

    about = frame(scenario)
    figures = read_figures(observed, about)
    return check(scenario, figures, asked, None if after is None else read_last(after, scenario.name, about))


def _write(found: "Checkup", folder: Path, lang: Language, inputs: list[Path]) -> None:
    from sim.output.pages import checkup as checkup_page
    from sim.questions.checkup import record
    from sim.questions.checkup.last import FIGURES, RECORD
    from sim.run import folder as run_folder

    run_folder.publish(
        folder,
        {
            FIGURES: run_folder.records_csv(record.observed_rows(found)),
            "targets.csv": run_folder.records_csv(record.target_rows(found, lang)),
            "inputs.csv": run_folder.records_csv(record.input_rows(found, lang)),
            "report.html": lambda path: checkup_page.write(found, path, lang),
            RECORD: run_folder.json_file(record.record(found)),
        },
        inputs,
        is_answer=True,
    )


def _say(found: "Checkup", folder: Path, lang: Language, form: str) -> None:
    from sim.common.typography import sentence
    from sim.questions.checkup.record import record
    from sim.questions.checkup.words import headline, target_line, threshold_words, worth_words

    if form == "json":
        say_json({"folder": str(folder), **record(found)})
        return
    say(" ".join(headline(found, lang)) if lang == "en" else "".join(headline(found, lang)))
    say()
    for one in found.targets:
        say(f"  {target_line(one, lang)}")
        words = threshold_words(one, lang)
        if words:
            say(f"      {words}")
    say()
    for warning in found.warnings:
        say(f"! {warning.text.in_(lang)}")
    if found.evaluation is not None:
        held = f"{100 * found.evaluation.held80:.0f}%"
        span = f"{found.evaluation.first}–{found.evaluation.last}"
        say(tr("Evaluation {span}: the 80% band held {held} of the figures", span=span, held=held).in_(lang))
    say(worth_words(found, lang))
    for aside in found.asides:
        say(f"- {sentence(aside.in_(lang))}")
    say(tr("Report: {folder}", folder=folder / "report.html").in_(lang))
