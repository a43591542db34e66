"""The command that evaluates a plan at its end."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sim.cli.options import FILE, format_option, language_option, note_first_run, progress, say, say_json, ticking
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language
from sim.common.writable import expect_writable

if TYPE_CHECKING:
    from sim.questions.evaluate.finding import Line, PlanEvaluation

RESULTS: Final = Path("results")


@click.command()
@click.argument("plan")
@click.option("-o", "--out", type=FILE, default=None, help="folder of the evaluation")
@click.option("--draws", type=click.IntRange(min=20), default=None, help="number of draws")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@language_option
@format_option
def evaluate(plan: str, out: Path | None, draws: int | None, jobs: int | None, lang: Language, form: str) -> int:
    """Evaluate a plan after five years: outcomes, forecasts, causes, what to promise next."""
    from dataclasses import replace

    from sim.questions.evaluate.evaluate import evaluated, scenario_of

    scenario = scenario_of(plan)
    if draws is not None:
        scenario = replace(scenario, draws=draws)
    expect_writable(out or RESULTS)
    note_first_run(lang)
    progress(tr("simulating {title} …", title=scenario.title), lang)
    with ticking(lang) as watch:
        found = evaluated(scenario, jobs, watch)
    folder = out or RESULTS / f"{found.plan}-evaluation-{found.year}"
    _write(found, folder, lang, list(scenario.inputs))
    _say(found, folder, lang, form)
    return Exit.DONE


def _write(found: "PlanEvaluation", folder: Path, lang: Language, inputs: list[Path]) -> None:
    from sim.output.pages import evaluation as evaluation_page
    from sim.questions.evaluate.words import rows
    from sim.run import folder as run_folder

    parts = {
        "evaluation.csv": run_folder.records_csv(list(rows(found, lang))),
        "report.html": lambda path: evaluation_page.write(found, path, lang),
        "evaluation.json": run_folder.json_file(list(rows(found, lang))),
    }
    run_folder.publish(folder, parts, inputs, is_answer=True)


def _say(found: "PlanEvaluation", folder: Path, lang: Language, form: str) -> None:
    from sim.questions.evaluate.words import headline, rows

    if form == "json":
        say_json({"plan": found.plan, "year": found.year, "folder": str(folder), "lines": list(rows(found, lang))})
        return
    for line in headline(found):
        say(line.in_(lang))
    say()
    for one in found.lines:
        if one.verdict.class_ == "outcome" or one.advice in ("new value", "agree"):
            say(_line(one, lang))
    say()
    say(tr("Report: {folder}", folder=folder / "report.html").in_(lang))


def _line(of: "Line", lang: Language) -> str:
    from sim.common.numbers import quantity
    from sim.output.report.came import said_then
    from sim.output.report.results import result
    from sim.questions.evaluate.words import ADVICE

    said = of.verdict
    came = result(said.came, lang) if said.came else tr("no outcome found").in_(lang)
    text = tr(
        "  {id}  {title}: {came}; said then: {then}; {advice}",
        id=said.id,
        title=said.title,
        came=came,
        then=said_then(said, lang),
        advice=ADVICE[of.advice],
    ).in_(lang)
    if of.proposal is None:
        return text
    value = quantity(of.proposal.value, of.proposal.unit, lang)
    return text + tr(" ({year}: {value})", year=of.proposal.year, value=value).in_(lang)
