"""What the model says of settings of the levers: outcomes of every draw, with random numbers common to all."""

from contextlib import suppress

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Kept
from sim.model.people.step import Broken
from sim.questions.seek.goal import Goal
from sim.run.case import Case
from sim.run.experiment import out_of_range
from sim.run.moves import Move
from sim.run.warm import Warm


@quickclass(frozen=True, slots=True)
class Question:
    """What is tried: the case as it is, what the levers move in it, the goals, and how many draws."""

    case: Case
    moves: tuple[Move, ...]
    goals: tuple[Goal, ...]
    draws: int

    def opened(self) -> Warm:
        """The case, kept warm for the draws."""
        return Warm(self.case, range(self.draws))


class Model:
    """Outcomes by setting of the levers, on several threads."""

    def __init__(self, question: Question, jobs: int) -> None:
        self._question, self._jobs = question, jobs
        self._warm = question.opened()

    def __call__(self, at: Array) -> Kept:
        """Outcomes of each goal and draw [goal, setting, draw] at each setting [setting, lever].

        NaN where the scenario may not be set so, or where the model breaks.
        """
        return tried(self._question, at, self._warm, self._jobs)


def tried(question: Question, at: Array, warm: Warm, jobs: int = 1) -> Kept:
    """As `Model` says. warm: the question's case; jobs: threads, on whose number nothing depends."""
    wanted = [goal.wanted for goal in question.goals]
    kept = np.full((len(question.goals), len(at), question.draws), np.nan, dtype=np.float32)
    bad = out_of_range(question.case, question.moves, at)
    good = [row for row in range(len(at)) if row not in bad]
    try:
        kept[:, good] = warm.answer(question.moves, at[good], wanted, jobs)
    except (Broken, ArithmeticError, ValueError):
        for row in good:  # alone, because one among them breaks the model; its outcomes stay NaN
            with suppress(Broken, ArithmeticError, ValueError):
                kept[:, [row]] = warm.answer(question.moves, at[[row]], wanted, jobs)
    return kept
