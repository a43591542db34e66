"""Planners' methods beside the model."""

from dataclasses import asdict
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
)
from sim.cli.running import simulated
from sim.cli.texts import tr
from sim.common.language import Language
from sim.scenario import scenario as resolve

if TYPE_CHECKING:
    from sim.run.tables import Crosscheck, RunTables
    from sim.scenario.resolved import ResolvedScenario


@click.command()
@click.argument("file", type=FILE)
@click.option("--year", type=int, default=None, help="year asked for (the test year)")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="NAME=VALUE",
    help="an input of a method, such as farmland=620000",
)
@click.option("--draws", type=click.IntRange(min=1), default=None, help="number of draws")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="seed of the random numbers")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@overrides_option
@language_option
@format_option
def crosscheck(
    file: Path,
    year: int | None,
    inputs: tuple[str, ...],
    draws: int | None,
    seed: int | None,
    jobs: int | None,
    overrides: tuple[str, ...],
    lang: Language,
    form: str,
) -> None:
    """Six textbook methods on the scenario's regions, beside the model."""
    from sim.evidence.crosscheck import crosschecks, given_of

    scenario = resolve(file, overrides_of(overrides, draws, seed))
    asked = scenario.test_year if year is None else year
    _check_year(asked, scenario)
    given = given_of(inputs)
    tables = simulated(scenario, jobs, lang).tables
    found = crosschecks(scenario, tables, asked, given)
    if form == "json":
        say_json({"scenario": scenario.name, "year": asked, "methods": [_record(one, tables) for one in found]})
        return
    for line in _lines(found, tables, lang):
        say(line)


def _check_year(year: int, scenario: "ResolvedScenario") -> None:
    from sim.common.errors import fault

    first, last = scenario.base_year + 1, scenario.horizon
    if not first <= year <= last:
        raise fault("--year", str(year), tr("must be in {first}…{last}", first=first, last=last))


def _record(of: "Crosscheck", tables: "RunTables") -> dict[str, object]:
    """A row as plain data: the share in %, the model with its 80% band; what is not there is left out."""
    from sim.output.charts.crosscheck import band_of

    record: dict[str, object] = {key: value for key, value in asdict(of).items() if value is not None}
    if of.rate is not None:
        record["urbanization_rate"] = round(100.0 * of.rate, 6)
        del record["rate"]
    for measure, scale, name in (("resident", 1.0, "resident"), ("urbanization_rate", 100.0, "urbanization_rate")):
        band = band_of(tables, of, measure)
        if band is not None:
            record[f"{name}_band_80"] = [round(scale * end, 6) for end in band]
    return record


def _lines(found: "tuple[Crosscheck, ...]", tables: "RunTables", lang: Language) -> list[str]:
    """A block a region: each method's figures and score in a line, what cannot be used with its reason."""
    from sim.evidence.crosscheck.scores import load_scores
    from sim.output.charts.crosscheck import error_words, figure_words

    scores = load_scores()
    span = f"{scores.first}–{scores.second}"
    words = (
        tr("residents"),
        tr("urbanization rate"),
        tr("mean error {span}", span=span),
    )
    heads = [word.in_(lang) for word in words]
    lines: list[str] = []
    for id_, name in tables.regions:
        own = [one for one in found if one.region == id_]
        year = tr("{year}", year=own[0].year).in_(lang)
        lines += ["", f"{name.in_(lang)} {year}    " + "  /  ".join(heads)]
        for one in own:
            title = one.name.in_(lang)
            if one.resident is None and one.rate is None:
                lines.append(f"  {title}: {one.basis.in_(lang)}")
                continue
            cells = [figure_words(tables, one, measure, lang) for measure in ("resident", "urbanization_rate")]
            lines.append(f"  {title}: {cells[0]}  /  {cells[1]}  /  {error_words(one, lang)}")
    return lines[1:]
