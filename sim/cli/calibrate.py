"""Calibrate a scenario's rates to the user's own yearly series."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import FILE, format_option, language_option, progress, say, say_json, time_left
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language
from sim.common.writable import expect_writable

if TYPE_CHECKING:
    from sim.evidence.study.result import Result

RESULTS = Path("results")


@click.command()
@click.argument("study", type=FILE)
@click.option("-o", "--out", type=FILE, default=None, help="folder of the results (results/<name>)")
@click.option("--draws", type=click.IntRange(64, 65536), default=None, help="draws of the check")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@language_option
@format_option
def calibrate(study: Path, out: Path | None, draws: int | None, jobs: int | None, lang: Language, form: str) -> int:
    """Fit a scenario's rates to yearly series; write a scenario with the fitted rates."""
    import os

    from sim.evidence.study.read import read_study
    from sim.evidence.study.result import calibrate as fit

    asked = read_study(study, draws)
    folder = out or RESULTS / asked.name
    expect_writable(folder)
    progress(tr("fitting {title} …", title=asked.title), lang)
    with time_left(lang) as tell:
        found = fit(asked, jobs or os.cpu_count() or 1, tell)
    _write(found, folder, lang)
    _say(found, folder, lang, form)
    return Exit.DONE


def _write(found: "Result", folder: Path, lang: Language) -> None:
    from sim.evidence.study.overlay import overlay
    from sim.evidence.study.words import record, residual_rows
    from sim.output.pages import study as study_page
    from sim.run import folder as run_folder

    run_folder.publish(
        folder,
        {
            **overlay(found.study, found.fitted, folder),
            "residuals.csv": run_folder.records_csv(residual_rows(found, lang)),
            "report.html": lambda path: study_page.write(found, path, lang),
            "calibration.json": run_folder.json_file(record(found)),
        },
        found.study.inputs,
        is_answer=True,
    )


def _say(found: "Result", folder: Path, lang: Language, form: str) -> None:
    from sim.common.typography import sentence
    from sim.evidence.study.words import headline, lessons, record, residual_line

    if form == "json":
        say_json({"folder": str(folder), **record(found)})
        return
    for one in headline(found):
        say(sentence(one.in_(lang)) + tr(".").in_(lang))
    say()
    for residual in found.residuals:
        say(f"  {residual_line(residual, lang)}")
    say()
    for one in lessons(found):
        say(f"- {sentence(one.in_(lang))}")
    say()
    run = folder / "fitted.yaml"
    say(tr("Run the fitted scenario: townward run {run}", run=run).in_(lang))
    say(tr("Report: {folder}", folder=folder / "report.html").in_(lang))
