"""What has been worked out for pages already, and what is asked of it: each answer is worked out once."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore, Lock
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.output import run_folder
from sim.output.live.asked import State
from sim.output.texts import tr
from sim.questions.live.answer import Stage, answered, sized
from sim.questions.live.opened import Moved, Opened, Shelf
from sim.run.scenario_run import Run

KEPT: Final = 400_000_000
"""Draws of whole runs that are kept, about [byte]; the last one whatever its size."""
AT_ONCE: Final = 2
"""Answers on all draws that are worked out at once."""


Key = tuple[int, State, Stage, tuple[tuple[str, int], ...]]
"""An answer: on how many draws, of which state and stage, with which measures and rows of every year."""


class StaleError(Exception):
    """The page has asked something newer."""


class Desk:
    """Scenarios by name, the last answers, and who asked last."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._runs: OrderedDict[Key, Run] = OrderedDict()
        self._lock = Lock()
        self._heavy = BoundedSemaphore(AT_ONCE)
        self._newest: dict[str, int] = {}

    def opened(self, name: str, *, whole: bool = False) -> Opened:
        """The scenario of that name; whole: not for a first look but on all its draws.

        Raises InvalidInput where there is none, or its file is faulty.
        """
        if name not in self.shelf.files:
            problem = tr("no scenario is called {name}", name=name)
            raise InvalidInput([Fault(Place(""), "scenario", problem, nearest(name, self.shelf.files))])
        return self.shelf.whole(name) if whole else self.shelf.opened(name)

    def moved(self, state: State, *, whole: bool = False) -> tuple[Opened, Moved]:
        """The scenario of a state, and where its levers stand. whole: as for `opened`."""
        of = self.opened(state.scenario, whole=whole)
        return of, of.moved(dict(state.values))

    def asks(self, page: str, number: int) -> Callable[[], None]:
        """Note the number of a page's question; what is returned raises StaleError once a newer one came."""
        with self._lock:
            if len(self._newest) > 1000:
                self._newest.clear()
            self._newest[page] = max(number, self._newest.get(page, 0))

        def check() -> None:
            if self._newest.get(page, 0) > number:
                raise StaleError

        return check

    def run(self, state: State, stage: Stage, shown: tuple[tuple[str, int], ...], check: Callable[[], None]) -> Run:
        """What a stage says of a state. shown: measures and rows that are wanted of every year."""
        return self._run(*self.moved(state), state, stage, shown, check)

    def _run(
        self,
        of: Opened,
        at: Moved,
        state: State,
        stage: Stage,
        shown: tuple[tuple[str, int], ...],
        check: Callable[[], None],
    ) -> Run:
        if not at:
            return of.saved
        draws = of.as_is.draws  # a first look has fewer
        key = (draws, state, stage, shown if stage in ("years", "sizes") else ())
        found = self._found(key) or self._found((draws, state, "whole", ()))
        if found is not None:
            return found
        if stage == "preview":
            check()
            return self._keep(key, answered(of, at, stage, shown))
        years = self._run(of, at, state, "years", shown, check) if stage == "sizes" else None
        with self._heavy:
            check()
            return self._found(key) or self._keep(
                key, answered(of, at, stage, shown) if years is None else sized(of, at, years)
            )

    def report(self, state: State, check: Callable[[], None]) -> Run:
        """The whole run of a state with all that its report shows."""
        return run_folder.completed(self._run(*self.moved(state, whole=True), state, "whole", (), check))

    def _found(self, key: Key) -> Run | None:
        with self._lock:
            found = self._runs.get(key)
            if found is not None:
                self._runs.move_to_end(key)
            return found

    def _keep(self, key: Key, run: Run) -> Run:
        with self._lock:
            self._runs[key] = run
            size = sum(one.ensemble.values.nbytes for one in self._runs.values())
            while size > KEPT and len(self._runs) > 1:
                _, gone = self._runs.popitem(last=False)
                size -= gone.ensemble.values.nbytes
        return run


def focused(run: Run, region: str, year: int) -> Run:
    """The run with a region first, and a year for the one that is looked at; as it is where it has no such."""
    tables = run.tables
    chosen = [one for one in tables.regions if one[0] == region]
    others = [one for one in tables.regions if one[0] != region]
    at = year if tables.base_year < year <= tables.horizon else tables.test_year
    return replace(run, tables=replace(tables, regions=(*chosen, *others), test_year=at))
