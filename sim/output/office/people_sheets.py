"""People on sheets: 人口规模预测表, 城镇化率, regions, and the age pyramid."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import floor
from typing import Final

from sim.common.language import Language, Text
from sim.common.typography import sentence
from sim.output.charts import crosscheck
from sim.output.charts.style import INK, SCENARIOS, TARGET, ZONES, axis_of, tint
from sim.output.layout.parts import Column, Row, Table
from sim.output.office.sheet import Drawing, Scaled, Series, Sheet, scaled, sheet_of
from sim.output.texts import tr
from sim.run.curves import Curves, assessed, curves, main_region, observations
from sim.run.tables import RunTables
from sim.run.words import measure_name

_SHADES: Final = (0.14, 0.28, 0.5, 0.28, 0.14)
_ENDS: Final = (0.025, 0.1, 0.25, 0.75, 0.9, 0.975)
_RATE_ENDS: Final = (0.025, 0.1, 0.9, 0.975)
_YEAR: Final = Column(tr("Year"), "year")
_RATE: Final = "urbanization_rate"
_PEOPLE: Final = ("resident", "urban", "city", "town", "rural", "registered")
_ZONES: Final = ("city", "town", "rural")
_WIDTH: Final = 5
"""Years of an age group."""
_OLDEST: Final = 85
"""The age that the last group begins with."""


def population(tables: RunTables, language: Language) -> Sheet:
    """Residents by method and year: low, middle and high of the model by year, and what other methods say."""
    found = curves(tables, ["resident"])
    how = scaled("person", largest_of(found, "resident"), language)
    columns = (
        Column(tr("Method")),
        _YEAR,
        how.column(tr("Low (10%)"), language),
        how.column(tr("Middle"), language),
        how.column(tr("High (90%)"), language),
        Column(tr("Reckoned from")),
    )
    own = tr("this model (townward)").in_(language)
    basis = tr("median and 80% band of {draws:,} draws", draws=tables.draws).in_(language)
    quantiles = [found.quantile("resident", at) for at in (0.1, 0.5, 0.9)]
    rows: list[Row] = [
        (sentence(own), year, *(how.of(by_year.get(year)) for by_year in quantiles), sentence(basis))
        for year in quantiles[1]
    ]
    rows += [
        (sentence(one.name.in_(language)), one.year, None, how.of(one.resident), None, one.basis.in_(language))
        for one in crosscheck.of_region(tables)
        if one.method != crosscheck.MODEL and one.resident is not None
    ]
    title = tr("Residents forecast, by method: {region}", region=tables.regions[0][1])
    table = Table("population", title, columns, tuple(rows))
    fan, zones = fan_drawing(tables, "resident", how, language), zones_drawing(tables, language)
    return sheet_of(tables, tr("Population", context="sheet"), table, language, fan, zones)


def urbanization(tables: RunTables, language: Language) -> Sheet:
    """The urbanization rate by year with its bands, the rate by registration, and the people behind them."""
    found = curves(tables, [_RATE, "hukou_urbanization_rate", *_PEOPLE])
    rate = scaled("share", None, language)
    count = scaled("person", largest_of(found, "resident"), language)
    heads = (tr("Median").in_(language), *(f"{100 * at:g}%" for at in _RATE_ENDS))
    columns = [_YEAR, *(rate.column(head, language) for head in heads)]
    columns += [rate.column(measure_name("hukou_urbanization_rate", language), language)]
    columns += [count.column(measure_name(one, language), language) for one in _PEOPLE]
    columns += [rate.column(tr("Published"), language)]
    published = {one.year: one.value for one in observations(tables, _RATE)}
    rates = [found.quantile(_RATE, at) for at in (0.5, *_RATE_ENDS)]
    rates.append(found.quantile("hukou_urbanization_rate", 0.5))
    people = [found.quantile(one, 0.5) for one in _PEOPLE]
    rows = tuple(
        (
            year,
            *(rate.of(by_year.get(year)) for by_year in rates),
            *(count.of(by_year.get(year)) for by_year in people),
            rate.of(published.get(year)),
        )
        for year in rates[0]
    )
    title = tr("Urbanization rate by year: {region}", region=tables.regions[0][1])
    fan = fan_drawing(tables, _RATE, rate, language)
    table = Table("urbanization", title, tuple(columns), rows)
    return sheet_of(tables, tr("Urbanization", context="sheet"), table, language, fan)


def regions(tables: RunTables, language: Language) -> Sheet:
    """Residents and urbanization rate of each region in the base year, the test year and the horizon."""
    years = sorted({tables.base_year, tables.test_year, tables.horizon})
    of_all = [curves(tables, ["resident", _RATE], code) for code, _ in tables.regions]
    count = scaled("person", max(largest_of(found, "resident") for found in of_all), language)
    rate = scaled("share", None, language)
    people, share = tr("Residents"), tr("Urbanization rate", context="of a region")
    columns = [Column(tr("Region"))]
    columns += [count.column(f"{people.in_(language)} {year}", language) for year in years]
    columns += [rate.column(f"{share.in_(language)} {year}", language) for year in years]
    rows = tuple(
        (
            name.in_(language),
            *(count.of(found.median("resident", year)) for year in years),
            *(rate.of(found.median(_RATE, year)) for year in years),
        )
        for (_, name), found in zip(tables.regions, of_all, strict=True)
    )
    table = Table("regions", tr("Regions: medians"), tuple(columns), rows if len(tables.regions) > 1 else ())
    return sheet_of(tables, tr("Regions", context="sheet"), table, language)


def pyramid(tables: RunTables, language: Language) -> Sheet:
    """Residents by five-year age group and sex in the base year, the test year and the horizon."""
    years = sorted({tables.base_year, tables.test_year, tables.horizon} & set(tables.pyramid["year"].tolist()))
    by_year = {year: _groups(tables, year) for year in years}
    how = scaled("person", None, language)
    men, women = tr("Men"), tr("Women")
    columns = [Column(tr("Age"))]
    columns += [how.column(f"{sex.in_(language)} {year}", language) for year in years for sex in (men, women)]
    labels = [_label(first) for first in range(0, _OLDEST + 1, _WIDTH)]
    rows: tuple[Row, ...] = tuple(
        (label, *(round(by_year[year][sex][index]) for year in years for sex in ("male", "female")))
        for index, label in enumerate(labels)
    )
    drawn = tuple(_pyramid(by_year[year], labels, year, language) for year in years)
    title = tr("Residents by age and sex, means: {region}", region=tables.regions[0][1])
    table = Table("pyramid", title, tuple(columns), rows)
    return sheet_of(tables, tr("Ages", context="sheet"), table, language, *drawn)


def largest_of(found: Curves, measure: str) -> float:
    """The largest median of a measure."""
    return max(found.quantile(measure, 0.5).values(), default=0.0)


def fan_drawing(tables: RunTables, measure: str, how: Scaled, language: Language) -> Drawing:
    """A measure over the years: bands as areas on each other, the median, published figures and the plan's targets."""
    found = curves(tables, [measure])
    years = tuple(found.quantile(measure, 0.5))
    ends = [[how.of(found.quantile(measure, at)[year]) or 0.0 for year in years] for at in _ENDS]
    areas = [Series(tr("below the bands").in_(language), tuple(ends[0]), "gap", "#ffffff")]
    names = [f"{low * 100:g}–{high * 100:g}%" for low, high in pairwise(_ENDS)]
    for name, shade, (low, high) in zip(names, _SHADES, pairwise(ends), strict=True):
        depth = tuple(round(b - a, 9) for a, b in zip(low, high, strict=True))
        areas.append(Series(name, depth, "area", tint(SCENARIOS[0], shade)))
    median = tuple(how.of(found.median(measure, year)) for year in years)
    lines = [Series(tr("Median").in_(language), median, "line", SCENARIOS[0])]
    published = {one.year: one.value for one in observations(tables, measure)}
    dots = {
        tr("Published").in_(language): (published, INK),
        tr("Target", context="value").in_(language): (_aims(tables, measure), TARGET),
    }
    lines += [
        Series(name, tuple(how.of(values.get(year)) for year in years), "dots", colour)
        for name, (values, colour) in dots.items()
        if any(year in values for year in years)
    ]
    shown = [value for line in (ends[0], *(one.values for one in lines)) for value in line if value is not None]
    return Drawing(
        title=measure_name(measure, language),
        x=tr("Year").in_(language),
        y=how.words,
        categories=tuple(map(str, years)),
        series=(*areas, *lines),
        stacked=True,
        least=_round_below(min(shown), max(*ends[-1], *shown)),
        decimals=0 if how.size == 0.01 else how.decimals,
    )


