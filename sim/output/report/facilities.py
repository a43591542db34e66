"""Facilities: what is needed, what is there, what is missing, when it opens and what closing the gap would cost."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import canonical, grouped, quantity, unit_in, unit_words
from sim.model.services.service import CATEGORIES, Figure, Service
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Column, Folded, Paragraph, Row, Section, Table
from sim.output.layout.values import Cell, capital, kept, under
from sim.output.texts import tr
from sim.run.answers import Supply
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_LARGE: Final = 1e6
_HALF: Final = 0.5
_MEASURED: Final = ("m", "m²", "m³", "km", "km²", "t", "kg", "share", "yuan")
_KINDS: Final = ("need", "capacity", "gap", "cost", "land", "delivered")


def facilities(tables: RunTables, language: Language) -> Section:
    """The section on facilities; empty without a table of services."""
    wanted = [f"{kind}.{service.id}" for service in tables.services for kind in _KINDS]
    found = curves(tables, wanted)
    title = tr("Facilities")
    services = _shown(tables, found)
    if not services:
        return Section("facilities", title)
    known = sum(found.has(f"capacity.{service.id}") for service in services)
    charts = Charts(of_section("facilities", tables, language), wide=True)
    summary = Paragraph(_summary(len(services), known), "remark")
    stocked = [service for service in services if found.has(f"capacity.{service.id}")]
    others = [service for service in services if service not in stocked]
    parts = summary, _gaps(tables, stocked, found, language), charts, _needs(tables, others, found, language)
    return Section("facilities", title, parts)


def _shown(tables: RunTables, found: Curves) -> list[Service]:
    """Services by category, less those that nothing needs and no project delivers."""
    order = list(CATEGORIES)
    some = [
        service
        for service in tables.services
        if any(any(found.mean(f"{kind}.{service.id}").values()) for kind in ("need", "delivered"))
    ]
    return sorted(some, key=lambda service: order.index(service.category))


def _summary(many: int, known: int) -> Text:
    if known == 0:
        return tr(
            "The needs of {services} services are computed. What there is of them is unknown, so there is no "
            "gap: fill in capacity.yaml of the region to get gaps.",
            services=many,
        )
    return tr(
        "The needs of {services} services are computed; of {known} the stock is known, so that there is a "
        "gap. Of the others the need is given alone: fill in capacity.yaml of the region to get their gaps.",
        services=many,
        known=known,
    )


def _gaps(tables: RunTables, services: Sequence[Service], found: Curves, language: Language) -> Table:
    """设施需求缺口表 of the services whose stock is known, by category; the gap is the need less what is there."""
    base, test = tables.base_year, tables.test_year
    columns = (
        Column(tr("Service and standard")),
        *(Column(tr("Need {year}", year=year), "number") for year in _years(tables)),
        Column(tr("Delivered by projects"), "number"),
        Column(tr("Stock {base}", base=base), "number"),
        Column(tr("There in {year}", year=test), "number"),
        Column(tr("Gap {test}", test=test), "number"),
        Column(tr("Cost to close"), "number", unit="yuan"),
        Column(tr("Land to close"), "number", unit="m²"),
    )
    rows = _by_category(services, lambda service: _row(tables, service, found, language))
    caption = tr(
        "Needs and gaps: medians, 80% bands in brackets; gap, cost (prices of 2020) and land of {test}", test=test
    )
    return Table("facilities", caption, columns, rows)


def _needs(tables: RunTables, services: Sequence[Service], found: Curves, language: Language) -> Folded:
    """The services whose stock is unknown, a line each: what is needed, and what projects deliver."""
    years = _years(tables)
    columns = (
        Column(tr("Service")),
        Column(tr("Unit")),
        *(Column(tr("Need {year}", year=year), "number") for year in years),
        Column(tr("Delivered by {year}", year=tables.horizon), "number"),
    )

    def row(service: Service) -> Row:
        needs = (found.median(f"need.{service.id}", year) for year in years)
        made = found.median(f"delivered.{service.id}", tables.horizon)
        return (
            kept(capital(service.name)),
            unit_words(service.unit, language) or None,
            *(kept(number(need, service, language)) if need and service.standard.value else None for need in needs),
            kept(number(made, service, language)) if made else None,
        )

    many = tr("{n} services whose stock is unknown: their needs", n=len(services))
    caption = tr("Medians; there is no gap where the stock is unknown")
    return Folded(many, Table("needs-alone", caption, columns, _by_category(services, row)))


def _by_category(services: Sequence[Service], row: Callable[[Service], Row]) -> tuple[Row, ...]:
    """A row for each service, under the heading of its category."""
    rows: list[Row] = []
    for category, own in groupby(services, lambda service: service.category):
        rows += [(capital(CATEGORIES[category]),), *map(row, own)]
    return tuple(rows)


def _years(tables: RunTables) -> list[int]:
    return sorted({tables.base_year, tables.test_year, tables.horizon})


def _row(tables: RunTables, service: Service, found: Curves, language: Language) -> Row:
    needs = [_need(found, service, year, language) for year in _years(tables)]
    stock = found.median(f"capacity.{service.id}", tables.base_year) or 0.0
    names = {other.id: other.name for other in tables.services}
    named = under(capital(service.name), _standard(service, names, language), *_of_plan(tables, service, language))
    begins = (named, *needs, _delivered(tables, service, found, language))
    test = tables.test_year
    need, there = (found.median(f"{kind}.{service.id}", test) for kind in ("need", "capacity"))
    gap = None if need is None or there is None else max(need - there, 0.0)
    cost, land = (found.median(f"{kind}.{service.id}", test) if gap else None for kind in ("cost", "land"))
    counted = tr("counted elsewhere") if service.part_of and gap else None
    return (
        *begins,
        number(stock, service, language),
        None if there is None else number(there, service, language),
        _missing(gap, service, language),
        cost or counted,
        land or counted,
    )


def _need(found: Curves, service: Service, year: int, language: Language) -> Cell:
    measure = f"need.{service.id}"
    middle = found.median(measure, year)
    if middle is None or service.standard.value == 0.0:
        return None
    low, high = (found.quantile(measure, at).get(year) for at in (0.1, 0.9))
    words = number(middle, service, language)
    if low is None or high is None or number(low, service, language) == words == number(high, service, language):
        return kept(words)
    ends = (_digits(end, middle, is_counted(service), language) for end in (low, high))
    return under(kept(words), kept(f"({'–'.join(ends)})"))


def _of_plan(tables: RunTables, service: Service, language: Language) -> list[Text]:
    """What the plan's own standard for the service needs, where it has one: other than the need in this table."""
    return [
        tr(
            "the plan’s own standard ({id}) needs {need} in {year}",
            id=one.id,
            need=quantity(one.answer.need, one.answer.need_unit, language),
            year=one.year,
        )
        for one in tables.verdicts
        if isinstance(one.answer, Supply) and one.answer.service == service.id
    ]


