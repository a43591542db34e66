"""Planners' methods beside the model: a table, and a dot chart of each measure."""

from collections.abc import Sequence

from sim.common.language import Language
from sim.evidence.crosscheck.scores import load_scores
from sim.output.charts import crosscheck
from sim.output.layout.parts import Charts, Column, Section, Table, listed
from sim.output.layout.values import Cell, capital, kept, under
from sim.output.texts import tr
from sim.run.tables import Crosscheck, RunTables

MEASURES = ("urbanization_rate", "resident")


def crosscheck_section(tables: RunTables, language: Language) -> Section:
    """The part of the report; empty where no method was worked."""
    title = tr("Planners’ cross-checks")
    rows = crosscheck.of_region(tables)
    if not rows:
        return Section("crosschecks", title)
    made = {f"crosscheck-{measure}": crosscheck.dots(tables, measure, language) for measure in MEASURES}
    drawn = Charts({id_: figure for id_, figure in made.items() if figure is not None})
    return Section("crosschecks", title, (drawn, _table(tables, rows, language)))


def _table(tables: RunTables, rows: Sequence[Crosscheck], language: Language) -> Table:
    scores = load_scores()
    year, first, second = rows[0].year, scores.first, scores.second
    caption = tr(
        "Textbook methods on the same data, beside the model. Errors are mean absolute errors of "
        "{counties:,} counties forecast from {first} to {second}; growth was then taken from other "
        "counties, since the tables begin with that census",
        counties=scores.counties,
        first=first,
        second=second,
    )
    people = Column(tr("Residents in {year}", year=year), "number")
    rate = Column(tr("Urbanization rate in {year}", year=year), "number")
    error = Column(tr("Mean error {first}–{second}", first=first, second=second))
    return listed(
        "crosschecks",
        caption,
        rows,
        (Column(tr("Method")), lambda one: capital(one.name)),
        (people, lambda one: _figure(tables, one, "resident", language)),
        (rate, lambda one: _figure(tables, one, "urbanization_rate", language)),
        (error, lambda one: crosscheck.error_words(one, language) if _is_said(one) else None),
        (Column(tr("Reckoned from")), lambda one: capital(one.basis)),
    )


def _is_said(of: Crosscheck) -> bool:
    return of.resident is not None or of.rate is not None or of.unscored is None


def _figure(tables: RunTables, of: Crosscheck, measure: str, language: Language) -> Cell:
    middle, _, band = crosscheck.figure_words(tables, of, measure, language).partition(" (")
    return under(middle, *([kept(f"({band}")] if band else []))
