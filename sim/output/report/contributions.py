"""What each policy adds, in the report."""

from collections.abc import Sequence

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.common.typography import sentence
from sim.output.charts.contributions import decimals, in_points, signed, steps
from sim.output.report.html import Cell, Html, element, table
from sim.output.report.page import charts
from sim.output.report.panel import under
from sim.output.report.part import Part, part, remark
from sim.output.texts import tr
from sim.run.tables import Contributions, RunTables
from sim.run.words import measure_name


def contributions(tables: RunTables, language: Language) -> Part:
    """The section on the contributions of policies; empty where they were not asked for."""
    found = tables.contributions
    title = tr("What each policy adds")
    if found is None:
        return Part(Html(""))
    if not found.rows:
        nothing = tr("The scenario uses no policies.")
        return part("contributions", title, language, remark(nothing, language))
    figures = {"policy-steps": steps(found, language)}
    said = remark(_said(found, language), language)
    below = _table(found, language)
    body = part("contributions", title, language, said, charts(figures, wide=True), below).body
    return Part(body, figures)


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


def _table(found: Contributions, language: Language) -> Html:
    heads = [
        tr("Policy"),
        tr("Mean contribution"),
        tr("80% band"),
        tr("Standard error"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", sentence(row.name.in_(language))), row.policy),
            signed(row.mean, found, language),
            f"{signed(row.low, found, language)} … {signed(row.high, found, language)}",
            _error(row.error, found, language),
        ]
        for row in sorted(found.rows, key=lambda row: -abs(row.mean))
    ]
    way = tr("every combination") if found.exact else tr("a sample of orders")
    unit = tr("In percentage points; ") if in_points(found) else Text("", "")
    caption = tr(
        "{unit}{runs} runs of {way}, {draws} draws each, with the same random numbers",
        unit=unit,
        runs=found.runs,
        way=way,
        draws=found.draws,
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3))


def _points(found: Contributions, language: Language) -> str:
    return Text("个百分点", " points").in_(language) if in_points(found) else ""


def _error(error: float, found: Contributions, language: Language) -> str:
    if in_points(found) and not round(100.0 * error, decimals(found)):
        return f"± <{10.0 ** -decimals(found):g}"
    return "± " + signed(error, found, language).lstrip("+")
