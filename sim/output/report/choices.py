"""Charts with choosers: by region, measure and year instead of one chart for each."""

from collections.abc import Callable, Mapping
from typing import Final

from sim.common.language import Language, Text, same
from sim.output.charts import fan, moves, pyramid
from sim.output.charts.registry import of_section
from sim.output.charts.style import Figure
from sim.output.layout.parts import Chooser, Chosen
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_MEASURES: Final = (
    *("urbanization_rate", "city", "resident", "urban", "town", "rural", "away", "hukou_urbanization_rate"),
    *("registered", "households", "births", "deaths", "age_0_14", "age_15_59", "age_60_plus", "income_urban"),
)
_OF_EACH: Final = 5
"""Measures that can be chosen where there are several regions."""
_REGION: Final = tr("Region")
_MEASURE: Final = tr("Measure")
_YEAR: Final = tr("Year")


def fans(tables: RunTables, language: Language) -> Chosen:
    """The fan of a measure of a region, each to be chosen; the urbanization rate of the main region first."""
    wanted = _MEASURES[: _OF_EACH if len(tables.regions) > 1 else None]
    found = curves(tables, wanted)
    measures = {one: same(measure_name(one, language)) for one in wanted if found.has(one)}
    return _by_region(tables, _chooser("measure", _MEASURE, measures), _fan(tables, language))


def people(tables: RunTables, language: Language) -> dict[str, Figure | Chosen]:
    """The charts of people and moves, each of the region that is chosen; the pyramid with a slider of years."""
    own = {region: of_section("people", tables, language, region) for region, _ in tables.regions}
    drawn = {id_: _by_region(tables, None, _of(own, id_)) for id_ in own[tables.regions[0][0]]}
    years = sorted({tables.test_year, tables.horizon} if len(tables.regions) > 1 else _years(tables))
    chooser = _chooser("year", _YEAR, {str(year): same(str(year)) for year in years})
    starts = str(tables.test_year)
    drawn["moves"] = _by_region(
        tables, _first(chooser, starts), lambda region, year: moves.sankey(tables, language, region, int(year))
    )
    shown = pyramid.years(tables)
    by_year = _by_region(tables, None, lambda region, _: pyramid.by_year(tables, language, region))
    drawn["pyramid"] = Chosen(by_year.choosers, by_year.figures, _YEAR, shown.index(tables.test_year))
    return {id_: one if one.choosers or one.slides else one.first for id_, one in drawn.items()}


def _of(own: Mapping[str, Mapping[str, Figure]], id_: str) -> Callable[[str, str], Figure]:
    return lambda region, _: own[region][id_]


def _fan(tables: RunTables, language: Language) -> Callable[[str, str], Figure]:
    return lambda region, measure: fan.fan(tables, measure, language, region)


def _years(tables: RunTables) -> range:
    return range(tables.base_year + 1, tables.horizon + 1)


def _chooser(id_: str, label: Text, options: Mapping[str, Text]) -> Chooser | None:
    """A chooser, where there is something to choose from."""
    return Chooser(id_, label, options) if options else None


def _first(chooser: Chooser | None, value: str) -> Chooser | None:
    """The chooser with an option before the others."""
    if chooser is None:
        return None
    return Chooser(chooser.id, chooser.label, {value: chooser.options[value], **chooser.options})


def _by_region(tables: RunTables, other: Chooser | None, draw: Callable[[str, str], Figure]) -> Chosen:
    """A figure for each region and each option of the other chooser."""
    regions = dict(tables.regions)
    choosers = [Chooser("region", _REGION, regions)] if len(regions) > 1 else []
    options = list(other.options) if other is not None else [""]
    if other is not None and len(options) > 1:
        choosers.append(other)
    figures = {
        "|".join(value for value, chooses in ((region, len(regions) > 1), (option, len(options) > 1)) if chooses): draw(
            region, option
        )
        for region in regions
        for option in options
    }
    return Chosen(tuple(choosers), figures)
