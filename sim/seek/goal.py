"""Goals: the targets that are to be met, by id, by measure, or spelled out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InvalidInput, Place, nearest
from sim.language import Text
from sim.measures import MEASURES
from sim.run import grounds
from sim.scenario.resolved import Comparison, ResolvedScenario, Target
from sim.sweep.lanes import Wanted
from sim.units import UnitError, factor

Array = NDArray[np.float64]

PLACE: Final = Place("--target")
_SPELLED: Final = re.compile(r"^\s*([\w.]+)\s*(>=|<=|≥|≤)\s*(-?[\d.]+(?:[eE][-+]?\d+)?)\s*([^@\d]*?)\s*@\s*(\d{4})\s*$")
_OPS: Final[dict[str, Comparison]] = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most"}
_SLIP: Final = 1.5
"""A share above this is a percentage that was written without its sign."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target that is to be met, and where it is read: its row among the groups and regions of a run."""

    target: Target
    row: int

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


def goals(given: Sequence[str], scenario: ResolvedScenario) -> tuple[Goal, ...]:
    """The goals of all `--target` of a command. Raises InvalidInput with every fault."""
    faults: list[Fault] = []
    found: dict[str, Goal] = {}
    for words in given:
        try:
            goal = _goal(words, scenario)
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
            continue
        year = int(goal.target.year or 0)
        if not scenario.base_year < year <= scenario.horizon:
            allowed = f"{scenario.base_year + 1}…{scenario.horizon}"
            problem = Text(f"{year} 应在 {allowed} 之间", f"{year} must be in {allowed}")
            faults.append(Fault(PLACE, words, problem))
        found.setdefault(goal.id, goal)
    if not given:
        faults.append(Fault(PLACE, "", Text("至少写一个指标", "give at least one target")))
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return tuple(found.values())


def judged(scenario: ResolvedScenario) -> dict[str, Target]:
    """The targets of the plan that the model gives a probability, by id."""
    targets = scenario.plan.targets if scenario.plan else ()
    return {
        target.id: target
        for target in targets
        if target.kind == "outcome"
        and target.measure in MEASURES
        and None not in (target.value, target.op, target.year)
    }


def _goal(words: str, scenario: ResolvedScenario) -> Goal:
    known = judged(scenario)
    if words in known:
        return _placed(known[words], scenario)
    spelled = _SPELLED.match(words)
    if spelled is not None:
        return _placed(_spelled(words, spelled), scenario)
    of_measure = [target for target in known.values() if target.measure == words]
    if len(of_measure) == 1:
        return _placed(of_measure[0], scenario)
    if of_measure:
        ids = ", ".join(target.id for target in of_measure)
        raise _fault(
            words, f"规划中有几个指标用到它,请写 id:{ids}", f"several targets of the plan are of it, give an id: {ids}"
        )
    if words in MEASURES:
        raise _fault(
            words,
            f"规划中没有它的指标,请写成 {words}>=数值@年份",
            f"the plan has no target of it: write {words}>=VALUE@YEAR",
        )
    usable = ", ".join(known) or "—"
    problem = Text(
        f"没有可判断的指标 {words};可用:{usable},或 量>=数值@年份",
        f"there is no target {words} that can be judged; allowed: {usable}, or MEASURE>=VALUE@YEAR",
    )
    name = re.split(r"[<>=≥≤@]", words)[0].strip()
    raise InvalidInput([Fault(PLACE, words, problem, nearest(name, (*known, *MEASURES)))])


def _spelled(words: str, parts: re.Match[str]) -> Target:
    measure, op, number, unit, year = parts.groups()
    if measure not in MEASURES:
        problem = Text(f"没有名为 {measure} 的量", f"no measure is called {measure}")
        raise InvalidInput([Fault(PLACE, words, problem, nearest(measure, MEASURES))])
    described = MEASURES[measure]
    try:
        value = float(number) * (factor(unit, described.unit) if unit else 1.0)
    except UnitError as wrong:
        allowed = ", ".join(wrong.allowed)
        raise _fault(
            words, f"单位 {unit} 不适用;可用:{allowed}", f"unit {unit} does not fit; allowed: {allowed}"
        ) from None
    except ValueError:
        raise _fault(words, f"{number} 不是数", f"{number} is not a number") from None
    if not unit and described.unit == "share" and abs(value) > _SLIP:
        raise _fault(words, f"比例请写 {number}% 或小数", f"a share: write {number}% or a decimal")
    return Target(
        id=words.replace(" ", ""),
        title=described.name,
        kind="outcome",
        measure=measure,
        driver=None,
        op=_OPS[op],
        value=value,
        tolerance=0.0,
        unit=described.unit,
        written_value=float(number),
        written_unit=unit or described.unit,
        year=int(year),
        source=Text("命令中给定", "given in the command"),
        note=None,
        reason=None,
        place=PLACE,
    )


def _placed(target: Target, scenario: ResolvedScenario) -> Goal:
    of_plan = scenario.plan.region if scenario.plan else None
    return Goal(target, grounds(scenario)[target.region or of_plan or scenario.main].row)


def _fault(words: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput([Fault(PLACE, words, Text(zh, en))])
