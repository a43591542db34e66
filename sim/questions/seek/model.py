"""What the model says of settings of the levers: outcomes of every draw, with random numbers common to all."""

import pickle
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept
from sim.model.people.step import Broken
from sim.questions.seek.goal import Goal
from sim.questions.sweep.child import Child, LostError
from sim.run.case import Case
from sim.run.experiment import out_of_range
from sim.run.moves import Move
from sim.run.warm import Warm

_WORTH: Final = 100_000
"""Lanes from which it pays to start other processes."""
_WORTH_ONCE_STARTED: Final = 8_000
"""Lanes from which it pays to hand them out."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried: the case as it is, what the levers move in it, the goals, and how many draws."""

    case: Case
    moves: tuple[Move, ...]
    goals: tuple[Goal, ...]
    draws: int

    def opened(self) -> Warm:
        """The case, kept warm for the draws."""
        return Warm(self.case, range(self.draws))


@dataclass(frozen=True, slots=True)
class Trial:
    """Some settings of a question, for another process to try."""

    question: Question
    at: Array

    def prepare(self) -> None:
        """Nothing: what the first trial of a process has to load is counted against no limit."""

    def run(self) -> Kept:
        """Outcomes, as `tried`."""
        return tried(self.question, self.at, self.question.opened())


class Model:
    """Outcomes by setting of the levers, on several processes where there is enough to do."""

    def __init__(self, question: Question, jobs: int) -> None:
        self._question, self._jobs = question, jobs
        self._warm = question.opened()
        self._children: list[Child] = []
        self._closed = False

    def __call__(self, at: Array) -> Kept:
        """Outcomes of each goal and draw [goal, setting, draw] at each setting [setting, lever].

        NaN where the scenario may not be set so, or where the model breaks.
        """
        worth = _WORTH_ONCE_STARTED if self._children else _WORTH
        if self._jobs <= 1 or len(at) * self._question.draws < worth:
            return tried(self._question, at, self._warm)
        parts = np.array_split(at, min(self._jobs, len(at)))
        self._children = [child for child in self._children if child.alive]
        self._children += [Child() for _ in parts[len(self._children) :]]
        with ThreadPoolExecutor(len(parts)) as threads:
            try:
                done: Iterable[Kept] = threads.map(self._elsewhere, self._children, parts)
                return np.concatenate(list(done), axis=1)
            except BaseException:
                self.close()
                raise

    def _elsewhere(self, child: Child, at: Array) -> Kept:
        """Outcomes by another process; in this one, where that is lost."""
        try:
            kept: Kept = child.run(pickle.dumps(Trial(self._question, at)), lambda: inf)[0]
        except LostError:
            if self._closed:
                raise
            return tried(self._question, at, self._warm)
        return kept

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        for child in self._children:
            child.end()


def tried(question: Question, at: Array, warm: Warm) -> Kept:
    """As `Model` says, in this process. warm: the question's case."""
    wanted = [goal.wanted for goal in question.goals]
    kept = np.full((len(question.goals), len(at), question.draws), np.nan, dtype=np.float32)
    bad = out_of_range(question.case, question.moves, at)
    good = [row for row in range(len(at)) if row not in bad]
    try:
        kept[:, good] = warm.answer(question.moves, at[good], wanted)
    except (Broken, ArithmeticError, ValueError):
        for row in good:  # alone, because one among them breaks the model; its outcomes stay NaN
            with suppress(Broken, ArithmeticError, ValueError):
                kept[:, [row]] = warm.answer(question.moves, at[[row]], wanted)
    return kept
