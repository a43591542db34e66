"""From a question to the answer."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np

from sim.common.errors import Fault, InvalidInput
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.questions.seek.goal import PLACE, Goal
from sim.questions.seek.lever import Lever
from sim.questions.seek.mix import mix
from sim.questions.seek.model import Model, Question
from sim.questions.seek.one import Alone, alone
from sim.questions.seek.region import Region, region
from sim.questions.seek.response import Evaluate, Point, Response
from sim.questions.seek.start import Start
from sim.questions.texts import tr
from sim.run.answers import Sized
from sim.run.moves import changed
from sim.run.scenario_run import ready
from sim.run.sizes import asked_of, hanging
from sim.scenario.resolved import ResolvedScenario

Status = Literal["met already", "found", "not reachable"]


@quickclass(frozen=True, slots=True)
class Asked:
    """What is asked: a scenario, what was set in it first, its goals and its levers.

    file: of the scenario; scenario: with what was set; name: of a seek file, if one asked.
    """

    file: Path
    scenario: ResolvedScenario
    goals: tuple[Goal, ...]
    levers: tuple[Lever, ...]
    start: Start
    title: Text
    name: str | None = None

    @property
    def probability(self) -> float | None:
        """The probability that is asked for, if it is the same for every goal."""
        asked = {goal.probability for goal in self.goals}
        return asked.pop() if len(asked) == 1 else None


@quickclass(frozen=True, slots=True)
class Answer:
    """What it takes. present: as the scenario is; found: the least change that is enough; best: the best in the range.

    around: the values of a single lever, or the shares of a mix's change, between which the answer would lie in 95 of
    100 sets of draws; alone: each lever by itself; region: of two levers; tried: how many settings were run.
    sized: goals that are lines of the plan and hang on assumed sizes where the answer is, by id, as a run says it.
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
    sized: Mapping[str, Sized] = field(default_factory=dict)


_MIXED: Final = 2
"""A mixture of levers takes about so many times as long as one alone."""
Report = Callable[[int, float], None]
"""Told how many settings have been run, and about which share of all is done."""


def seek(asked: Asked, jobs: int = 1, report: Report | None = None) -> Answer:
    """The answer of the model; the same for the same seed, whatever the number of threads.

    report: told from time to time how far it is.
    """
    moves = tuple(lever.move for lever in asked.levers)
    case = ready(asked.scenario).case
    found = answer(asked, Model(Question(case, moves, asked.goals, asked.scenario.draws), jobs), report)
    lines = {one.id for one in (asked.scenario.plan.targets if asked.scenario.plan else ())}
    own = [(goal.target, goal.row) for goal in asked.goals if goal.id in lines]
    moved = changed(case, moves, np.array((found.found or found.best).at))
    return replace(found, sized=hanging(own, asked.scenario, asked_of(moved)))


def answer(asked: Asked, evaluate: Evaluate, report: Report | None = None) -> Answer:
    """The answer, whatever gives the outcomes. Raises InvalidInput for goals on what does not exist in every draw."""
    present = [lever.present for lever in asked.levers]
    response = Response(evaluate, asked.goals, present)
    missing = ~np.isfinite(response.outcomes(np.array([present], dtype=np.float64))).all(axis=(1, 2))
    if missing.any():
        problem = tr("does not exist in every draw, so that it cannot be reached")
        raise InvalidInput([Fault(PLACE, asked.goals[row].id, problem) for row in np.flatnonzero(missing)])
    say, parts = report or _silent, _parts(asked)
    now = response.point(present, 0.0)
    singles = []
    for column in range(len(asked.levers)):
        singles.append(alone(response, asked.levers, column))
        say(response.tried, (column + 1) / parts)
    area = None
    if len(asked.levers) == 2:
        area = region(response, (asked.levers[0], asked.levers[1]))
        say(response.tried, (len(asked.levers) + 1) / parts)
    found, best, around = singles[0].found, singles[0].best, singles[0].around
    if len(asked.levers) > 1:
        found, best, around = now, now, (None, None)
        if not now.is_met:
            begun = 1.0 - _MIXED / parts

            def mixing(share: float) -> None:
                say(response.tried, begun + share * _MIXED / parts)

            mixed = mix(response, asked.levers, tuple(singles), asked.scenario.seed, mixing)
            found, best, around = mixed.found, mixed.best, mixed.around
    status: Status = "met already" if now.is_met else "not reachable" if found is None else "found"
    return Answer(asked, status, now, found, best, around, tuple(singles), area, response.tried)


def _parts(asked: Asked) -> int:
    """Parts of about the same length: each lever alone; of two, their region; of several, their mixture as two."""
    levers = len(asked.levers)
    return levers + (levers == 2) + _MIXED * (levers > 1)


def _silent(_: int, __: float) -> None:
    return
