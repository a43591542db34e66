"""From what a command says to the answer."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sim.errors import Fault, InvalidInput, Place
from sim.language import Text
from sim.load import scenario as resolve
from sim.load.policies import Use
from sim.scenario.resolved import ResolvedScenario
from sim.seek import draft
from sim.seek.goal import Goal, goals
from sim.seek.lever import Lever, levers, weighted
from sim.seek.mix import mix
from sim.seek.model import Model, Question
from sim.seek.one import Alone, alone
from sim.seek.region import Region, region
from sim.seek.response import Evaluate, Point, Response

Status = Literal["met already", "found", "not reachable"]
_MOST: Final = 8
"""Levers that one search can tell apart in reasonable time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a scenario, its goals and levers, and the probability with which every goal is to be met."""

    file: Path
    scenario: ResolvedScenario
    goals: tuple[Goal, ...]
    levers: tuple[Lever, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What it takes. present: as the scenario is; found: the least change that is enough; best: the best in the range.

    around: the values of a single lever, or the shares of a mix's change, between which the answer would lie in 95 of
    100 sets of draws; alone: each lever by itself; region: of two levers; tried: how many settings were run.
    """

    asked: Asked
    status: Status
    present: Point
    found: Point | None
    best: Point
    around: tuple[float | None, float | None]
    alone: tuple[Alone, ...]
    region: Region | None
    tried: int


def question(
    file: Path,
    targets: Sequence[str],
    vary: Sequence[str],
    probability: float = 0.8,
    draws: int | None = None,
    weights: Sequence[str] = (),
) -> Asked:
    """What a command asks, checked: every target, path, range and weight. Raises InvalidInput with every fault."""
    scenario = resolve(file, [] if draws is None else [f"draws={draws}"])
    faults: list[Fault] = []
    wanted: tuple[Goal, ...] = ()
    varied: tuple[Lever, ...] = ()
    try:
        wanted = goals(targets, scenario)
    except InvalidInput as invalid:
        faults += invalid.faults
    last = max((goal.wanted.year for goal in wanted), default=scenario.horizon)
    try:
        varied = weighted(levers(vary, scenario, draft.uses_of(file), last), weights)
    except InvalidInput as invalid:
        faults += invalid.faults
    if not 0.0 < probability < 1.0:
        problem = Text(f"{probability:g} 应在 0 与 1 之间", f"{probability:g} must lie between 0 and 1")
        faults.append(Fault(Place("--probability"), "", problem))
    if len(varied) > _MOST:
        problem = Text(f"至多 {_MOST} 项可变因素", f"at most {_MOST} levers together")
        faults.append(Fault(Place("--vary"), "", problem))
    if not faults:
        faults += _ends(file, varied)
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return Asked(file, scenario, wanted, varied, probability)


def seek(asked: Asked, jobs: int = 1, report: Callable[[int], None] | None = None) -> Answer:
    """The answer of the model; the same for the same seed, whatever the number of processes.

    report: told how many settings have been run, from time to time.
    """
    with tempfile.TemporaryDirectory(prefix="townward-seek-") as name:
        folder = Path(name)
        uses = draft.uses_of(asked.file)
        draft.place(draft.own_policies(asked.levers, uses, folder), folder)
        model = Model(Question(asked.file, asked.levers, asked.goals, asked.scenario.draws, folder), jobs)
        try:
            return answer(asked, model, report)
        finally:
            model.close()


def answer(asked: Asked, evaluate: Evaluate, report: Callable[[int], None] | None = None) -> Answer:
    """The answer, whatever gives the outcomes."""
    present = [lever.present for lever in asked.levers]
    response = Response(evaluate, asked.goals, asked.probability, present)
    say = report or _silent
    now = response.point(present, 0.0)
    singles = []
    for column in range(len(asked.levers)):
        singles.append(alone(response, asked.levers, column))
        say(response.tried)
    area = None
    if len(asked.levers) == 2:
        area = region(response, (asked.levers[0], asked.levers[1]))
        say(response.tried)
    found, best, around = singles[0].found, singles[0].best, singles[0].around
    if len(asked.levers) > 1:
        found, best, around = now, now, (None, None)
        if not now.is_met:
            mixed = mix(response, asked.levers, tuple(singles), asked.scenario.seed)
            found, best, around = mixed.found, mixed.best, mixed.around
    status: Status = "met already" if now.is_met else "not reachable" if found is None else "found"
    return Answer(asked, status, now, found, best, around, tuple(singles), area, response.tried)


def _silent(_: int) -> None:
    return


def _ends(file: Path, varied: Sequence[Lever]) -> list[Fault]:
    """Faults of the scenario with each lever at either end, the others at present, and with all at their high end."""
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory(prefix="townward-seek-") as name:
        folder = Path(name)
        uses = draft.uses_of(file)
        draft.place(draft.own_policies(varied, uses, folder), folder)
        trial = Question(file, tuple(varied), (), 1, folder)
        for column, lever in enumerate(varied):
            for end in (lever.low, lever.high):
                at = [one.present for one in varied]
                at[column] = end
                drafted = trial.drafted(at, uses)
                try:
                    resolve(drafted)
                except InvalidInput as invalid:
                    faults += draft.elsewhere(invalid, lever, f"{end:g}", drafted)
        if not faults:
            faults += _together(trial, varied, uses)
    return faults


def _together(trial: Question, varied: Sequence[Lever], uses: Mapping[str, Use]) -> list[Fault]:
    """Faults of policies that cannot be in force at once: what they share would be counted twice."""
    strengths = [lever.high if lever.kind == "intensity" else lever.present for lever in varied]
    drafted = trial.drafted(strengths, uses)
    try:
        resolve(drafted)
    except InvalidInput as invalid:
        last = next(lever for lever in reversed(varied) if lever.kind == "intensity")
        return draft.elsewhere(invalid, last, f"{last.high:g}", drafted)
    return []
