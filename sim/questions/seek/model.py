"""What the model says of settings of the levers: outcomes of every draw, with random numbers common to all."""

import os
import pickle
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept
from sim.model.draws.setting import Setting
from sim.model.people.step import Broken
from sim.questions.seek import draft
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Lever
from sim.questions.sweep.child import Child, LostError
from sim.questions.sweep.lanes import out_of_range, outcomes
from sim.questions.sweep.template import Moving, Template
from sim.questions.texts import tr
from sim.run.scenario_run import ready
from sim.scenario import scenario as resolve
from sim.scenario.policies import Use

_WORTH: Final = 100_000
"""Lanes from which it pays to start other processes."""
_WORTH_ONCE_STARTED: Final = 8_000
"""Lanes from which it pays to hand them out."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried, and how: the scenario file, the levers, the goals, the draws and the seed of each trial.

    folder: where drafts of scenario files are kept while they are tried.
    """

    scenario: Path
    levers: tuple[Lever, ...]
    goals: tuple[Goal, ...]
    draws: int
    seed: int
    folder: Path

    def drafted(self, at: Sequence[float], uses: Mapping[str, Use]) -> Path:
        """The file of a setting of the levers."""
        parent = self.scenario.resolve().as_posix()
        head = {"name": "draft", "extends": parent, "draws": self.draws, "seed": self.seed}
        source = tr("a trial")
        words = draft.text(draft.content(self.levers, at, uses, head, source))
        file = self.folder / f"{os.getpid()}-{sha256(words.encode()).hexdigest()[:16]}.yaml"
        file.write_text(words, encoding="utf-8")
        return file


@dataclass(frozen=True, slots=True)
class Trial:
    """Some settings of a question, for another process to try."""

    question: Question
    at: Array

    def prepare(self) -> None:
        """Nothing: what the first trial of a process has to load is counted against no limit."""

    def run(self) -> Kept:
        """Outcomes, as `tried`."""
        return tried(self.question, self.at)


class Model:
    """Outcomes by setting of the levers, on several processes where there is enough to do."""

    def __init__(self, question: Question, jobs: int) -> None:
        self._question, self._jobs = question, jobs
        self._children: list[Child] = []
        self._closed = False

    def __call__(self, at: Array) -> Kept:
        """Outcomes of each goal and draw [goal, setting, draw] at each setting [setting, lever].

        NaN where the scenario may not be set so, or where the model breaks.
        """
        worth = _WORTH_ONCE_STARTED if self._children else _WORTH
        if self._jobs <= 1 or len(at) * self._question.draws < worth:
            return tried(self._question, at)
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
            return tried(self._question, at)
        return kept

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        for child in self._children:
            child.end()


def tried(question: Question, at: Array) -> Kept:
    """As `Model` says, in this process."""
    kept = np.full((len(question.goals), len(at), question.draws), np.nan, dtype=np.float32)
    wanted = [goal.wanted for goal in question.goals]
    columns = [column for column, lever in enumerate(question.levers) if not lever.stacked]
    groups: dict[tuple[float, ...], list[int]] = {}
    for row, setting in enumerate(at):
        groups.setdefault(tuple(float(setting[column]) for column in columns), []).append(row)
    for grouped, rows in groups.items():
        of = _template(question, grouped)
        bad = out_of_range(of, at[rows])
        good = [row for position, row in enumerate(rows) if position not in bad]
        try:
            kept[:, good] = outcomes(of, at[good], question.draws, wanted)
        except (Broken, ArithmeticError, ValueError):
            _one_by_one(question, of, good, at, kept)
    return kept


def _one_by_one(question: Question, of: Template, rows: Sequence[int], at: Array, kept: Kept) -> None:
    """Settings tried alone, because one among them breaks the model; its outcomes stay NaN."""
    wanted = [goal.wanted for goal in question.goals]
    for row in rows:
        try:
            kept[:, row] = outcomes(of, at[[row]], question.draws, wanted)[:, 0]
        except (Broken, ArithmeticError, ValueError):
            continue


@lru_cache(maxsize=64)
def _template(question: Question, grouped: tuple[float, ...]) -> Template:
    """The case with these values of the levers that cannot be stacked, and where in it the others act."""
    given = iter(grouped)
    at = [lever.present if lever.stacked else next(given) for lever in question.levers]
    file = question.drafted(at, draft.uses_of(question.scenario))
    scenario = resolve(file)
    moved = tuple(_moved(question.levers, scenario.settings[region.id], str(file)) for region in scenario.regions)
    return Template(scenario, ready(scenario).case, moved)


def _moved(levers: Sequence[Lever], settings: Sequence[Setting], file: str) -> dict[str, tuple[Moving, ...]]:
    chain = [_moving(levers, setting, file) for setting in settings]
    touched = dict.fromkeys(
        moving.setting.path for moving in chain if moving.value is not None or moving.intensity is not None
    )
    return {path: tuple(moving for moving in chain if moving.setting.path == path) for path in touched}


def _moving(levers: Sequence[Lever], setting: Setting, file: str) -> Moving:
    for column, lever in enumerate(levers):
        if lever.stacked and lever.kind == "intensity" and setting.policy == lever.path:
            return Moving(setting, intensity=column)
        of_lever = lever.stacked and lever.path == setting.path and setting.origin.place.file == file
        if of_lever and setting.policy is None:
            return Moving(setting, value=column)
    return Moving(setting)