def _standard(service: Service, names: Mapping[str, Text], language: Language) -> str:
    """Unit, driver and standard as the table of services has them: `beds · residents × 6.46 beds/1000`."""
    unit, figure = unit_words(service.unit, language), service.standard
    if figure.value == 0.0:
        return unit
    parent = service.parent
    of = names[parent].in_(language) if parent is not None else measure_name(service.driver, language)
    factors = [of if language == "zh" else of[:1].lower() + of[1:]]
    if service.enrolment is not None:
        factors.append(_written(service.enrolment, language))
    if service.enrolment is None or figure.value != 1.0:
        factors.append(_written(figure, language))
    return " · ".join(word for word in (unit, " × ".join(factors)) if word)


def _written(figure: Figure, language: Language) -> str:
    return f"{figure.value:,g}{'' if figure.unit == '%' else ' '}{unit_in(figure.unit, language)}"


def _missing(gap: float | None, service: Service, language: Language) -> Cell:
    if gap is None:
        return None
    return number(gap, service, language) if gap > 0.0 else tr("none")


def _delivered(tables: RunTables, service: Service, found: Curves, language: Language) -> Cell:
    """What projects deliver by the test year and by the horizon."""
    measure = f"delivered.{service.id}"
    by_year = {year: found.median(measure, year) for year in sorted({tables.test_year, tables.horizon})}
    if not any(by_year.values()):
        return None
    if len(by_year) > 1 and len(set(by_year.values())) == 1:
        del by_year[tables.horizon]
    first, *more = (
        f"{number(amount, service, language)} " + tr("by {year}", year=year).in_(language)
        for year, amount in by_year.items()
        if amount is not None
    )
    return under(kept(first), *more)


def is_counted(service: Service) -> bool:
    """Whether the service is counted in whole things: beds, places, homes, staff, and not in areas or weights."""
    return canonical(service.unit).partition("/")[0] not in _MEASURED


def number(value: float, service: Service, language: Language) -> str:
    """A number as precise as its size, whole where things are counted.

    Millions in 万 or as such, for a table has no room for more digits.
    """
    is_large = abs(value) >= _LARGE
    words = _digits(value, value, is_counted(service), language)
    return words + (tr(" million").in_(language) if is_large else "")


def _digits(value: float, like: float, counted: bool, language: Language) -> str:
    """The digits of a number in the scale and with the decimals of another."""
    size = abs(like)
    if size >= _LARGE:
        return grouped(value / 1e4, 1) if language == "zh" else grouped(value / 1e6, 2)
    if size >= 1000.0:
        value = round(value, -2 if size >= 10_000.0 else -1)
    if counted:
        return "<1" if 0.0 < value < _HALF else grouped(value, 0)
    return grouped(value, 1 if 0.0 < size < 10.0 else 0, exact=size == round(size))
