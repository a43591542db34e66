"""Facilities: what is needed, what is there, what is missing, when it opens and what closing the gap would cost."""

from collections.abc import Mapping, Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import grouped, unit_in, unit_words
from sim.model.services.service import CATEGORIES, Figure, Service
from sim.output.charts.registry import of_section
from sim.output.layout.parts import Charts, Column, Paragraph, Row, Section, Table
from sim.output.layout.values import Cell, Styled, capital, kept, under
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_LARGE: Final = 1e6
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
    return Section("facilities", title, (summary, _gaps(tables, services, known, found, language), charts))


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


def _gaps(tables: RunTables, services: Sequence[Service], known: int, found: Curves, language: Language) -> Table:
    """设施需求缺口表, by category; without columns for gaps where no stock is known."""
    base, test = tables.base_year, tables.test_year
    columns = [
        Column(tr("Service and standard")),
        *(Column(tr("Need {year}", year=year), "number") for year in _years(tables)),
        Column(tr("Delivered by projects"), "number"),
    ]
    if known:
        columns += [
            Column(tr("Stock {base}", base=base), "number"),
            Column(tr("Gap {test}", test=test), "number"),
            Column(tr("Cost to close"), "number", unit="yuan"),
            Column(tr("Land to close"), "number", unit="m²"),
        ]
    rows: list[Row] = []
    category = None
    for service in services:
        if service.category != category:
            category = service.category
            rows.append((capital(CATEGORIES[category]),))
        rows.append(_row(tables, service, found, language)[: len(columns)])
    return Table("facilities", _caption(known, test), tuple(columns), tuple(rows))


def _caption(known: int, test: int) -> Text:
    if not known:
        return tr("Needs of facilities: medians, 80% bands in brackets")
    return tr(
        "Needs and gaps: medians, 80% bands in brackets; gap, cost (prices of 2020) and land of {test}", test=test
    )


def _years(tables: RunTables) -> list[int]:
    return sorted({tables.base_year, tables.test_year, tables.horizon})


def _row(tables: RunTables, service: Service, found: Curves, language: Language) -> Row:
    needs = [_need(found, service, year, language) for year in _years(tables)]
    stock = found.median(f"capacity.{service.id}", tables.base_year)
    names = {other.id: other.name for other in tables.services}
    named = under(capital(service.name), _standard(service, names, language))
    begins = (named, *needs, _delivered(tables, service, found, language))
    if stock is None:
        return (*begins, Styled(tr("stock unknown"), "muted"), None, None, None)
    gap, cost, land = (found.median(f"{kind}.{service.id}", tables.test_year) for kind in ("gap", "cost", "land"))
    counted = tr("counted elsewhere") if service.part_of and gap else None
    return (
        *begins,
        _number(stock, language),
        _missing(gap, language),
        cost or counted,
        land or counted,
    )


def _need(found: Curves, service: Service, year: int, language: Language) -> Cell:
    measure = f"need.{service.id}"
    middle = found.median(measure, year)
    if middle is None or service.standard.value == 0.0:
        return None
    low, high = (found.quantile(measure, at).get(year) for at in (0.1, 0.9))
    words = _number(middle, language)
    if low is None or high is None or _number(low, language) == words == _number(high, language):
        return kept(words)
    ends = (_digits(end, middle, language) for end in (low, high))
    return under(kept(words), kept(f"({'–'.join(ends)})"))


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


def _missing(gap: float | None, language: Language) -> Cell:
    if gap is None:
        return None
    return _number(gap, language) if gap > 0.0 else tr("none")


def _delivered(tables: RunTables, service: Service, found: Curves, language: Language) -> Cell:
    """What projects deliver by the test year and by the horizon."""
    measure = f"delivered.{service.id}"
    by_year = {year: found.median(measure, year) for year in sorted({tables.test_year, tables.horizon})}
    if not any(by_year.values()):
        return None
    if len(by_year) > 1 and len(set(by_year.values())) == 1:
        del by_year[tables.horizon]
    first, *more = (
        f"{_number(amount, language)} " + tr("by {year}", year=year).in_(language)
        for year, amount in by_year.items()
        if amount is not None
    )
    return under(kept(first), *more)


def _number(value: float, language: Language) -> str:
    """A number as precise as its size; millions in 万 or as such, for a table has no room for more digits."""
    is_large = abs(value) >= _LARGE
    return _digits(value, value, language) + (tr(" million").in_(language) if is_large else "")


def _digits(value: float, like: float, language: Language) -> str:
    """The digits of a number in the scale and with the decimals of another."""
    size = abs(like)
    if size >= _LARGE:
        return grouped(value / 1e4, 1) if language == "zh" else grouped(value / 1e6, 2)
    if size >= 1000.0:
        value = round(value, -2 if size >= 10_000.0 else -1)
    return grouped(value, 1 if 0.0 < size < 10.0 else 0, exact=size == round(size))
