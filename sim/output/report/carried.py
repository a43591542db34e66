"""Where a run with a base year after the census starts: what the census knew, and what was carried forward."""

from sim.common.language import Language
from sim.common.numbers import estimate, quantity
from sim.output.layout.parts import Column, Section, listed
from sim.output.layout.values import Estimate, Quantity
from sim.output.texts import tr
from sim.run.tables import Carried, RunTables


def carried_section(tables: RunTables) -> Section:
    """The section; without parts where the base year is the census's own."""
    title = tr("Carried forward from {census} to {year}", census=tables.census_year, year=tables.base_year)
    if not tables.carried:
        return Section("carried", title, ())
    names = dict(tables.regions)
    note = tr(
        "People by age, sex and registration are those of the census, a year older each year, with the rates of the "
        "region; the spread is what the rates leave open of {year}. Policies, works and everything else that the "
        "scenario asks for act after {year}, and gains count from it.",
        year=tables.base_year,
    )
    table = listed(
        "carried",
        tr("What is known of {census}, and what {year} starts from", census=tables.census_year, year=tables.base_year),
        tables.carried,
        (Column(tr("Place")), lambda one: names[one.place]),
        (
            Column(tr("Residents {year}", year=tables.census_year), "number"),
            lambda one: Quantity(one.known[1], "person"),
        ),
        (Column(tr("Residents {year}", year=tables.base_year), "number"), lambda one: _estimate(one, 1, "person")),
        (Column(tr("Urban {year}", year=tables.census_year), "number"), lambda one: Quantity(one.known[0], "share")),
        (Column(tr("Urban {year}", year=tables.base_year), "number"), lambda one: _estimate(one, 0, "share")),
        (Column(tr("Brought to")), lambda one: one.how),
        notes=(note,),
    )
    return Section("carried", title, (table,))


def carried_line(tables: RunTables, language: Language) -> str:
    """What the main place starts from in a line; empty where the base year is the census's own."""
    if not tables.carried:
        return ""
    first = tables.carried[0]
    (people, people_band), (rate, rate_band) = (
        estimate(first.start[at], unit, language) for at, unit in ((1, "person"), (0, "share"))
    )
    return tr(
        "Starts from {year}, carried forward from the census of {census}: {people} ({people_band}; {before} at the "
        "census), {rate} urban ({rate_band}); {how}.",
        year=tables.base_year,
        census=tables.census_year,
        people=people,
        people_band=people_band,
        before=quantity(first.known[1], "person", language),
        rate=rate,
        rate_band=rate_band,
        how=first.how,
    ).in_(language)


def _estimate(one: Carried, at: int, unit: str) -> Estimate:
    low, median, high = one.start[at]
    return Estimate(low, median, high, unit)
