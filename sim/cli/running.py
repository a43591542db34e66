"""The command that runs a scenario."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.adding import adding
from sim.cli.options import (
    FILE,
    coloured,
    format_option,
    language_option,
    note,
    note_first_run,
    overrides_of,
    overrides_option,
    progress,
    say,
    say_json,
    target_option,
    ticking,
)
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language, same
from sim.common.plain import read_once
from sim.common.writable import expect_writable
from sim.scenario import scenario as resolve
from sim.scenario.library import keeping
from sim.scenario.resolved import ResolvedScenario

if TYPE_CHECKING:
    from sim.run.answers import Verdict
    from sim.run.scenario_run import Run

RESULTS = Path("results")
_COLOURS = {"certain": "green", "likely": "green", "possible": "yellow", "unlikely": "red", "out of reach": "red"}


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=FILE, default=None, help="folder of the run (results/<region>-<name>)")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="number of draws")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="seed of the random numbers")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@click.option(
    "--observed",
    type=click.Choice(("published", "none")),
    default=None,
    help="hold the run to figures since the base year, or not",
)
@click.option("--keep-draws", is_flag=True, help="also write every draw as draws.parquet")
@click.option("--fail-on-miss", is_flag=True, help="exit 4 if the median run misses a target")
@click.option(
    "--contributions/--no-contributions",
    default=None,
    help="what each policy adds to the rate; by default where it costs less than the run",
)
@click.option("--dry-run", is_flag=True, help="check and say what would be run")
@target_option
@overrides_option
@language_option
@format_option
def run(
    file: Path,
    out: Path | None,
    draws: int | None,
    seed: int | None,
    jobs: int | None,
    observed: str | None,
    keep_draws: bool,
    fail_on_miss: bool,
    contributions: bool | None,
    dry_run: bool,
    target: tuple[str, ...],
    overrides: tuple[str, ...],
    lang: Language,
    form: str,
) -> int:
    """Run a scenario: verdicts, tables, charts and a report."""
    click.get_current_context().with_resource(read_once({}))
    click.get_current_context().with_resource(keeping({}))  # a scenario and its parent read the same files
    if observed is not None:
        overrides = (*overrides, f"observed={observed}")
    scenario = resolve(file, overrides_of(overrides, draws, seed, target))
    folder = out or RESULTS / scenario.folder_name
    if dry_run:
        _say_dry(scenario, folder, lang)
        return Exit.DONE
    expect_writable(folder)
    for remark in scenario.remarks:
        note(same(remark.message(lang)), lang)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    with adding(scenario, jobs, contributions) as work:
        simply = simulated(scenario, jobs, lang, work.begin)
        from sim.output import run_folder

        done = run_folder.completed(simply)
        late = (lambda: work.found(lang)) if work.is_asked else None
        run_folder.write(done, folder, lang, ["townward", *sys.argv[1:]], started, keep_draws=keep_draws, late=late)
    _say_run(done, folder, lang, form)
    missed = any(v.probability is not None and v.probability < 0.5 for v in done.tables.verdicts)
    return Exit.TARGET_MISSED if fail_on_miss and missed else Exit.DONE


def _say_dry(scenario: ResolvedScenario, folder: Path, lang: Language) -> None:
    years = scenario.horizon - scenario.base_year
    text = tr(
        "would run “{title}”: {regions} region(s) × {draws} draws × {years} years, into {folder}",
        title=scenario.full_title,
        regions=len(scenario.regions),
        draws=scenario.draws,
        years=years,
        folder=folder,
    )
    say(text.in_(lang))


def simulated(
    scenario: ResolvedScenario, jobs: int | None, lang: Language, then: Callable[[], None] | None = None
) -> "Run":
    """The run of a scenario, with a word on standard error about what is being done. then: as for `run`."""
    note_first_run(lang)
    from sim.run.scenario_run import run as simulate

    progress(tr("simulating {title} …", title=scenario.title), lang)
    with ticking(lang) as watch:
        return simulate(scenario, jobs, watch, then)


def _say_run(done: "Run", folder: Path, lang: Language, form: str) -> None:
    from sim.output.report.binding import why_stuck
    from sim.output.report.came import clash_lines
    from sim.output.report.carried import carried_line
    from sim.output.report.held import held_line
    from sim.output.report.totals import total_lines
    from sim.output.report.unusual import unusual_line
    from sim.output.report.words import headline
    from sim.run.folder import verdict_record

    if form == "json":
        verdicts = [verdict_record(verdict) for verdict in done.tables.verdicts]
        waiting = [asdict(one) for one in done.tables.stuck]
        unusual = [asdict(one) for one in done.tables.unusual]
        said: dict[str, object] = {"scenario": done.scenario.name, "folder": str(folder), "verdicts": verdicts}
        said["clashes"] = [asdict(one) for one in done.tables.clashes]
        said["held"] = None if done.tables.held is None else asdict(done.tables.held)
        said["totals"] = [asdict(one) for one in done.tables.led]
        say_json(said | {"stuck": waiting, "unusual": unusual})
        return
    answer, *more = headline(done.tables, lang)
    ordered = sorted(done.tables.verdicts, key=lambda verdict: verdict.probability is None)
    scored = [line for verdict in ordered if (line := came_line(verdict, lang) or scorecard_line(verdict, lang))]
    held_up = [f"  {why_stuck(one, done.tables.horizon, lang).in_(lang)}" for one in done.tables.stuck]
    against = [f"  {line.in_(lang)}" for line in clash_lines(done.tables)]
    noticed, held = unusual_line(done.tables, lang), held_line(done.tables, lang)
    start = carried_line(done.tables, lang)
    for part in (
        [answer],
        scored,
        against,
        total_lines(done.tables, lang),
        held_up,
        [*([start] if start else ()), *([held] if held else ()), *more[-1:], *([noticed] if noticed else ())],
    ):
        if part:
            say("\n".join(part))
            say()
    say(tr("Report: {folder}", folder=folder / "report.html").in_(lang))


def scorecard_line(verdict: "Verdict", lang: Language) -> str | None:
    """What the run says of a target in a line; None for lines of which it says nothing."""
    from sim.common.numbers import quantity
    from sim.output.report.conditions import condition
    from sim.output.report.words import chance, since
    from sim.run.answers import Condition, Delivery, Met, Need
    from sim.run.words import status

    title = verdict.title.in_(lang)
    year = f" {verdict.year}" if verdict.year else ""
    if verdict.probability is not None and verdict.probability_error is not None:
        word = coloured(status(verdict.status, lang), _COLOURS[verdict.status])
        goal = quantity(verdict.value, verdict.unit, lang, exact=True)
        return f"  {verdict.id}{year}  {title} ({goal}): {word} {chance(verdict, lang)}  {_found(verdict, lang)}"
    if isinstance(verdict.answer, Delivery):
        both = verdict.value, verdict.answer.delivered
        goal, made = (quantity(value, verdict.unit, lang, exact=True) for value in both)
        return f"  {verdict.id}{year}  {title} ({goal}): {status(verdict.status, lang).lower()} {made}"
    if isinstance(verdict.answer, Condition):
        goal = quantity(verdict.value, verdict.unit, lang, exact=True)
        return f"  {verdict.id}{year}  {title} ({goal}): {condition(verdict, lang)}"
    if isinstance(verdict.answer, Met):
        goal = quantity(verdict.value, verdict.unit, lang, exact=True)
        return f"  {verdict.id}{year}  {title} ({goal}): {since(verdict, lang)}"
    if isinstance(verdict.answer, Need):
        need = quantity(verdict.answer.median, verdict.answer.need_unit, lang)
        return f"  {verdict.id}{year}  {title}: {tr('need', context='of a service').in_(lang)} {need}"
    return None


def came_line(verdict: "Verdict", lang: Language) -> str | None:
    """What came of a target, and what the run says of it; None where the world has not answered."""
    from sim.output.report.came import said_then
    from sim.output.report.results import result

    if verdict.came is None or not verdict.came.is_known:
        return None
    year = f" {verdict.year}" if verdict.year else ""
    text = tr(
        "  {id}{year}  {title}: {came}; said then: {then}",
        id=verdict.id,
        year=year,
        title=verdict.title,
        came=result(verdict.came, lang),
        then=said_then(verdict, lang),
    )
    return text.in_(lang)


def _found(verdict: "Verdict", lang: Language) -> str:
    """What stands beside a probability: an opening year, a capacity against a need, or the median and its band."""
    from sim.common.numbers import estimate, quantity
    from sim.run.answers import Supply

    if verdict.measure.startswith("project."):
        if verdict.first_year is None:
            return tr("not open within the run").in_(lang)
        return tr("open in {first_year} in the median run", first_year=verdict.first_year).in_(lang)
    median, band = estimate(verdict.band, verdict.unit, lang)
    held = verdict.answer
    if not isinstance(held, Supply):
        return f"{median} ({band})"
    need, have = (quantity(value, held.need_unit, lang) for value in (held.need, held.capacity))
    return f"{median} ({band}); " + tr("need {need}, there are {have}", need=need, have=have).in_(lang)
