"""What charts of a measure over years set on top of it: published figures as dots, targets as diamonds."""

from sim.common.language import Language
from sim.common.numbers import in_canonical, quantity
from sim.output.charts.style import Axis, Trace, plain
from sim.output.charts.traces import aims, published
from sim.output.texts import tr
from sim.run.answers import Verdict
from sim.run.curves import Observation
from sim.run.tables import RunTables
from sim.run.words import COMPARISONS, SERIES, series_kind

_SIZES = {"census": 9, "yearly": 6}


def targets_of(tables: RunTables, measure: str) -> tuple[Verdict, ...]:
    """The plan's targets for a measure that have a value and a year."""
    return tuple(
        verdict
        for verdict in tables.verdicts
        if verdict.measure == measure
        and verdict.region in ("", tables.regions[0][0])
        and verdict.value is not None
        and verdict.year is not None
        and verdict.status != "need"
    )


def observed_traces(rows: tuple[Observation, ...], axis: Axis, language: Language) -> list[Trace]:
    """Black dots: large for censuses, small for figures published yearly."""
    by_kind = {kind: [row for row in rows if series_kind(row.series) == kind] for kind in _SIZES}
    return [
        published(
            [row.year for row in chosen],
            [row.value for row in chosen],
            axis,
            SERIES[kind].in_(language),
            _SIZES[kind],
        )
        for kind, chosen in by_kind.items()
        if chosen
    ]


def target_trace(targets: tuple[Verdict, ...], axis: Axis, language: Language) -> list[Trace]:
    """A diamond at the year and value of each target, with the value beside it."""
    placed = [(t, t.year, t.value) for t in targets if t.year is not None and t.value is not None]
    if not placed:
        return []
    labels = [
        plain(COMPARISONS[t.op].in_(language) if t.op in COMPARISONS else "")
        + plain(quantity(value, t.unit, language, exact=True))
        for t, _, value in placed
    ]
    values = [axis.scaled(in_canonical(value, t.unit)) for t, _, value in placed]
    name = tr("Target of the plan").in_(language)
    trace = aims([year for _, year, _ in placed], values, labels, name, "top center", 14, "%{customdata}")
    return [trace | {"customdata": labels}]


def ends(rows: tuple[Observation, ...], years: tuple[int, ...], targets: tuple[Verdict, ...]) -> tuple[int, int]:
    """The first and last year that a chart has to show."""
    known = [*years, *(row.year for row in rows), *(t.year for t in targets if t.year is not None)]
    return min(known), max(known)
