"""Needs of services over the years against the base year's, and how far what there is meets them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.common.language import Language, Text
from sim.common.typography import sentence
from sim.model.services.service import CATEGORIES, Service
from sim.output.charts.style import AXIS, Figure, Spec, Trace, figure, margins, plain
from sim.output.texts import tr
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables

_ROW: Final = 21
_GROWTH: Final = [[0.0, "#2a7f9e"], [0.25, "#a3cfdd"], [0.5, "#fbfaf6"], [0.75, "#f2bd83"], [1.0, "#c2500c"]]
_ENOUGH: Final = [[0.0, "#a61b1b"], [0.5, "#e8a33d"], [0.8, "#f3e3b0"], [1.0, "#2a8f6d"]]
_WIDEST: Final = 60.0
"""Percent above or below the base year at which the colour is full."""


def shown(tables: RunTables) -> tuple[Service, ...]:
    """Services whose need moves by itself, by category: staff and classes follow those of their school or beds."""
    order = list(CATEGORIES)
    own = (service for service in tables.services if service.parent is None)
    return tuple(sorted(own, key=lambda service: order.index(service.category)))


def growth(tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
    """Median need of each service by year, the base year's being 100; None without any. What begins at 0 has none."""
    services = shown(tables)
    found = curves(tables, [f"need.{service.id}" for service in services], region)
    index = {service.id: _index(found, service, tables.base_year) for service in services}
    known = [service for service in services if index[service.id]]
    if not known:
        return None
    title = tr("Need of each service, {base_year} = 100", base_year=tables.base_year)
    subtitle = tr("Medians; orange: more than in the base year, blue: less; full colour from ±60% on")
    colours = {"colorscale": _GROWTH, "zmin": 100.0 - _WIDEST, "zmax": 100.0 + _WIDEST}
    return _heat(known, index, colours, (title, subtitle), language)


def adequacy(tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
    """Median share of the need that is met, by service and year [%], where the stock is known; None without any."""
    services = [service for service in tables.services if f"adequacy.{service.id}" in tables.measures]
    found = curves(tables, [f"adequacy.{service.id}" for service in services], region)
    met = {
        service.id: {year: 100.0 * value for year, value in found.quantile(f"adequacy.{service.id}", 0.5).items()}
        for service in services
    }
    known = [service for service in services if met[service.id]]
    if not known:
        return None
    title = tr("How far the need is met where the stock is known, %")
    subtitle = tr("Median of capacity over need, at most 100")
    return _heat(known, met, {"colorscale": _ENOUGH, "zmin": 0.0, "zmax": 100.0}, (title, subtitle), language)


def _index(found: Curves, service: Service, base_year: int) -> dict[int, float]:
    values = found.quantile(f"need.{service.id}", 0.5)
    start = values.get(base_year, 0.0)
    return {year: 100.0 * value / start for year, value in values.items()} if start > 0.0 else {}


def _heat(
    services: Sequence[Service],
    values: Mapping[str, Mapping[int, float]],
    colours: Mapping[str, Any],
    words: tuple[Text, Text],
    language: Language,
) -> Figure:
    years = sorted({year for by_year in values.values() for year in by_year})
    rows = _rows(services, values, years, language)
    trace: Trace = {
        "type": "heatmap",
        "x": years,
        "y": [name for name, _ in rows],
        "z": [numbers for _, numbers in rows],
        "texttemplate": "%{z:.0f}",
        "textfont": {"size": 11},
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hovertemplate": "%{y}, %{x}: %{z:.1f}<extra></extra>",
        **colours,
    }
    layout: Spec = {
        "height": 130 + _ROW * len(rows),
        "hovermode": "closest",
        "margin": margins(24, 26, 104, 18),
        "xaxis": {"side": "top", "tickmode": "linear", "dtick": 1, "showgrid": False, "ticks": "", "tickformat": "d"},
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "showgrid": False,
            "ticks": "",
            "linecolor": AXIS,
            "dtick": 1,
            "tickfont": {"size": 12},
        },
    }
    return figure([trace], words[0].in_(language), words[1].in_(language), layout, language)


def _rows(
    services: Sequence[Service], values: Mapping[str, Mapping[int, float]], years: Sequence[int], language: Language
) -> list[tuple[str, list[float | None]]]:
    """Rows from the top: a heading without values for each category, and its services."""
    rows: list[tuple[str, list[float | None]]] = []
    category = None
    for service in services:
        if service.category != category:
            category = service.category
            heading = sentence(CATEGORIES[category].in_(language))
            rows.append((f"<b>{plain(heading)}</b>", [None] * len(years)))
        by_year = values[service.id]
        numbers = [round(by_year[year], 2) if year in by_year else None for year in years]
        rows.append((plain(sentence(service.name.in_(language))), numbers))
    return rows
