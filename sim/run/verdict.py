"""Tables × targets: what a run says of every line of a plan."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from sim.common.language import Text, same
from sim.common.units import POINTS, base
from sim.model.arrays import Array, Flags
from sim.model.draws.rng import uniforms
from sim.model.draws.setting import Setting
from sim.model.draws.values import SAMPLED
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import DELIVERED
from sim.run.answers import (
    Answer,
    Condition,
    Delivery,
    Driver,
    Lacking,
    Met,
    Need,
    NoAnswer,
    Opening,
    Outcome,
    PerHead,
    Supply,
    Verdict,
    Works,
)
from sim.run.ensemble import Ensemble
from sim.run.processes import per_head
from sim.run.texts import tr
from sim.scenario.process import Prior, Rate
from sim.scenario.resolved import Plan, PolicyRef, Target

WORDS: Final = ((0.95, "certain"), (0.8, "likely"), (0.5, "possible"), (0.2, "unlikely"), (0.0, "out of reach"))
BAND: Final = (0.1, 0.5, 0.9)
MOST_DRIVERS: Final = 3
PROMISES: Final = (0.5, 0.8, 0.95)
"""How sure a value is that could be promised."""
_ROUNDING: Final = 1e-6
"""What single precision may lose of a capacity that just meets its need."""


def word(probability: float, error: float = 0.0) -> str:
    """What a probability is called; nothing is certain whose own error (one standard error) reaches below 95%."""
    found = next(name for floor, name in WORDS if probability >= floor)
    return "likely" if found == "certain" and probability - error < WORDS[0][0] else found


def probability(reached: Flags) -> tuple[float, float]:
    """Share of draws that reach a target, and its Monte Carlo error (one standard error) [1].

    The error takes half a success and half a failure more than were seen, so that it is not 0 at 0 or 1.
    """
    n = len(reached)
    seen = float(reached.mean())
    smoothed = (reached.sum() + 0.5) / (n + 1.0)
    return seen, float(np.sqrt(smoothed * (1.0 - smoothed) / n))


def reaches(outcome: Array, target: Target) -> Flags:
    """Whether each outcome meets the target, shape of `outcome`. Raises ValueError for a target without a value."""
    if target.value is None or target.op is None:
        raise ValueError(f"target {target.id} has no value to reach")
    if target.op == "at_least":
        return outcome >= target.value - target.tolerance
    if target.op == "at_most":
        return outcome <= target.value + target.tolerance
    return np.abs(outcome - target.value) <= max(target.tolerance, 1e-9)


def promised(outcome: Array, target: Target) -> tuple[float, float, float] | None:
    """The value that the draws reach, or stay within, with 50, 80 and 95%; None where the target is a point."""
    if target.op not in ("at_least", "at_most"):
        return None
    shares = PROMISES if target.op == "at_most" else tuple(1.0 - share for share in PROMISES)
    even, likely, certain = (float(value) for value in np.quantile(outcome, shares))
    return even, likely, certain


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a target is judged: its row in the ensemble, the lanes of its regions, and what their user set.

    settings: those of the first region; what is common to a group's regions is uncertain in the same way in each.
    """

    row: int
    lanes: tuple[int, ...]
    settings: tuple[Setting, ...]


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
            works = _works(one.answer, ensemble, grounds[place].row)
            one = replace(one, answer=works, status="conditional", measure="")
        said.append(replace(one, region=place, came=target.came))
    return tuple(said)


def _verdict(target: Target, ensemble: Ensemble, region: int, uncertain: "Halves") -> Verdict:
    year = target.year
    if target.value is None or (year is not None and year not in ensemble.years):
        return _not_assessed(target, year, ensemble)
    missing = None if year is None else _undefined(target, year, ensemble, region)
    if missing is not None:
        return _said(target, NoAnswer(reason=missing), "not assessed", target.measure or "")
    if target.kind == "commitment" and target.measure in ensemble.measures and year is not None:
        return _delivery(target, year, ensemble, region)
    if target.kind == "outcome" and target.measure in ensemble.measures and year is not None:
        return _outcome(target, year, ensemble, region, uncertain)
    if target.kind == "standard" and target.driver in ensemble.measures and year is not None:
        return _need(target, year, ensemble, region)
    return _not_assessed(target, year, ensemble)


