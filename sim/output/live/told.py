"""What the page is told, as plain data in the reader's language: every number is finished, the page reckons none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.common.errors import Fault
from sim.common.inert import one_line
from sim.common.language import Language
from sim.common.numbers import estimate, percent, points
from sim.common.typography import sentence, typeset
from sim.output.charts.style import MUTED, STATUS
from sim.output.layout.values import Estimate, Strip
from sim.output.report.compared import size
from sim.output.report.conditions import condition
from sim.output.report.panel import aim
from sim.output.report.words import (
    answer,
    brief,
    chance,
    coverage,
    first_reached,
    obstacle,
    outlook,
    shortfall,
    since,
    unjudged,
)
from sim.output.texts import tr
from sim.questions.live.answer import OF_ALL_YEARS, Stage, is_pending
from sim.run.answers import Condition, Judged, Met, Outcome, Sized, Verdict
from sim.run.comparison import Difference, changes, share_draws
from sim.run.curves import assessed
from sim.run.scenario_run import Run
from sim.run.tables import RunTables
from sim.run.words import STATUS as WORDS
from sim.run.words import SYMBOLS

Plain = dict[str, Any]

_ALIKE: Final = 0.0005
"""Probabilities nearer than this are said to be the same [1]."""


def answer_of(run: Run, saved: Run, beside: Run | None, stage: Stage, language: Language) -> Plain:
    """The answer: its sentence, a row for each target that has a word, and how each differs from the saved run.

    beside: another scenario, on the same draws; the rows say it too, with the difference from it.
    """
    tables = run.tables
    chosen = (*assessed(tables), *_others(tables))
    from_saved = _apart(run, saved, chosen) if run is not saved else {}
    from_beside = _apart(run, beside, chosen) if beside is not None else {}
    before = {one.id: one for one in saved.tables.verdicts}
    others = {one.id: one for one in beside.tables.verdicts} if beside is not None else {}
    rows = []
    for said in chosen:
        row = _row(tables, said, stage, language) | {"pending": run is not saved and is_pending(said, stage)}
        row["change"] = _change(said, before.get(said.id), from_saved.get(said.id), language)
        if beside is not None:
            other = others.get(said.id)
            row["beside"] = None if other is None else _short(other, language)
            row["apart"] = _change(said, other, from_beside.get(said.id), language)
        rows.append(row)
    return {
        "stage": stage,
        "headline": _headline(tables, stage, language),
        "coverage": typeset(coverage(tables, language)) if tables.verdicts else "",
        "targets": rows,
        "paired": beside is None or share_draws(run, beside),
        "beside": "" if beside is None else _typeset(beside.scenario.title.in_(language)),
    }


def _apart(run: Run, other: Run, chosen: Sequence[Verdict]) -> Mapping[str, Difference]:
    """By how much a run differs from another on the lines that are shown."""
    return changes([other, replace(run, tables=replace(run.tables, verdicts=tuple(chosen)))])[1]


def faults_of(faults: Sequence[Fault], language: Language) -> list[Plain]:
    """Faults as the command line says them, by the lever that each is about."""
    return [{"key": fault.path, "message": _message(fault, language)} for fault in faults]


def _message(fault: Fault, language: Language) -> str:
    placed = fault.place.file not in ("", "library", "trial", "save")
    if placed:
        return fault.message(language)
    hint = "" if fault.nearest is None else tr("; did you mean {nearest}?", nearest=fault.nearest).in_(language)
    return one_line(typeset(fault.problem.in_(language) + hint))


def _others(tables: RunTables) -> tuple[Verdict, ...]:
    """Lines that are met already, and those that hang on something assumed."""
    found = [said for said in tables.verdicts if isinstance(said.answer, Met)]
    return (*found, *(said for said in tables.verdicts if isinstance(said.answer, Condition)))


def _headline(tables: RunTables, stage: Stage, language: Language) -> list[Plain]:
    """The sentence of the first targets: how likely, and once all years are known what is lacking and when it comes."""
    judged = assessed(tables)
    known = stage in OF_ALL_YEARS
    if not judged:
        said = unjudged(tables, language) if known else outlook(replace(tables, horizon=tables.test_year), language)
        return [{"text": typeset(said), "colour": MUTED}]
    return [
        {
            "text": typeset(answer(tables, one, language) if known else brief(one, language)),
            "colour": STATUS.get(one.status, MUTED),
        }
        for one in judged[:1]
    ]


def _row(tables: RunTables, said: Verdict, stage: Stage, language: Language) -> Plain:
    """A target with all that is said of it."""
    years = stage in OF_ALL_YEARS
    return _short(said, language) | {
        "id": said.id,
        "title": sentence(said.title.in_(language)),
        "source": _typeset(said.source.in_(language) if said.source else ""),
        "aim": _typeset(aim(said, language)),
        "year": said.year,
        "measure": said.measure,
        "region": said.region,
        "lacking": _typeset(shortfall(tables, said, language)),
        "first": first_reached(tables, said, language) if years and isinstance(said.answer, Judged) else "",
        "matters": sentence(obstacle(said, language)),
        "seekable": isinstance(said.answer, Outcome | Sized),
    }


def _short(said: Verdict, language: Language) -> Plain:
    """The word, the probability and the median of a target."""
    colour = STATUS.get(said.status, MUTED)
    strip = Strip(Estimate(*said.band, said.unit), said.value, colour)
    middle, band = estimate(said.band, said.unit, language) if said.band[1] is not None else ("", "")
    return {
        "status": said.status,
        "symbol": SYMBOLS.get(said.status, ""),
        "word": WORDS[said.status].in_(language) if said.status in WORDS else said.status,
        "colour": colour,
        "chance": chance(said, language),
        "percent": "" if said.probability is None else percent(said.probability),
        "share": said.probability,
        "median": _typeset(middle),
        "band": _typeset(band) if said.band[0] != said.band[2] else "",
        "order": said.band[1],
        "strip": strip.places if said.band[1] is not None else (),
        "note": _typeset(condition(said, language) or since(said, language)),
    }


def _change(now: Verdict, before: Verdict | None, apart: Difference | None, language: Language) -> Plain | None:
    """By how much a target's probability and median differ; None where they cannot be set side by side."""
    if before is None or (apart is None and before is not now):
        return None
    if apart is None or apart.same:
        return {"same": True, "chance": "", "median": "", "up": 0}
    said: Plain = {"same": False, "median": _typeset(size(apart, language)), "chance": "", "up": 0}
    if now.probability is not None and before.probability is not None:
        more = now.probability - before.probability
        if abs(more) >= _ALIKE:
            said["up"] = 1 if more > 0 else -1
            said["chance"] = _typeset(("+" if more > 0 else "−") + points(abs(more), "share", language))
    return said


def _typeset(text: str) -> str:
    return typeset(text).replace(" ± ", " ±\u00a0").replace(" … ", "\u00a0…\u00a0")