def _aims(tables: RunTables, measure: str) -> dict[int, float]:
    return {
        one.year: one.value
        for one in assessed(tables)
        if one.measure == measure and one.year is not None and one.value is not None
    }


def _round_below(least: float, most: float) -> float:
    """A round number below the least, not far from it: the axis of what never comes near 0 begins there."""
    span = most - least or 1.0
    step = next(s for s in (f * 10.0**p for p in range(-6, 10) for f in (1.0, 2.0, 5.0)) if s * 4 >= span)
    return max(floor(least / step) * step, 0.0)


def zones_drawing(tables: RunTables, language: Language) -> Drawing:
    """Residents by zone, means of all draws, as areas on each other."""
    found = curves(tables, _ZONES)
    how = scaled("person", largest_of(found, "city"), language)
    years = tuple(found.mean("city"))
    by_zone = {zone: tuple(how.of(found.mean(zone).get(year)) for year in years) for zone in _ZONES}
    series = tuple(
        Series(measure_name(zone, language), values, "area", ZONES[zone]) for zone, values in by_zone.items()
    )
    title = tr("Residents by zone (means)").in_(language)
    return Drawing(
        title=title,
        x=tr("Year").in_(language),
        y=how.words,
        categories=tuple(map(str, years)),
        series=series,
        stacked=True,
        decimals=how.decimals,
    )


