"""A check-up as plain data: one JSON record, tables for spreadsheets, and the figures for the next check-up."""

from collections.abc import Mapping

from sim.common.language import Language, Text
from sim.evidence.figures.figures import Figure
from sim.model.registry import MEASURES
from sim.questions.checkup.findings import (
    Band,
    Chance,
    Checkup,
    Curve,
    Evaluation,
    FigureFinding,
    InputFinding,
    Priority,
    TargetFinding,
    Threshold,
)

Record = dict[str, object]


def record(checkup: Checkup) -> Record:
    """Everything a check-up found, in the units of the measures (shares as 0–1)."""
    return {
        "scenario": checkup.scenario,
        "title": _both(checkup.title),
        "plan": None if checkup.plan_title is None else _both(checkup.plan_title),
        "year": checkup.year,
        "last_year": checkup.last_year,
        "base_year": checkup.base_year,
        "draws": checkup.draws,
        "seed": checkup.seed,
        "effective_draws": [round(worth, 1) for worth in checkup.worth],
        "least_effective_draws": checkup.least,
        "likelihood_exponent": checkup.force,
        "figures": [_figure(one) for one in checkup.figures],
        "revised": [_plain(figure) for figure in checkup.revised],
        "targets": [_target(one) for one in checkup.targets],
        "not_assessed": checkup.unassessed,
        "curves": [_curve(one, checkup.year) for one in checkup.curves],
        "inputs": [_input(one) for one in checkup.inputs],
        "first": None if checkup.priority is None else _priority(checkup.priority),
        "warnings": [{"kind": one.kind, "text": _both(one.text)} for one in checkup.warnings],
        "evaluation": None if checkup.evaluation is None else _evaluation(checkup.evaluation),
    }


def observed_rows(checkup: Checkup) -> list[Mapping[str, object]]:
    """All figures that are known, in the columns of the file they were read from."""
    return [
        {
            "region": figure.region,
            "measure": figure.measure,
            "year": figure.year,
            "value": repr(figure.value),
            "unit": MEASURES[figure.measure].unit,
            "error": repr(figure.error),
            "kind": figure.kind,
            "source": figure.source,
            "link": figure.link,
            "use": "yes" if figure.used else "no",
        }
        for figure in checkup.known
    ]


def target_rows(checkup: Checkup, language: Language) -> list[Mapping[str, object]]:
    """A row for each target: what was said before, and now."""
    return [
        {
            "id": one.id,
            "region": one.region,
            "title": one.title.in_(language),
            "year": one.year,
            "op": one.op,
            "value": one.value,
            "unit": one.unit,
            "status_before": one.before.status,
            "probability_before": one.before.probability,
            "status": one.now.status,
            "probability": one.now.probability,
            "probability_error": one.now.error,
            "low_10": one.now.band.low,
            "median": one.now.band.median,
            "high_90": one.now.band.high,
            "came": one.came,
            "met": one.met,
            "source": one.source.in_(language),
        }
        for one in checkup.targets
    ]


def input_rows(checkup: Checkup, language: Language) -> list[Mapping[str, object]]:
    """A row for each uncertain input, the most moved first."""
    return [
        {
            "path": one.path,
            "name": one.name.in_(language),
            "shift_sd": one.shift,
            "spread": one.spread,
            "factor": one.factor,
            "clear": one.clear,
        }
        for one in checkup.inputs
    ]


def _both(text: Text) -> Record:
    return {"zh": text.in_("zh"), "en": text.en}


def _band(band: Band) -> Record:
    return {"low": band.low, "median": band.median, "high": band.high}


def _chance(chance: Chance) -> Record:
    told = {"status": chance.status, "probability": chance.probability, "probability_error": chance.error}
    return told | _band(chance.band)


def _plain(figure: Figure) -> Record:
    return {
        "region": figure.region,
        "measure": figure.measure,
        "year": figure.year,
        "value": figure.value,
        "unit": figure.unit,
        "error": figure.error,
        "kind": figure.kind,
        "source": figure.source,
    }


def _figure(one: FigureFinding) -> Record:
    said = None if one.said is None else _band(one.said)
    return _plain(one.figure) | {
        "weighs": one.weighs,
        "outset": _band(one.outset),
        "said": said,
        "outside": one.is_outside,
    }


def _target(one: TargetFinding) -> Record:
    return {
        "id": one.id,
        "title": _both(one.title),
        "kind": one.kind,
        "region": one.region,
        "measure": one.measure,
        "op": one.op,
        "value": one.value,
        "unit": one.unit,
        "year": one.year,
        "outset": _chance(one.outset),
        "last": None if one.last is None else _chance(one.last),
        "now": _chance(one.now),
        "came": one.came,
        "met": one.met,
        "next_year": None if one.threshold is None else _threshold(one.threshold),
    }


def _threshold(one: Threshold) -> Record:
    return {
        "measure": one.measure,
        "year": one.year,
        **_band(one.band),
        "out_of_reach": one.lost,
        "even": one.even,
        "likely": one.safe,
        "larger_is_better": one.rising,
    }


def _curve(one: Curve, year: int) -> Record:
    coming = None if one.next is None else {"year": year + 1, **_band(one.next)}
    link = {"ratio": one.ratio, "shift": one.shift} if one.linked else None
    return {"region": one.region, "measure": one.measure, "unit": one.unit, "link": link, "next": coming}


def _input(one: InputFinding) -> Record:
    return {
        "path": one.path,
        "name": _both(one.name),
        "shift_sd": one.shift,
        "spread": one.spread,
        "factor": one.factor,
        "clear": one.clear,
    }


def _priority(one: Priority) -> Record:
    ranked = [
        {"path": i.path, "name": _both(i.name), "effect": i.effect, "shift": i.shift, "lever": i.lever}
        for i in one.influences
    ]
    return {"target": one.target, "title": _both(one.title), "influences": ranked}


def _evaluation(one: Evaluation) -> Record:
    tests = [
        _plain(test.figure) | _band(test.band) | {"low_95": test.wide[0], "high_95": test.wide[1], "off": test.error}
        for test in one.tests
    ]
    met = [{"id": id_, "met": met, "probability": said} for id_, met, said in one.met]
    return {
        "from": one.first,
        "to": one.last,
        "held_80": one.held80,
        "held_95": one.held95,
        "figures": tests,
        "targets": met,
    }
