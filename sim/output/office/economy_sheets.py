"""Homes, facilities, projects, money and land on sheets, in the tables that planners draw up of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import unit_in, unit_words
from sim.common.typography import sentence
from sim.model.services.service import CATEGORIES, Service
from sim.output.charts.homes import COMPLETED, DEMAND, PARTS
from sim.output.charts.money import BUDGET, LAND
from sim.output.charts.over_years import Chart
from sim.output.charts.pipeline import Batch, batches, chosen, month
from sim.output.charts.style import AXIS, INK, SOURCES
from sim.output.layout.parts import Column, Row, Table
from sim.output.office.sheet import Drawing, Scaled, Series, Sheet, largest, scaled, sheet_of
from sim.output.report.facilities import is_counted
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables
from sim.run.words import measure_name
from sim.scenario.projects.project_costs import OWN_NAMES

_YEAR: Final = Column(tr("Year"), "year")
_COLOURS: Final = (*SOURCES.values(), AXIS)
_MONEY: Final = ("money_year", "money_spent", "money_called_in", "money_left", "debt")
_LAND: Final = ("land_year", "land_used", "land_called_in", "land_left", "boundary_left")
_FACILITY: Final = ("need", "capacity", "gap", "cost", "land", "delivered")
_STOCKS: Final = ("capacity", "need", "gap", "delivered")
"""What is counted in a service's own unit: whole beds, places and classes."""


def homes(tables: RunTables, language: Language) -> Sheet:
    """住房需求分解表: parts of the demand for new homes, completions and gap by year; means, so that they add up."""
    ids = [f"{DEMAND}.{name}" for name in PARTS]
    found = curves(tables, [*ids, DEMAND, COMPLETED, "homes_demolished", "homes"])
    means = [found.mean(id_) for id_ in (*ids, DEMAND, COMPLETED, "homes_demolished", "homes")]
    how = scaled("home", None, language)
    heads = (*PARTS.values(), tr("Demand"), tr("Completed"), tr("Demolished or left"), tr("Stock at the year’s end"))
    columns = [_YEAR, *(how.column(head, language) for head in heads)]
    years = tuple(found.mean(DEMAND))
    rows = tuple((year, *(_whole(mean.get(year)) for mean in means)) for year in years)
    series = [
        Series(name.in_(language), tuple(_whole(found.mean(id_).get(year)) for year in years), "bar", colour)
        for name, id_, colour in zip(PARTS.values(), ids, _COLOURS, strict=True)
    ]
    built = tuple(_whole(found.mean(COMPLETED).get(year)) for year in years)
    series.append(Series(tr("Completed").in_(language), built, "line", INK))
    title = tr("Demand for homes by part").in_(language)
    drawn = Drawing(
        title=title,
        x=tr("Year").in_(language),
        y=how.words,
        categories=tuple(map(str, years)),
        series=tuple(series),
        stacked=True,
    )
    table = Table("homes", tr("Demand for homes by part, means of all draws"), tuple(columns), rows)
    return sheet_of(tables, tr("Homes", context="sheet"), table, language, drawn)


def _whole(value: float | None) -> float | None:
    return None if value is None else float(round(value))


def facilities(tables: RunTables, language: Language) -> Sheet:
    """设施需求缺口表: stock, standard, need, gap, what projects add and when, cost, land, and who is in charge."""
    found = curves(tables, [f"{kind}.{one.id}" for one in tables.services for kind in _FACILITY])
    test, last = tables.test_year, tables.horizon
    money, land = money_scale(language), land_scale(language)
    columns = (
        Column(tr("Facility")),
        Column(tr("Unit")),
        Column(tr("Standard")),
        Column(tr("Stock {base}", base=tables.base_year), "number"),
        Column(tr("Need {year}", year=test), "number"),
        Column(tr("Gap {test}", test=test), "number"),
        Column(tr("Need {year}", year=last), "number"),
        Column(tr("Added by projects"), "number"),
        Column(tr("Opening")),
        money.column(tr("Cost to close the gap"), language),
        land.column(tr("Land to close the gap"), language),
        Column(tr("In charge (to be filled in)")),
    )
    rows: list[Row] = []
    for category, name in CATEGORIES.items():
        mine = [one for one in tables.services if one.category == category and _is_needed(one, found)]
        if mine:
            rows.append((sentence(name.in_(language)),))
            rows += [_facility(tables, one, found, language) for one in mine]
    unknown = tr("no stock: unknown in the region’s data, so that there is no gap")
    table = Table("facilities", tr("Facilities: need and gap, medians"), columns, tuple(rows))
    return sheet_of(tables, tr("Facilities", context="sheet"), table, language, remark=unknown)


def _is_needed(service: Service, found: Curves) -> bool:
    return any(any(found.mean(f"{kind}.{service.id}").values()) for kind in ("need", "delivered"))