def _groups(tables: RunTables, year: int) -> Mapping[str, list[float]]:
    """Residents by sex and age group."""
    people = tables.pyramid
    mine = people.where((people["region"] == main_region(tables)) & (people["year"] == year))
    many = _OLDEST // _WIDTH + 1
    found = {"male": [0.0] * many, "female": [0.0] * many}
    for zone, sex, age, value in mine.rows("zone", "sex", "age", "value"):
        if zone in _ZONES:
            found[sex][min(int(age) // _WIDTH, many - 1)] += float(value)
    return found


def _label(first: int) -> str:
    return f"{first}+" if first == _OLDEST else f"{first}–{first + _WIDTH - 1}"


def _pyramid(people: Mapping[str, Sequence[float]], labels: Sequence[str], year: int, language: Language) -> Drawing:
    axis = axis_of("person", language)
    how = Scaled(axis.size, axis.unit, 1)
    sides: dict[str, tuple[Text, float, str]] = {
        "male": (tr("Men"), -1.0, ZONES["city"]),
        "female": (tr("Women"), 1.0, ZONES["rural"]),
    }
    series = tuple(
        Series(name.in_(language), tuple(how.of(sign * value) for value in people[sex]), "bar", colour)
        for sex, (name, sign, colour) in sides.items()
    )
    return Drawing(
        title=tr("Residents by age and sex, {year}", year=year).in_(language),
        x=tr("Age").in_(language),
        y=how.words,
        categories=tuple(labels),
        series=series,
        stacked=True,
        lying=True,
        decimals=how.decimals,
    )
