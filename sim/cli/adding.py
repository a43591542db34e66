"""What each policy adds, worked out on a thread of its own while the tables of a run are made and written."""

import os
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

from sim.cli.options import time_left
from sim.cli.texts import tr
from sim.common.language import Language
from sim.scenario.resolved import ResolvedScenario

if TYPE_CHECKING:
    from sim.run.tables import Contributions

_BREATH = 0.5
"""How long is waited before what is left is said again [s]."""


class Adding:
    """Contributions of a scenario's policies, begun when its draws are simulated and the processors are free."""

    def __init__(self, scenario: ResolvedScenario, draws: int, threads: int, pool: ThreadPoolExecutor) -> None:
        self._scenario, self._draws, self._threads, self._pool = scenario, draws, threads, pool
        self._future: Future[Contributions] | None = None
        self._share, self._stopped = 0.0, False

    def begin(self) -> None:
        """Begin, where there is something to work out and a thread for it."""
        if self.is_asked and self._threads > 1:
            self._future = self._submitted()

    @property
    def is_asked(self) -> bool:
        """Whether there is something to work out."""
        return self._draws > 0

    def found(self, lang: Language) -> "Contributions":
        """What was found, waited for with a word on what is left of it."""
        future = self._future or self._submitted()
        with time_left(lang) as tell:
            while not future.done():
                wait([future], _BREATH)
                tell(tr("working out what each policy adds"), self._share)
        return future.result()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped = True

    def _submitted(self) -> "Future[Contributions]":
        return self._pool.submit(copy_context().run, self._work)  # of the same files, as they were read

    def _work(self) -> "Contributions":
        from sim.run.contributions import contributions

        jobs = max(self._threads - 1, 1)
        return contributions(self._scenario, draws=self._draws, jobs=jobs, tell=self._tell)

    def _tell(self, share: float) -> None:
        if self._stopped:
            raise CancelledError
        self._share = share


@contextmanager
def adding(scenario: ResolvedScenario, jobs: int | None, asked: bool | None) -> Iterator[Adding]:
    """Contributions that can be begun: on all the draws that they take if they were asked for, else on cheap ones.

    jobs: threads, of which one is left to the tables; asked: None where nobody said.
    """
    draws = 0 if asked is False else _draws(scenario, bool(asked))
    with ThreadPoolExecutor(max_workers=1) as pool:
        work = Adding(scenario, draws, jobs or os.cpu_count() or 1, pool)
        try:
            yield work
        finally:
            work.stop()


def _draws(scenario: ResolvedScenario, asked: bool) -> int:
    from sim.run.contributions import DRAWS, MEASURE, affordable, check

    if asked:
        check(scenario, MEASURE, scenario.test_year)
    return DRAWS if asked else affordable(scenario)
