"""The command that sets scenarios side by side."""

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
    say,
    say_json,
    target_option,
)
from sim.cli.running import RESULTS, simulated
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language, Text
from sim.common.writable import expect_writable
from sim.scenario import scenario as resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.output.office import Form
    from sim.output.report.compared import Apart
    from sim.run.answers import Verdict
    from sim.run.comparison import Changes, Difference
    from sim.run.scenario_run import Run
    from sim.run.tables import RunTables
    from sim.scenario.resolved import ResolvedScenario


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("-o", "--out", type=FILE, default=RESULTS / "comparison", help="folder of the comparison")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="number of draws")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="seed, common to all")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@click.option("--also", type=click.Choice(("xlsx", "docx")), multiple=True, help="also a workbook or document")
@target_option
@overrides_option
@language_option
@format_option
def compare(
    files: tuple[Path, ...],
    out: Path,
    draws: int | None,
    seed: int | None,
    jobs: int | None,
    also: "tuple[Form, ...]",
    target: tuple[str, ...],
    overrides: tuple[str, ...],
    lang: Language,
    form: str,
) -> int:
    """Run several scenarios on the same draws and set them side by side."""
    _check(also, out)
    common = overrides_of(overrides, draws, seed, target)
    scenarios = told_apart([replace(resolve(file, common), overrides=()) for file in files], files)
    from sim.evidence.conditioning.condition import conditioned

    runs = [conditioned(simulated(scenario, jobs, lang)) for scenario in scenarios]
    from sim.output import report
    from sim.run import folder as run_folder
    from sim.run.comparison import changes, differences, effects, rows
    from sim.run.differing import differing, of_one_place

    apart, tables = changes(runs), [done.tables for done in runs]
    told = report.Apart(differing(scenarios), effects(runs), not of_one_place(scenarios))
    table, over_years = rows(runs, apart), differences(runs)
    parts = {
        "comparison.csv": run_folder.records_csv(table),
        "comparison.json": run_folder.json_file(table),
        "report.html": lambda path: report.compare(tables, path, lang, over_years, apart, told),
    }
    run_folder.publish(out, parts, [path for done in runs for path in done.scenario.inputs], is_answer=True)
    _write_also(also, tables, table, out, lang)
    if form == "json":
        say_json(table)
        return Exit.DONE
    _say_apart(runs, told, common, lang)
    _say_targets(runs, apart, lang)
    say(tr("Report: {out}", out=out / "report.html").in_(lang))
    return Exit.DONE


def _check(also: "tuple[Form, ...]", out: Path) -> None:
    """Raises InvalidInput where a file that is asked for cannot be written, before anything is run."""
    expect_writable(out)
    if not also:
        return
    from sim.output.office import check_installed

    for kind in also:
        check_installed(kind)


def _write_also(
    also: "tuple[Form, ...]",
    tables: "Sequence[RunTables]",
    table: "Sequence[Mapping[str, object]]",
    out: Path,
    lang: Language,
) -> None:
    """Write the comparison in the forms that were asked for."""
    if not also:
        return
    from sim.output.office import write_comparison

    for kind in also:
        write_comparison(tables, table, out / f"comparison.{kind}", kind, lang)


def told_apart(scenarios: "Sequence[ResolvedScenario]", files: "Sequence[Path]") -> "list[ResolvedScenario]":
    """The scenarios with names and titles of their own: of several places with the place, of one name with the file."""
    from sim.run.differing import of_one_place

    made = list(scenarios)
    if not of_one_place(scenarios):
        made = [replace(one, name=f"{one.main}-{one.name}", title=_with_place(one)) for one in made]
    twice = {one.name for one in made if sum(other.name == one.name for other in made) > 1}
    return [
        replace(one, name=f"{one.name}-{number}", title=Text(f"{one.title.zh}({file})", f"{one.title.en} ({file})"))
        if one.name in twice
        else one
        for number, (one, file) in enumerate(zip(made, files, strict=True), 1)
    ]


def _with_place(of: "ResolvedScenario") -> Text:
    name = of.groups[0].name if of.groups else of.regions[0].name
    return tr("{name}: {title}", name=name, title=of.title)


def _say_apart(runs: "Sequence[Run]", told: "Apart", common: "Sequence[str]", lang: Language) -> None:
    """How the scenarios differ, and by how much."""
    if common:
        say(tr("All with {words}", words=", ".join(common)).in_(lang))
    from sim.output.report.compared import effect_words
    from sim.output.report.words import outlook

    if told.are_places:
        say(tr("Several places: they differ in more than policy, so no effect is reckoned.").in_(lang))
        for run in runs:
            say(f"{run.scenario.title.in_(lang)}: {outlook(run.tables, lang)}")
    elif told.differing:
        say(tr("What differs").in_(lang) + ": " + " | ".join(run.scenario.title.in_(lang) for run in runs))
    for one in () if told.are_places else told.differing:
        words = " | ".join("—" if value is None else value.in_(lang) for value in one.values)
        say(f"{one.name.in_(lang)} ({one.id}): {words}")
    for line in effect_words(told, runs[0].scenario.title, lang):
        say(line)
    say()


def _say_targets(runs: "Sequence[Run]", apart: "Changes", lang: Language) -> None:
    """Each target with what every scenario that judges it says."""
    from sim.common.numbers import quantity
    from sim.run.comparison import judged

    for id_, by_run in judged(runs).items():
        known = next(said for said in by_run if said is not None)
        aimed = quantity(known.value, known.unit, lang, exact=True)
        say(f"{id_}  {known.title.in_(lang)} ({aimed}{f', {known.year}' if known.year else ''})")
        for run, said, differences in zip(runs, by_run, apart, strict=True):
            if said is not None:
                found = _found(said, lang) + _against(differences.get(id_), lang)
                say(f"    {run.scenario.title.in_(lang)}: {found}")


def _found(said: "Verdict", lang: Language) -> str:
    """What a scenario says of a target: its probability and median, or its need, or what it delivers."""
    from sim.common.numbers import percent, quantity
    from sim.output.report.conditions import condition
    from sim.output.report.words import is_opening, since
    from sim.run.answers import Condition, Delivery, Met, Need

    if isinstance(said.answer, Condition):
        return condition(said, lang)
    if isinstance(said.answer, Need):
        return tr("need").in_(lang) + f" {quantity(said.answer.median, said.answer.need_unit, lang)}"
    if isinstance(said.answer, Met):
        return since(said, lang)
    if said.probability is None:
        made = said.answer.delivered if isinstance(said.answer, Delivery) else None
        return tr("delivers").in_(lang) + f" {quantity(made, said.unit, lang, exact=True)}"
    chance = percent(said.probability)
    if not is_opening(said):
        return f"{chance}  {quantity(said.band[1], said.unit, lang)}"
    opens = tr("open in {first_year}", first_year=said.first_year)
    if said.first_year is None:
        opens = tr("not open within the run")
    return f"{chance}  {opens.in_(lang)}"


def _against(difference: "Difference | None", lang: Language) -> str:
    from sim.output.report.compared import change

    return "" if difference is None else f"  {change(difference, lang)}"
