"""The sheets of a run, in the order of a plan's own chapters; those without rows are left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sim.common.language import Language
from sim.output.office import compared_sheets, economy_sheets, note_sheets, people_sheets
from sim.output.office.plan_sheets import targets
from sim.output.office.sheet import Sheet
from sim.output.office.totals_sheet import totals
from sim.output.texts import tr
from sim.run.tables import RunTables

_OF_RUN: Final[tuple[Callable[[RunTables, Language], Sheet], ...]] = (
    targets,
    totals,
    people_sheets.population,
    people_sheets.urbanization,
    people_sheets.regions,
    people_sheets.pyramid,
    economy_sheets.homes,
    economy_sheets.facilities,
    economy_sheets.projects,
    economy_sheets.money,
    economy_sheets.land,
    note_sheets.published,
    note_sheets.assumptions,
)


def sheets(tables: RunTables, language: Language) -> tuple[Sheet, ...]:
    """All sheets of one run."""
    made = (*(one(tables, language) for one in _OF_RUN), note_sheets.provenance([tables], language))
    return tuple(sheet for sheet in made if sheet)


def of_comparison(
    runs: Sequence[RunTables], rows: Sequence[Mapping[str, Any]], language: Language
) -> tuple[Sheet, ...]:
    """The sheets of a comparison. rows: as `sim.run.comparison.rows` gives them."""
    made = (
        compared_sheets.comparison(rows, runs[0].draws, language),
        compared_sheets.by_year(runs, "urbanization_rate", tr("Urbanization", context="sheet").in_(language), language),
        compared_sheets.by_year(runs, "resident", tr("Population", context="sheet").in_(language), language),
        *(targets(run, language) for run in runs),
        note_sheets.provenance(runs, language),
    )
    return tuple(sheet for sheet in made if sheet)
