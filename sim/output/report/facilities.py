"""Facilities: what is needed, what is there, what is missing, when it opens and what closing the gap would cost."""

from collections.abc import Mapping, Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, grouped, quantity, unit_in, unit_words
from sim.common.typography import sentence
from sim.model.services.service import CATEGORIES, Figure, Service
from sim.output.charts.registry import of_section
from sim.output.report.html import Cell, Html, element, table
from sim.output.report.page import charts
from sim.output.report.panel import under
from sim.output.report.part import Part, part, remark
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables
from sim.run.words import measure_name

_LARGE: Final = 1e6
_KINDS: Final = ("need", "capacity", "gap", "cost", "land", "delivered")


def facilities(tables: RunTables, language: Language) -> Part:
    """The section on facilities; empty without a table of services."""
    wanted = [f"{kind}.{service.id}" for service in tables.services for kind in _KINDS]
    found = curves(tables, wanted)
    services = _shown(tables, found)
    if not services:
        return Part(Html(""))
    known = sum(found.has(f"capacity.{service.id}") for service in services)
    figures = of_section("facilities", tables, language)
    body = part(
        "facilities",
        tr("Facilities"),
        language,
        _summary(services, known, language),
        _gaps(tables, services, known, found, language),
        charts(figures, wide=True),
    ).body
    return Part(body, figures)


def _shown(tables: RunTables, found: Curves) -> list[Service]:
    """Services by category, less those that nothing needs and no project delivers."""
    order = list(CATEGORIES)
    some = [
        service
        for service in tables.services
        if any(any(found.mean(f"{kind}.{service.id}").values()) for kind in ("need", "delivered"))
    ]
    return sorted(some, key=lambda service: order.index(service.category))


def _summary(services: Sequence[Service], known: int, language: Language) -> Html:
    if known == 0:
        text = tr(
            "The needs of {services} services are computed. What there is of them is unknown, so "
            "there is no gap: fill in capacity.yaml of the region to get gaps.",
            services=len(services),
        )
        return remark(text, language)
    text = tr(
        "The needs of {services} services are computed; of {known} the stock is known, so that "
        "there is a gap. Of the others the need is given alone: fill in capacity.yaml of the "
        "region to get their gaps.",
        services=len(services),
        known=known,
    )
    return remark(text, language)


def _gaps(tables: RunTables, services: Sequence[Service], known: int, found: Curves, language: Language) -> Html:
    """设施需求缺口表, by category; without columns for gaps where no stock is known."""
    base, test = tables.base_year, tables.test_year
    heads = [
        tr("Service and standard"),
        *(tr("Need {year}", year=year) for year in _years(tables)),
        tr("Delivered by projects"),
    ]
    if known:
        heads += [
            tr("Stock {base}", base=base),
            tr("Gap {test}", test=test),
            tr("Cost to close"),
            tr("Land to close"),
        ]
    rows: list[Sequence[Cell]] = []
    category = None
    for service in services:
        if service.category != category:
            category = service.category
            rows.append([sentence(CATEGORIES[category].in_(language))])
        rows.append(_row(tables, service, found, language)[: len(heads)])
    return table(
        _caption(known, test).in_(language), [head.in_(language) for head in heads], rows, range(1, len(heads))
    )


def _caption(known: int, test: int) -> Text:
    if not known:
        return tr("Needs of facilities: medians, 80% bands in brackets")
    return tr(
        "Needs and gaps: medians, 80% bands in brackets; gap, cost (prices of 2020) and land of {test}", test=test
    )


def _years(tables: RunTables) -> list[int]:
    return sorted({tables.base_year, tables.test_year, tables.horizon})


def _row(tables: RunTables, service: Service, found: Curves, language: Language) -> list[Cell]:
    needs = [_need(found, service, year, language) for year in _years(tables)]
    stock = found.median(f"capacity.{service.id}", tables.base_year)
    names = {other.id: other.name for other in tables.services}
    named = under(element("span", sentence(service.name.in_(language))), _standard(service, names, language))
    begins = [named, *needs, _delivered(tables, service, found, language)]
    if stock is None:
        unknown = tr("stock unknown").in_(language)
        return [*begins, element("em", unknown, classes="nowrap"), MISSING, MISSING, MISSING]
    gap, cost, land = (found.median(f"{kind}.{service.id}", tables.test_year) for kind in ("gap", "cost", "land"))
    counted = tr("counted elsewhere").in_(language) if service.part_of and gap else MISSING
    return [
        *begins,
        _number(stock, language),
        _missing(gap, language),
        quantity(cost, "yuan", language) if cost else counted,
        quantity(land, "m²", language) if land else counted,
    ]


def _need(found: Curves, service: Service, year: int, language: Language) -> Cell:
    measure = f"need.{service.id}"
    middle = found.median(measure, year)
    if middle is None or service.standard.value == 0.0:
        return MISSING
    low, high = (found.quantile(measure, at).get(year) for at in (0.1, 0.9))
    words = _number(middle, language)
    if low is None or high is None or _number(low, language) == words == _number(high, language):
        return element("span", words, classes="nowrap")
    ends = (_digits(end, middle, language) for end in (low, high))
    return under(element("span", words, classes="nowrap"), element("span", f"({'–'.join(ends)})", classes="nowrap"))


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


def _missing(gap: float | None, language: Language) -> str:
    if gap is None:
        return MISSING
    return _number(gap, language) if gap > 0.0 else tr("none").in_(language)


def _delivered(tables: RunTables, service: Service, found: Curves, language: Language) -> Cell:
    """What projects deliver by the test year and by the horizon."""
    measure = f"delivered.{service.id}"
    by_year = {year: found.median(measure, year) for year in sorted({tables.test_year, tables.horizon})}
    if not any(by_year.values()):
        return MISSING
    if len(set(by_year.values())) == 1:
        del by_year[tables.horizon]
    said = [
        f"{_number(amount, language)} " + tr("by {year}", year=year).in_(language)
        for year, amount in by_year.items()
        if amount is not None
    ]
    first = element("span", said[0], classes="nowrap")
    return under(first, said[1]) if len(said) > 1 else first


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
