"""Tables × targets: what a run says of every line of a plan."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from sim.common.units import POINTS
from sim.model.arrays import Array
from sim.run.answers import (
    Answer,
    Condition,
    Delivery,
    Met,
    NoAnswer,
    Opening,
    Outcome,
    PerHead,
    Supply,
    Verdict,
)
from sim.run.ensemble import Ensemble
from sim.run.grounds import Ground
from sim.run.halves import Halves, drivers, halves, uncertain_inputs
from sim.run.needs import need, works
from sim.run.processes import per_head
from sim.run.reaching import BAND, first_year, probability, promised, reaches, shortfall, word
from sim.run.texts import tr
from sim.run.unknown import missing, undefined
from sim.scenario.process import Rate
from sim.scenario.resolved import Plan, PolicyRef, Target


def verdicts(
    plan: Plan,
    ensemble: Ensemble,
    grounds: Mapping[str, Ground],
    policies: Sequence[PolicyRef],
    seed: int,
    openings: Mapping[str, Sequence[float | None]] = MappingProxyType({}),
    conditions: Mapping[str, Condition] = MappingProxyType({}),
    stocks: Container[str] = (),
    *,
    explained: bool = True,
) -> tuple[Verdict, ...]:
    """A verdict for every target of the plan, in its order; none is left out.

    grounds: regions and groups by id, the main one first: it is the one of a plan for any region. openings: when each
    entry of the project pool is open in each group of draws [year, with its fraction], None if not within the run.
    conditions: of the lines that hang on something assumed, by id; stocks: ids of those that hang on a stock that is.
    explained: also what moves each target most.
    """
    main = plan.region or next(iter(grounds))
    uncertain: dict[str, Halves] = {}
    said = []
    for target in plan.targets:
        place = target.region or main
        if place not in uncertain:
            inputs = uncertain_inputs(ensemble, grounds[place], policies, seed) if explained else {}
            uncertain[place] = halves(inputs)
        if target.id in conditions:
            measure = target.measure or (f"project.{target.project}" if target.project else "")
            answer = _with_delivered(conditions[target.id], target, ensemble, grounds[place].row)
            one = _said(target, answer, "conditional", measure)
        elif target.project is not None:
            one = _opening(target, openings[target.project]) if target.project in openings else _no_project(target)
        else:
            one = _verdict(target, ensemble, grounds[place].row, uncertain[place])
        if target.id in stocks and isinstance(one.answer, Supply):
            answer = works(one.answer, ensemble, grounds[place].row)
            one = replace(one, answer=answer, status="conditional", measure="")
        said.append(replace(one, region=place, came=target.came))
    return tuple(said)


def _verdict(target: Target, ensemble: Ensemble, region: int, uncertain: Halves) -> Verdict:
    year = target.year
    if target.value is None or (year is not None and year not in ensemble.years):
        return _not_assessed(target, year, ensemble)
    missing = None if year is None else undefined(target, year, ensemble, region)
    if missing is not None:
        return _said(target, NoAnswer(reason=missing), "not assessed", target.measure or "")
    if target.kind == "commitment" and target.measure in ensemble.measures and year is not None:
        return _delivery(target, year, ensemble, region)
    if target.kind == "outcome" and target.measure in ensemble.measures and year is not None:
        return _outcome(target, year, ensemble, region, uncertain)
    if target.kind == "standard" and target.driver in ensemble.measures and year is not None:
        return _said(target, *need(target, year, ensemble, region))
    return _not_assessed(target, year, ensemble)


def _outcome(target: Target, year: int, ensemble: Ensemble, region: int, uncertain: Halves) -> Verdict:
    by_year = ensemble.of(str(target.measure), region).astype(np.float64)
    outcome = by_year[ensemble.years.index(year)]
    low, median, high = (float(q) for q in np.quantile(outcome, BAND))
    if _is_met(by_year[: ensemble.years.index(year) + 1], target, ensemble):
        met = Met(since=ensemble.years[0], low=low, median=median, high=high)
        return _said(target, met, "met", str(target.measure))
    reached = reaches(outcome, target)
    likely, error = probability(reached)
    first = first_year(by_year, target, ensemble.years)
    answer = Outcome(
        probability=likely,
        probability_error=error,
        low=low,
        median=median,
        high=high,
        shortfall=shortfall(median, target),
        first_year=first,
        holds_back=drivers(outcome, reached, uncertain),
        promised=promised(outcome, target),
    )
    return _said(target, answer, word(likely, error), str(target.measure))


def _is_met(by_year: Array, target: Target, ensemble: Ensemble) -> bool:
    """Whether the base year has it, and no draw loses it by the target's year. by_year: [year, draw].

    What is counted from the base year on, and flows, start from nothing: to stay within a limit then says nothing.
    """
    counted = ensemble.measures[str(target.measure)].is_flow or not by_year[0].any()
    return not (counted and target.op != "at_least") and bool(reaches(by_year, target).all())


def _with_delivered(said: Condition, target: Target, ensemble: Ensemble, region: int) -> Condition:
    """The condition of a promise by the people of the run's base year, with what the scenario sets for its year."""
    if isinstance(said, PerHead) and isinstance(target.process, Rate):
        said = per_head(target.process, float(np.median(ensemble.of(said.per, region)[0].astype(np.float64))))
    if not isinstance(said, PerHead) or target.measure not in ensemble.measures or target.year not in ensemble.years:
        return said
    by_year = ensemble.of(target.measure, region)
    return replace(said, delivered=float(np.median(by_year[ensemble.years.index(target.year)].astype(np.float64))))


