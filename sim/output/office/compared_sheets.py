"""Scenarios side by side on sheets: targets with their paired differences, and the rate of each by year."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.common.language import Language
from sim.common.numbers import canonical, in_canonical
from sim.common.typography import sentence
from sim.output.charts.style import SCENARIOS
from sim.output.layout.parts import Column, Row, Table
from sim.output.office.people_sheets import largest_of
from sim.output.office.sheet import Drawing, Series, Sheet, of_draws, scaled
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables
from sim.run.words import STATUS, measure_name


def comparison(rows: Sequence[Mapping[str, Any]], draws: int, language: Language) -> Sheet:
    """A row a target and scenario. rows: as `sim.run.comparison.rows` gives them."""
    columns = (
        Column(tr("No.")),
        Column(tr("Indicator")),
        Column(tr("Scenario")),
        Column(tr("Unit")),
        Column(tr("Target", context="value"), "number"),
        Column(tr("Year due"), "year"),
        Column(tr("Verdict")),
        Column(tr("Probability"), "share"),
        Column(tr("Median"), "number"),
        Column(tr("10%"), "number"),
        Column(tr("90%"), "number"),
        Column(tr("Against the first, median"), "number"),
        Column(tr("Difference, 10%"), "number"),
        Column(tr("Difference, 90%"), "number"),
    )
    table = Table("comparison", tr("Targets by scenario"), columns, tuple(_row(one, language) for one in rows))
    return Sheet(tr("Comparison", context="sheet").in_(language), table, of_draws(draws, language))


def _row(one: Mapping[str, Any], language: Language) -> Row:
    unit, of_target = str(one["median_unit"]), str(one["unit"])
    known = one["median"] if one["value"] is None else one["value"]
    how = scaled(unit, None if known is None else in_canonical(known, of_target), language)

    def said(value: float | None, written_in: str) -> float | None:
        scaled_value = None if value is None else how.of(in_canonical(value, written_in))
        return None if scaled_value is None else round(scaled_value, max(how.decimals, 2))

    apart = ("difference", "difference_low", "difference_high")
    is_alike = one["difference_unit"] in (unit, of_target)
    return (
        one["target"],
        sentence(str(one[f"title_{language}"])),
        str(one[f"scenario_{language}"]),
        how.words,
        said(one["value"], of_target) if canonical(unit) == canonical(of_target) else None,
        one["year"],
        STATUS[one["status"]].in_(language) if one["status"] in STATUS else str(one["status"]),
        one["probability"],
        *(said(one[key], unit) for key in ("median", "low", "high")),
        *(said(one[key], unit) if is_alike else one[key] for key in apart),
    )


def by_year(runs: Sequence[RunTables], measure: str, name: str, language: Language) -> Sheet:
    """The median of a measure by year, a column for each scenario."""
    found = [curves(run, [measure]) for run in runs]
    how = scaled(runs[0].measures[measure].unit, max(largest_of(one, measure) for one in found), language)
    medians = [one.quantile(measure, 0.5) for one in found]
    years = sorted({year for values in medians for year in values})
    titles = [run.title.in_(language) for run in runs]
    columns = (Column(tr("Year"), "year"), *(how.column(title, language) for title in titles))
    rows = tuple((year, *(how.of(values.get(year)) for values in medians)) for year in years)
    series = tuple(
        Series(title, tuple(how.of(values.get(year)) for year in years), "line", SCENARIOS[place % len(SCENARIOS)])
        for place, (title, values) in enumerate(zip(titles, medians, strict=True))
    )
    drawn = Drawing(
        title=measure_name(measure, language),
        x=tr("Year").in_(language),
        y=how.words,
        categories=tuple(map(str, years)),
        series=series,
        least=0.95 * min(value for one in series for value in one.values if value is not None),
        decimals=how.decimals,
    )
    title = tr("{measure}: medians by scenario", measure=measure_name(measure, language))
    table = Table(f"by-year-{measure}", title, tuple(columns), rows)
    return Sheet(name, table, of_draws(runs[0].draws, language), (drawn,))