def _facility(tables: RunTables, service: Service, found: Curves, language: Language) -> Row:
    test, last, standard = tables.test_year, tables.horizon, service.standard
    money, land = money_scale(language), land_scale(language)

    def at(kind: str, year: int) -> float | None:
        value = found.median(f"{kind}.{service.id}", year)
        exact = None if value is None else float(f"{value:.4g}")
        return _whole(exact) if is_counted(service) and kind in _STOCKS else exact

    written = f"{standard.value:,g} {unit_in(standard.unit, language)}" if standard.value else None
    has_standard = bool(standard.value)
    return (
        sentence(service.name.in_(language)),
        unit_words(service.unit, language),
        written,
        at("capacity", tables.base_year),
        at("need", test) if has_standard else None,
        at("gap", test),
        at("need", last) if has_standard else None,
        at("delivered", last) or None,
        _opening(tables, service.id),
        money.of(at("cost", test)),
        land.of(at("land", test)),
        None,
    )


def _opening(tables: RunTables, service: str) -> str | None:
    """When the projects that deliver a service open, the first and the last, medians."""
    opened = [row.opened.median for row in tables.projects if service in row.delivers]
    known = sorted(moment for moment in opened if moment is not None)
    if not known:
        return None
    first, last = month(known[0]), month(known[-1])
    return first if first == last else f"{first} … {last}"


def projects(tables: RunTables, language: Language) -> Sheet:
    """The project pool: what begins when, how long it takes, when it opens, and until when it must begin."""
    names, services = dict(tables.regions), OWN_NAMES | {one.id: one.name for one in tables.services}
    columns = (
        Column(tr("Project")),
        Column(tr("Number", context="of projects"), "number"),
        Column(tr("Region")),
        Column(tr("Delivers")),
        *(
            Column(head)
            for head in (tr("Begins"), tr("Approved"), tr("Starts"), tr("Opens, median"), tr("10%"), tr("90%"))
        ),
        Column(tr("Open by the end of {year}", year=tables.test_year), "share"),
        Column(tr("Usual time, months"), "number"),
        Column(tr("Latest start for {year}", year=tables.test_year)),
    )

    rows = tuple(_project(one, services, names, language) for one in batches(chosen(tables)))
    title = tr("Pool of projects, medians; an empty month is not within the run")
    table = Table("projects", title, columns, rows)
    return sheet_of(tables, tr("Projects", context="sheet"), table, language)


def _project(one: Batch, things: Mapping[str, Text], regions: Mapping[str, Text], language: Language) -> Row:
    made = (things[thing].in_(language) if thing in things else thing for thing in one.delivers)
    opened = one.opened
    moments = (one.begins, one.approved.median, one.started.median, opened.median, opened.low, opened.high)
    return (
        sentence(one.name.in_(language)),
        one.many,
        regions[one.region].in_(language) if one.region in regions else one.region,
        tr(", ").in_(language).join(dict.fromkeys(made)),
        *(None if moment is None else month(moment) for moment in moments),
        one.in_time,
        round(one.lead),
        month(one.latest),
    )


def money(tables: RunTables, language: Language) -> Sheet:
    """Money of projects by year, means."""
    title, name = tr("Money of projects by year, means, prices of 2020"), tr("Money", context="sheet")
    return _by_year(tables, "money", _MONEY, (name, title), BUDGET, language)


def land(tables: RunTables, language: Language) -> Sheet:
    """Land of projects by year, means."""
    title, name = tr("Land of projects by year, means"), tr("Land", context="sheet")
    return _by_year(tables, "land", _LAND, (name, title), LAND, language)


def _by_year(
    tables: RunTables, id_: str, measures: Sequence[str], words: tuple[Text, Text], chart: Chart, language: Language
) -> Sheet:
    found = curves(tables, measures)
    how = money_scale(language) if id_ == "money" else land_scale(language)
    means = {measure: found.mean(measure) for measure in measures}
    years = tuple(year for year in means[measures[0]] if year > tables.base_year)
    columns = [_YEAR, *(how.column(measure_name(measure, language), language) for measure in measures)]
    rows = tuple((year, *(how.of(means[one].get(year)) for one in measures)) for year in years)
    series = tuple(
        Series(one.name.in_(language), values, "line" if one.kind == "line" else "bar", one.colour)
        for one in chart.series
        if any(values := tuple(how.of(means[one.measure].get(year)) for year in years))
    )
    drawn = Drawing(
        title=chart.title.in_(language),
        x=tr("Year").in_(language),
        y=how.words,
        categories=tuple(map(str, years)),
        series=series,
        decimals=how.decimals if largest([value for one in series for value in one.values]) < 10.0 else 0,
    )
    table = Table(id_, words[1], tuple(columns), rows)
    return sheet_of(tables, words[0], table, language, *([drawn] if series else []))


def money_scale(language: Language) -> Scaled:
    """Sums of money in one unit on all sheets: a pair, since Chinese counts in 亿元 what English counts in millions."""
    return Scaled(1e8, "亿元", 2) if language == "zh" else Scaled(1e6, tr("million yuan").in_(language), 1)


def land_scale(language: Language) -> Scaled:
    """Land: hectares."""
    return Scaled(1e4, tr("hectares").in_(language), 2)