def _outcome(target: Target, year: int, ensemble: Ensemble, region: int, uncertain: "Halves") -> Verdict:
    by_year = ensemble.of(str(target.measure), region).astype(np.float64)
    outcome = by_year[ensemble.years.index(year)]
    low, median, high = (float(q) for q in np.quantile(outcome, BAND))
    if _is_met(by_year[: ensemble.years.index(year) + 1], target, ensemble):
        met = Met(since=ensemble.years[0], low=low, median=median, high=high)
        return _said(target, met, "met", str(target.measure))
    reached = reaches(outcome, target)
    likely, error = probability(reached)
    first = _first_year(by_year, target, ensemble)
    answer = Outcome(
        probability=likely,
        probability_error=error,
        low=low,
        median=median,
        high=high,
        shortfall=_shortfall(median, target),
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


def _need(target: Target, year: int, ensemble: Ensemble, region: int) -> Verdict:
    driver = ensemble.of(str(target.driver), region)[ensemble.years.index(year)].astype(np.float64)
    low, median, high = (float(q) for q in np.quantile(driver * float(target.value or 0.0), BAND))
    need = Need(
        low=low,
        median=median,
        high=high,
        driver=str(target.driver),
        need_unit=target.unit.removesuffix(f"/{base(ensemble.measures[str(target.driver)].unit)[0]}"),
        service=target.service or "",
    )
    supply = _supply(need, target, year, ensemble, region)
    if supply is None and isinstance(target.process, Prior):
        return _said(target, _lacking(need, target.process, year, ensemble.years[0]), "conditional")
    if supply is None:
        return _said(target, need, "need")
    return _said(target, supply, word(supply.probability, supply.probability_error))


def _supply(of: Need, target: Target, year: int, ensemble: Ensemble, region: int) -> Supply | None:
    """The need held against what there is of its service; None where that is not known."""
    name = f"capacity.{target.service}"
    if target.service is None or name not in ensemble.measures:
        return None
    capacities = ensemble.of(name, region).astype(np.float64)
    drivers = ensemble.of(str(target.driver), region).astype(np.float64)
    if np.isnan(capacities).any() or not (drivers > 0.0).all():
        return None
    by_year = capacities / drivers
    reached, capacity = (values[ensemble.years.index(year)] for values in (by_year, capacities))
    likely, error = probability(reaches(reached * (1.0 + _ROUNDING), target))
    low, median, high = (float(q) for q in np.quantile(reached, BAND))
    return Supply(
        probability=likely,
        probability_error=error,
        low=low,
        median=median,
        high=high,
        driver=of.driver,
        need_unit=of.need_unit,
        service=of.service,
        need=of.median,
        capacity=float(np.median(capacity)),
        shortfall=_shortfall(median, target),
        first_year=_first_year(by_year * (1.0 + _ROUNDING), target, ensemble),
        promised=promised(reached, target),
    )


def _lacking(of: Need, by: Prior, year: int, base_year: int) -> Lacking:
    """What a need lacks of a stock like that of others, and what each year must add."""
    there = of.median * by.part
    return Lacking(
        need=of.median,
        there=there,
        yearly=max(of.median - there, 0.0) / max(year - base_year, 1),
        where=by.where,
        level_year=by.year,
        need_unit=of.need_unit,
        service=of.service,
        driver=of.driver,
    )


def _works(of: Supply, ensemble: Ensemble, region: int) -> Works:
    """What a supply that is assumed comes to: the need, what there was, and what the scenario brings."""
    outset = float(np.median(ensemble.of(f"capacity.{of.service}", region)[0]))
    return Works(
        need=of.need,
        outset=outset,
        brought=of.capacity - outset,
        need_unit=of.need_unit,
        service=of.service,
        driver=of.driver,
    )


def _first_year(by_year: Array, target: Target, ensemble: Ensemble) -> int | None:
    """The first year whose median reaches the target, the base year left out. by_year: [year, draw]."""
    medians = np.median(by_year[1:], axis=1)
    return next(
        (y for y, m in zip(ensemble.years[1:], medians, strict=True) if reaches(np.array([m]), target)[0]), None
    )


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
    answer = Delivery(low=low, median=median, high=high, delivered=median, shortfall=_shortfall(median, target))
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
        reason = _missing(target.measure)
    if year is not None and year not in ensemble.years:
        reason = tr("{year} is outside the years that were run", year=year)
    status = "tracked" if target.kind in {"commitment", "deadline"} else "not assessed"
    return _said(target, NoAnswer(reason=reason), status, target.measure or "")


def _undefined(target: Target, year: int, ensemble: Ensemble, region: int) -> Text | None:
    """Why the quantity that a target is on does not exist in some draws; None where it does in all."""
    measure = target.driver if target.kind == "standard" else target.measure
    if measure is None or measure not in ensemble.measures:
        return None
    lacking = np.isnan(ensemble.of(measure, region)[ensemble.years.index(year)])
    if not lacking.any():
        return None
    if not lacking.all():
        missing, draws = int(lacking.sum()), len(lacking)
        return tr("it is undefined in {missing} of {draws} draws", missing=missing, draws=draws)
    return _cause(measure, year, ensemble, region)


def _cause(measure: str, year: int, ensemble: Ensemble, region: int) -> Text:
    """Why a measure does not exist in any draw: the first sum on its way that is 0 or not known."""
    described = ensemble.measures[measure]
    at = ensemble.years.index(year)
    for one in (described.part, described.whole):
        if one not in ensemble.measures:
            continue
        values = ensemble.of(one, region)[at]
        if np.isnan(values).all():
            return _cause(one, year, ensemble, region)
        if one == described.whole and not values.any():
            return tr("it does not exist here: {name} is 0", name=ensemble.measures[one].name)
    if measure != "households" and np.isnan(ensemble.of("households", region)[at]).all():
        return tr("the households of the region are not known")
    return tr("the region's data do not say it")


def _missing(measure: str) -> Text:
    """Why a measure that only some scenarios have is not there."""
    if measure.startswith(DELIVERED):
        return tr("no project of the scenario delivers it")
    return tr("the scenario does not define {measure}", measure=measure)


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


def _shortfall(median: float, target: Target) -> float:
    value = float(target.value or 0.0)
    if target.op == "at_least":
        return max(value - median, 0.0)
    if target.op == "at_most":
        return max(median - value, 0.0)
    return max(abs(median - value) - target.tolerance, 0.0)


def uncertain_inputs(
    ensemble: Ensemble, ground: Ground, policies: Sequence[PolicyRef], seed: int
) -> dict[tuple[str, Text], Array]:
    """Where each draw stands in the range of each uncertain input (0, 1), by path and name; the mean over regions."""
    inputs = {}
    settings = ground.settings
    where = ensemble.where[list(ground.lanes)].mean(axis=0)
    for column, path in enumerate(SAMPLED):
        chain = [s for s in settings if s.path == path and s.is_value]
        last = chain[-1].dist if chain else None
        certain = last is not None and last.kind == "certain"
        if not certain and (PARAMETERS[path].spread or (last is not None)):
            inputs[path, PARAMETERS[path].name] = where[:, column]
    names = {policy.id: policy.name for policy in policies}
    for setting in settings:
        if not setting.is_value and setting.dist is not None and setting.intensity:
            own = PARAMETERS.get(setting.path)
            name = names.get(setting.policy or "") or (own.name if own else same(setting.path))
            inputs[setting.key, name] = uniforms(seed, setting.key, ensemble.draws)[:, 0]
    return inputs


class Halves(NamedTuple):
    """Uncertain inputs by path and name, and which draws have each in its upper half [input, draw].

    Inputs whose draws all lie in one half are left out.
    """

    names: tuple[tuple[str, Text], ...]
    upper: Array

    def apart(self, values: Array) -> Array:
        """The mean of values [draw] in the upper half of each input less that in its lower half [input]."""
        above, many = self.upper @ values, self.upper.sum(axis=1)
        apart: Array = above / many - (values.sum() - above) / (len(values) - many)
        return apart


def halves(inputs: Mapping[tuple[str, Text], Array]) -> Halves:
    """Which draws lie in the upper half of each input. inputs: where each draw stands in its range (0, 1)."""
    uppers = {key: at > 0.5 for key, at in inputs.items()}
    kept = {key: upper.astype(np.float64) for key, upper in uppers.items() if upper.any() and not upper.all()}
    return Halves(tuple(kept), np.array(list(kept.values())))


def drivers(outcome: Array, reached: Flags, uncertain: Halves) -> tuple[Driver, ...]:
    """The inputs that move the target most: halves of each input compared, those within noise left out."""
    if len(outcome) < 20 or not uncertain.names:
        return ()
    noise = 3.0 * float(outcome.std()) * 2.0 / np.sqrt(len(outcome))
    shifts, effects = uncertain.apart(outcome), uncertain.apart(reached.astype(np.float64))
    found = [
        Driver(path, name, float(effect), float(shift))
        for (path, name), shift, effect in zip(uncertain.names, shifts, effects, strict=True)
        if abs(shift) > noise
    ]
    found.sort(key=lambda driver: -abs(driver.shift))
    return tuple(found[:MOST_DRIVERS])
