"""Goals: the targets that are to be met, by id, by measure, or spelled out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text, same
from sim.common.quickclass import quickclass
from sim.common.units import UnitError, factor
from sim.model.arrays import Array
from sim.model.measure import Measure
from sim.questions.texts import tr
from sim.run.classes import conditional, judged
from sim.run.grounds import grounds, scenario_measures
from sim.run.lanes import Wanted
from sim.scenario import spelled
from sim.scenario.by_name import close, known_id, names_by_id
from sim.scenario.magnitudes import impossible
from sim.scenario.resolved import ResolvedScenario, Target
from sim.scenario.shares import residents_by_place

PLACE: Final = Place("--target")
_SLIP: Final = 1.5
"""A share above this is a percentage that was written without its sign."""


@quickclass(frozen=True, slots=True)
class Wish:
    """A target in the words of the user, and the probability with which it is to be met [1]."""

    words: str
    probability: float


@quickclass(frozen=True, slots=True)
class Goal:
    """A target that is to be met, where it is read, and the probability with which it is to be met [1].

    row: among the groups and regions of a run.
    """

    target: Target
    row: int
    probability: float

    @property
    def id(self) -> str:
        """The plan's id, or the words in which it was asked for."""
        return self.target.id

    @property
    def wanted(self) -> Wanted:
        """What a run has to give."""
        return Wanted(str(self.target.measure), self.row, int(self.target.year or 0))

    def margin(self, outcome: Array) -> Array:
        """How far each outcome is on the right side of the target, in its unit; 0 or more exactly where it is met."""
        target, value = self.target, float(self.target.value or 0.0)
        if target.op == "at_least":
            return outcome - (value - target.tolerance)
        if target.op == "at_most":
            return (value + target.tolerance) - outcome
        margin: Array = max(target.tolerance, 1e-9) - np.abs(outcome - value)
        return margin


def goals(given: Sequence[Wish], scenario: ResolvedScenario) -> tuple[Goal, ...]:
    """The goals that are asked for. Raises InvalidInput with every fault."""
    faults: list[Fault] = []
    found: dict[str, Goal] = {}
    measures = scenario_measures(scenario)
    residents = residents_by_place(scenario.regions, scenario.groups)
    for wish in given:
        try:
            target = _target(wish.words, scenario, measures)
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
            continue
        goal = Goal(target, _row(target, scenario), wish.probability)
        faults.extend(_problems(goal, wish, scenario, found.get(goal.id)))
        too_far = impossible(target, residents.get(_place(target, scenario), 0.0))
        faults.extend([] if too_far is None else [Fault(PLACE, wish.words, too_far)])
        found.setdefault(goal.id, goal)
    if not given:
        faults.append(Fault(PLACE, "", tr("give at least one target")))
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return tuple(found.values())


def _problems(goal: Goal, wish: Wish, scenario: ResolvedScenario, before: Goal | None) -> Iterator[Fault]:
    """What is wrong with a goal that is understood. before: the same goal, where it was asked for already."""
    year = int(goal.target.year or 0)
    if not scenario.base_year < year <= scenario.horizon:
        allowed = f"{scenario.base_year + 1}…{scenario.horizon}"
        yield Fault(PLACE, wish.words, tr("{year} must be in {allowed}", year=year, allowed=allowed))
    if before is not None and before.probability != goal.probability:
        problem = tr("was asked for already, with another probability")
        yield Fault(PLACE, wish.words, problem)


def _target(words: str, scenario: ResolvedScenario, measures: Mapping[str, Measure]) -> Target:
    known = judged(scenario, measures)
    if words in known:
        return known[words]
    if conditional(scenario, words):
        raise InvalidInput([Fault(PLACE, words, hanging(words))])
    called = names_by_id(measures)
    words = known_id(words, called)
    parts = spelled.read(words)
    if parts is not None:
        return _spelled(words, parts, measures, scenario)
    of_measure = [target for target in known.values() if target.measure == words]
    if len(of_measure) == 1:
        return of_measure[0]
    if of_measure:
        ids = ", ".join(target.id for target in of_measure)
        raise _fault(words, tr("several targets of the plan are of it, give an id: {ids}", ids=ids))
    if words in measures:
        raise _fault(
            words,
            tr("the plan has no target of it: write {words}>=VALUE@YEAR", words=words),
        )
    usable = ", ".join(known) or "—"
    problem = tr(
        "there is no target {words} that can be judged; allowed: {usable}, or MEASURE>=VALUE@YEAR",
        words=words,
        usable=usable,
    )
    name = re.split(r"[<>=≥≤@]", words)[0].strip()
    raise InvalidInput([Fault(PLACE, words, problem, close(name, {id_: same(id_) for id_ in known} | called))])


def hanging(line: str) -> Text:
    """Why a conditional line is no goal."""
    return tr(
        "{line} hangs on something assumed for it, so it has a condition and no probability: see `townward run`, or "
        "ask for its measure as MEASURE>=VALUE@YEAR",
        line=line,
    )


def _spelled(words: str, parts: spelled.Spelled, measures: Mapping[str, Measure], scenario: ResolvedScenario) -> Target:
    called, number, unit = names_by_id(measures), parts.value, parts.unit
    region, measure = parts.placed(called)
    if measure not in measures:
        problem = tr("no measure is called {measure}", measure=measure)
        raise InvalidInput([Fault(PLACE, words, problem, close(measure, called))])
    at = None if region is None else known_id(region, scenario.places)
    if at is not None and at not in scenario.places:
        problem = tr("no region of the scenario is called {region}", region=at)
        raise InvalidInput([Fault(PLACE, words, problem, close(at, scenario.places))])
    described = measures[measure]
    try:
        value = float(number) * (factor(unit, described.unit) if unit else 1.0)
    except UnitError as wrong:
        allowed = ", ".join(wrong.allowed)
        raise _fault(words, tr("unit {unit} does not fit; allowed: {allowed}", unit=unit, allowed=allowed)) from None
    except ValueError:
        raise _fault(words, tr("{number} is not a number", number=number)) from None
    if not unit and described.unit == "share" and abs(value) > _SLIP:
        raise _fault(words, tr("a share: write {number}% or a decimal", number=number))
    return Target(
        id=words.replace(" ", ""),
        title=described.name,
        kind="outcome",
        measure=measure,
        driver=None,
        op=parts.op,
        value=value,
        tolerance=0.0,
        unit=described.unit,
        written_value=float(number),
        written_unit=unit or described.unit,
        year=parts.year,
        source=tr("given in the question"),
        note=None,
        reason=None,
        place=PLACE,
        region=at,
    )


def _row(target: Target, scenario: ResolvedScenario) -> int:
    return grounds(scenario)[_place(target, scenario)].row


def _place(target: Target, scenario: ResolvedScenario) -> str:
    of_plan = scenario.plan.region if scenario.plan else None
    return target.region or of_plan or scenario.main


def _fault(words: str, text: Text) -> InvalidInput:
    return InvalidInput([Fault(PLACE, words, text)])
