"""The report of one scenario: the answer first, everything else below it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.common.language import Language
from sim.output.charts import comparison, fan
from sim.output.charts.registry import of_section
from sim.output.charts.style import Figure
from sim.output.report import crosschecks, economy
from sim.output.report.assumptions import assumptions_table
from sim.output.report.html import Html, element, joined, section
from sim.output.report.listing import (
    key_figures,
    marks_table,
    needs_table,
    observed_table,
    provenance,
    regions_table,
    unassessed_table,
)
from sim.output.report.page import Page, charts, write_page
from sim.output.report.panel import panel, supply_panels
from sim.output.report.words import headline
from sim.output.texts import tr
from sim.run.curves import assessed
from sim.run.tables import RunTables


def write(tables: RunTables, path: Path, language: Language, others: Sequence[RunTables] = ()) -> None:
    """Write the report of a run to one HTML file; `others` are runs of other scenarios to set beside it."""
    write_page(page(tables, language, others), Path(path), language)


def page(tables: RunTables, language: Language, others: Sequence[RunTables] = ()) -> Page:
    """The report of a run, before it is put into a file."""
    regions = [code for code, _ in tables.regions]
    first = {"rate": fan.rate(tables, language)}
    below = {code: _below(tables, language, code, main=i == 0) for i, code in enumerate(regions)}
    beside = _beside([tables, *others], language) if others else {}
    more = economy.parts(tables, language)
    figures = (
        first
        | crosschecks.figures(tables, language)
        | {id_: figure for parts in below.values() for id_, figure in parts.items()}
        | beside
        | {id_: figure for part in more for id_, figure in part.figures.items()}
    )
    people = joined(
        (charts(below[regions[0]]), key_figures(tables, language), *_members(tables, below, language)),
    )
    body = (
        _answer(tables, language, charts(first, wide=True)),
        section("people", tr("People and moves").in_(language), people),
        *(part.body for part in more),
        crosschecks.crosscheck_section(tables, language),
        section("scenarios", tr("Scenarios side by side").in_(language), charts(beside)),
        *_tables(tables, language, others),
    )
    return Page(_heading(tables, language), _about(tables, language), body, figures)


def _answer(tables: RunTables, language: Language, fan_chart: Html) -> Html:
    lines = headline(tables, language)
    shown = [lines[0], lines[-1]] if len(lines) > 1 else lines
    words = element("div", *(element("p", line) for line in shown), classes="answers") if lines else Html("")
    return section(
        "answer",
        tr("The answer").in_(language),
        words,
        panel(tables, language),
        fan_chart,
        supply_panels(tables, language),
    )


def _below(tables: RunTables, language: Language, region: str, *, main: bool) -> dict[str, Figure]:
    """The charts of a region; of one of several only those that fill whole rows."""
    found = of_section("people", tables, language, region)
    if main:
        return found | of_section("moves", tables, language, region)
    return {f"{id_}-{region}": figure for id_, figure in ({"rate": fan.rate(tables, language, region)} | found).items()}


def _members(tables: RunTables, below: Mapping[str, Mapping[str, Figure]], language: Language) -> Sequence[Html]:
    """The regions of a run of several: all of them in one table, then the charts of each."""
    if len(tables.regions) < 2:
        return ()
    parts = [regions_table(tables, language)]
    for code, name in tables.regions[1:]:
        parts += [element("h3", name.in_(language)), charts(below[code])]
    return parts


def _beside(runs: Sequence[RunTables], language: Language) -> dict[str, Figure]:
    figures = {f"medians-{name}": comparison.medians(runs, name, language) for name in ("urbanization_rate", "city")}
    if any(assessed(run) for run in runs):
        figures["probabilities"] = comparison.probabilities(runs, language)
    return figures


def _tables(tables: RunTables, language: Language, others: Sequence[RunTables]) -> tuple[Html, ...]:
    return (
        section("needs", tr("Needs").in_(language), needs_table(tables, language)),
        section(
            "unassessed",
            tr("Lines not assessed").in_(language),
            unassessed_table(tables, language),
        ),
        section("assumptions", tr("Assumptions").in_(language), assumptions_table(tables, language)),
        section("data", tr("Data").in_(language), marks_table(tables, language), observed_table(tables, language)),
        section("provenance", tr("Provenance").in_(language), provenance([tables, *others], language)),
    )


def _heading(tables: RunTables, language: Language) -> str:
    name = tables.regions[0][1]
    return tr("{name}: {title}", name=name, title=tables.title).in_(language)


def _about(tables: RunTables, language: Language) -> str:
    plan = f"{tables.plan_title.in_(language)} · " if tables.plan_title else ""
    first, last = tables.base_year, tables.horizon
    years = tr("base year {first}, run to {last}", first=first, last=last)
    draws = tr("{draws:,} draws", draws=tables.draws)
    many = len(tables.regions)
    regions = tr(" · {many} regions", many=many).in_(language) if many > 1 else ""
    return f"{plan}{years.in_(language)} · {draws.in_(language)}{regions}"