def _delivery(target: Target, year: int, ensemble: Ensemble, region: int) -> Verdict:
    """A commitment against what the scenario itself delivers by its year: an input followed, never an outcome."""
    amount = ensemble.of(str(target.measure), region)[ensemble.years.index(year)].astype(np.float64)
    low, median, high = (float(q) for q in np.quantile(amount, BAND))
    answer = Delivery(low=low, median=median, high=high, delivered=median, shortfall=shortfall(median, target))
    return _said(target, answer, "echo", str(target.measure))


def _opening(target: Target, opened: Sequence[float | None]) -> Verdict:
    """Whether a project is open by the end of a year. opened: when it opens in each group [year, with its fraction]."""
    end = float(target.year or 0) + 1.0
    likely, error = probability(np.array([moment is not None and moment < end for moment in opened]))
    known = sorted(moment if moment is not None else np.inf for moment in opened)
    middle = known[(len(known) - 1) // 2]
    first = int(middle) if np.isfinite(middle) else None
    answer = Opening(probability=likely, probability_error=error, first_year=first)
    return _said(target, answer, word(likely, error), f"project.{target.project}")


def _not_assessed(target: Target, year: int | None, ensemble: Ensemble) -> Verdict:
    reason = target.reason
    if target.measure is not None and target.measure not in ensemble.measures:
        reason = missing(target.measure)
    if year is not None and year not in ensemble.years:
        reason = tr("{year} is outside the years that were run", year=year)
    status = "tracked" if target.kind in {"commitment", "deadline"} else "not assessed"
    return _said(target, NoAnswer(reason=reason), status, target.measure or "")


def _no_project(target: Target) -> Verdict:
    reason = tr("the scenario has no project {project} in its pool", project=target.project)
    return _said(target, NoAnswer(reason=reason), "tracked")


def _said(target: Target, answer: Answer, status: str, measure: str = "") -> Verdict:
    """What the plan itself says of a target, with the answer."""
    return Verdict(
        id=target.id,
        title=target.title,
        kind=target.kind,
        measure=measure,
        op=target.op or "",
        value=target.value,
        unit="points" if target.written_unit in POINTS else target.unit,
        year=target.year,
        status=status,
        source=target.source,
        note=target.note,
        nature=target.nature,
        answer=answer,
    )
