"""指标体系表: every line of the plan, and what the run says of it."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import estimate, in_canonical, quantity
from sim.common.typography import sentence
from sim.output.layout.parts import Column, Row, Table
from sim.output.layout.values import Cell
from sim.output.office.sheet import Scaled, Sheet, said, scaled, sheet_of
from sim.output.report.conditions import condition
from sim.output.report.words import obstacle, since
from sim.output.texts import tr
from sim.run.answers import Condition, Delivery, Met, Need, NoAnswer, Verdict
from sim.run.curves import curves
from sim.run.tables import RunTables
from sim.run.words import COMPARISONS, KINDS, STATUS

NATURES: Final = {"binding": tr("binding"), "expected": tr("expected", context="of a target")}


def targets(tables: RunTables, language: Language) -> Sheet:
    """Number, indicator, nature, base year, target, median, 80% band, probability, verdict, and what it rests on."""
    base = tables.base_year
    columns = (
        Column(tr("No.")),
        Column(tr("Indicator")),
        Column(tr("Kind")),
        Column(tr("Nature", context="of a target")),
        Column(tr("Unit")),
        Column(tr("{year} (base)", year=base), "number"),
        Column(tr("Target", context="value")),
        Column(tr("Year due"), "year"),
        Column(tr("Median"), "number"),
        Column(tr("10%"), "number"),
        Column(tr("90%"), "number"),
        Column(tr("Probability"), "share"),
        Column(tr("Verdict")),
        Column(tr("What it hangs on")),
        Column(tr("Where in the plan")),
    )
    rows = tuple(_row(tables, verdict, language) for verdict in tables.verdicts)
    title = tr("Indicators of the plan: {plan}", plan=tables.plan_title or "")
    table = Table("targets", title, columns, rows)
    return sheet_of(tables, tr("Targets", context="sheet"), table, language)


def _row(tables: RunTables, verdict: Verdict, language: Language) -> Row:
    known = [value for value in (verdict.value, *verdict.band) if value is not None]
    how = scaled(verdict.unit, in_canonical(known[0], verdict.unit) if known else None, language)
    band = (None, None, None) if isinstance(verdict.answer, Need) else verdict.band
    low, middle, high = (_written(value, verdict.unit, how) for value in band)
    return (
        verdict.id,
        said(verdict.title, language),
        said(KINDS.get(verdict.kind), language),
        said(NATURES.get(verdict.nature or ""), language),
        how.words,
        _written(_base(tables, verdict), "", how),
        _aimed(verdict, how, language),
        verdict.year,
        *(middle, low, high),
        verdict.probability,
        said(STATUS.get(verdict.status, verdict.status), language),
        _hangs_on(verdict, language),
        said(verdict.source, language),
    )


def _written(value: float | None, unit: str, how: Scaled) -> float | None:
    written = None if value is None else how.of(in_canonical(value, unit))
    return None if written is None else round(written, max(how.decimals, 2))


def _base(tables: RunTables, verdict: Verdict) -> float | None:
    region = verdict.region or None
    return curves(tables, [verdict.measure], region).median(verdict.measure, tables.base_year)


def _aimed(verdict: Verdict, how: Scaled, language: Language) -> Cell:
    """The target with its comparison, in the unit of the row."""
    value = _written(verdict.value, verdict.unit, how)
    if value is None:
        return None
    sign = COMPARISONS[verdict.op].in_(language) if verdict.op in COMPARISONS else ""
    return f"{sign}{value:,.4f}".rstrip("0").rstrip(".")


def _hangs_on(verdict: Verdict, language: Language) -> str | None:
    """What holds it back, the condition, the need, or why it is not assessed; one of them, as its kind has it."""
    answer = verdict.answer
    if isinstance(answer, NoAnswer):
        return said(answer.reason, language)
    if isinstance(answer, Condition):
        return sentence(condition(verdict, language))
    if isinstance(answer, Met):
        return sentence(since(verdict, language))
    if isinstance(answer, Need):
        middle, band = estimate((answer.low, answer.median, answer.high), answer.need_unit, language)
        return tr("Need {middle} (80% band {band})", middle=middle, band=band).in_(language)
    if isinstance(answer, Delivery):
        made = quantity(answer.delivered, verdict.unit, language, exact=True)
        return tr("Set by the scenario: {made}", made=made).in_(language)
    return sentence(obstacle(verdict, language)) or None
