"""What would it take, asked from a page: the search of `seek` on the levers that were moved; it can be ended."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Final, Literal

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.model.arrays import Array, Kept
from sim.questions.extra import check_installed
from sim.questions.live.opened import Moved, Opened
from sim.questions.seek.ask import Answer, Asked, answer
from sim.questions.seek.goal import Wish, goals
from sim.questions.seek.model import Question, tried
from sim.questions.texts import tr

MOST: Final = 8
"""Levers that one search can tell apart in reasonable time."""
_AT_ONCE: Final = 4
"""Settings that are tried before it is looked whether the search was ended."""
_FORGOTTEN: Final = 30.0
"""A search of which nobody asks for so long is ended [s]."""
_KEPT: Final = 20
"""Searches that are remembered."""

Standing = Literal["running", "done", "cancelled", "failed"]


class EndedError(Exception):
    """The search was ended."""


@dataclass
class Job:
    """A search: how far it is, and its answer once it is done.

    at: the levers that may change; tried: settings; asked: when somebody last asked.
    """

    id: str
    at: Moved
    standing: Standing = "running"
    tried: int = 0
    answer: Answer | None = None
    problem: Exception | None = None
    ended: Event = field(default_factory=Event)
    asked: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """End it as soon as the settings that are being tried are through."""
        self.ended.set()


class Searches:
    """The searches of a server, each in a thread of its own; one that nobody asks about any more is ended."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._clock = clock

    def begin(self, of: Opened, at: Moved, target: str, probability: float) -> Job:
        """A search on the levers that were moved. Raises InvalidInput for what cannot be sought."""
        asked = question(of, at, target, probability)
        job = Job(secrets.token_urlsafe(9), at, asked=self._clock())
        with self._lock:
            running = [one for one in self._jobs.values() if one.standing == "running"]
            if len(running) >= _AT_ONCE:
                raise InvalidInput([Fault(Place("seek"), "", tr("other searches are running: end one of them"))])
            for old in list(self._jobs)[:-_KEPT]:
                if self._jobs[old].standing != "running":
                    del self._jobs[old]
            self._jobs[job.id] = job
        Thread(target=self._run, args=(job, of, asked), daemon=True).start()
        return job

    def job(self, id_: str) -> Job | None:
        """The search of that name; None where there is none."""
        found = self._jobs.get(id_)
        if found is not None:
            found.asked = self._clock()
        return found

    def end(self) -> None:
        """End all of them."""
        for job in self._jobs.values():
            job.cancel()

    def _run(self, job: Job, of: Opened, asked: Asked) -> None:
        whole = Question(of.case, tuple(lever.move for lever in asked.levers), asked.goals, of.scenario.draws)

        def evaluate(at: Array) -> Kept:
            parts = []
            for begin in range(0, len(at), _AT_ONCE):
                if job.ended.is_set() or self._clock() - job.asked > _FORGOTTEN:
                    raise EndedError
                part = at[begin : begin + _AT_ONCE]
                parts.append(tried(whole, part, of.all))
                job.tried += len(part)
            return np.concatenate(parts, axis=1)

        try:
            job.answer = answer(asked, evaluate)
            job.standing = "done"
        except EndedError:
            job.standing = "cancelled"
        except Exception as problem:  # noqa: BLE001 - the page is told, whatever it is
            job.problem, job.standing = problem, "failed"


def question(of: Opened, at: Moved, target: str, probability: float) -> Asked:
    """What is asked: the target with that probability, by the levers that were moved, from where the file has them.

    Raises InvalidInput where no lever was moved or too many were, and for a target that cannot be sought.
    """
    check_installed("seek")
    faults = []
    if not at:
        faults.append(Fault(Place("seek"), "", tr("move the levers first that may change")))
    if len(at.knobs) > MOST:
        faults.append(Fault(Place("seek"), "", tr("at most {most} levers together", most=MOST)))
    if not 0.0 < probability < 1.0:
        problem = tr("{probability:g} must lie between 0 and 1", probability=probability)
        faults.append(Fault(Place("seek"), "probability", problem))
    if faults:
        raise InvalidInput(faults)
    wanted = goals([Wish(target, probability)], of.scenario)
    levers = tuple(knob.lever for knob, _ in at.knobs)
    return Asked(of.file, of.scenario, wanted, levers, of.start, of.scenario.title)
