"""What each policy adds, in the report."""

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts.contributions import decimals, in_points, signed, steps
from sim.output.layout.parts import Charts, Column, Paragraph, Section, Table, listed
from sim.output.layout.values import capital, under
from sim.output.texts import tr
from sim.run.tables import Contributions, RunTables
from sim.run.words import measure_name


def contributions(tables: RunTables, language: Language) -> Section:
    """The section on the contributions of policies; empty where they were not asked for."""
    found = tables.contributions
    id_, title = "contributions", tr("What each policy adds")
    if found is None:
        return Section(id_, title)
    if not found.rows:
        return Section(id_, title, (Paragraph(tr("The scenario uses no policies."), "remark"),))
    drawn = Charts({"policy-steps": steps(found, language)}, wide=True)
    return Section(id_, title, (Paragraph(_said(found, language), "remark"), drawn, _table(found, language)))


def _said(found: Contributions, language: Language) -> Text:
    name = measure_name(found.measure, language)
    before, after = (quantity(value, found.unit, language) for value in (found.before, found.after))
    whole = signed(found.after - found.before, found, language) + _points(found, language)
    return tr(
        "Mean {name} of {year}: {before} without any of the policies, {after} with all, {whole} apart.",
        name=Text(name, name.lower()),
        year=found.year,
        before=before,
        after=after,
        whole=whole,
    )


def _table(found: Contributions, language: Language) -> Table:
    way = tr("every combination") if found.exact else tr("a sample of orders")
    unit = tr("In percentage points; ") if in_points(found) else Text("", "")
    caption = tr(
        "{unit}{runs} runs of {way}, {draws} draws each, with the same random numbers",
        unit=unit,
        runs=found.runs,
        way=way,
        draws=found.draws,
    )

    def said(value: float) -> str:
        return signed(value, found, language)

    return listed(
        "contributions",
        caption,
        sorted(found.rows, key=lambda row: -abs(row.mean)),
        (Column(tr("Policy")), lambda row: under(capital(row.name), row.policy)),
        (Column(tr("Mean contribution"), "number"), lambda row: said(row.mean)),
        (Column(tr("80% band"), "number"), lambda row: f"{said(row.low)} … {said(row.high)}"),
        (Column(tr("Standard error"), "number"), lambda row: _error(row.error, found, language)),
    )


def _points(found: Contributions, language: Language) -> str:
    return tr(" points", context="after a number").in_(language) if in_points(found) else ""


def _error(error: float, found: Contributions, language: Language) -> str:
    if in_points(found) and not round(100.0 * error, decimals(found)):
        return f"± <{10.0 ** -decimals(found):g}"
    return "± " + signed(error, found, language).lstrip("+")
