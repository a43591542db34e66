"""Planners' methods beside the model: a table, and a dot chart of each measure."""

from collections.abc import Sequence

from sim.common.language import Language
from sim.common.numbers import MISSING
from sim.common.typography import sentence
from sim.evidence.crosscheck.scores import load_scores
from sim.output.charts import crosscheck
from sim.output.charts.style import Figure
from sim.output.report.html import NOTHING, Cell, Html, element, section, table
from sim.output.report.page import charts
from sim.output.report.panel import under
from sim.output.texts import tr
from sim.run.tables import Crosscheck, RunTables

MEASURES = ("urbanization_rate", "resident")


def figures(tables: RunTables, language: Language) -> dict[str, Figure]:
    """A dot chart of each measure that some method speaks of, by id."""
    made = {f"crosscheck-{measure}": crosscheck.dots(tables, measure, language) for measure in MEASURES}
    return {id_: figure for id_, figure in made.items() if figure is not None}


def crosscheck_section(tables: RunTables, language: Language) -> Html:
    """The part of the report; nothing where no method was worked."""
    rows = crosscheck.of_region(tables)
    if not rows:
        return NOTHING
    title = tr("Planners’ cross-checks").in_(language)
    return section("crosschecks", title, charts(figures(tables, language)), _table(tables, rows, language))


def _table(tables: RunTables, rows: Sequence[Crosscheck], language: Language) -> Html:
    scores = load_scores()
    year = rows[0].year
    heads = [
        tr("Method"),
        tr("Residents in {year}", year=year),
        tr("Urbanization rate in {year}", year=year),
        tr("Mean error {first}–{second}", first=scores.first, second=scores.second),
        tr("Reckoned from"),
    ]
    cells: list[Sequence[Cell]] = [
        [
            sentence(one.name.in_(language)),
            *(_figure(tables, one, measure, language) for measure in ("resident", "urbanization_rate")),
            crosscheck.error_words(one, language) if _says(one) or one.unscored is None else MISSING,
            element("span", sentence(one.basis.in_(language))),
        ]
        for one in rows
    ]
    caption = tr(
        "Textbook methods on the same data, beside the model. Errors are mean absolute errors of "
        "{counties:,} counties forecast from {first} to {second}; growth was then taken from "
        "other counties, since the tables begin with that census",
        counties=scores.counties,
        first=scores.first,
        second=scores.second,
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], cells, (1, 2))


def _says(of: Crosscheck) -> bool:
    return of.resident is not None or of.rate is not None


def _figure(tables: RunTables, of: Crosscheck, measure: str, language: Language) -> Cell:
    words = crosscheck.figure_words(tables, of, measure, language)
    middle, _, band = words.partition(" (")
    if not band:
        return words
    return under(element("span", middle), element("span", f"({band}", classes="nowrap"))
