"""A scenario opened for a page: its levers, its own run, and its case kept warm for a preview and for all draws."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final, NamedTuple

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.live.far import Far
from sim.questions.live.levers import (
    Card,
    Knob,
    cards,
    document_of,
    knobs,
    moved,
    offers,
    with_uses,
)
from sim.questions.seek import draft
from sim.questions.seek.start import Start
from sim.questions.texts import tr
from sim.run.case import Case
from sim.run.moves import Move
from sim.run.scenario_run import Ready, Run, ready, run
from sim.run.sizes import DRAWS
from sim.run.warm import Warm
from sim.scenario import scenario as resolve
from sim.scenario.chain import Drafts
from sim.scenario.library import Files, keeping
from sim.scenario.policies import Use
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.yaml.document import dotted

PREVIEW: Final = 100
"""Draws of a preview."""
SOON: Final = 60_000
"""Lane-years of a run for which a page waits; of a longer one it shows a first look, on the draws of a preview."""
_MEMORY: Final = 600_000_000
"""What is kept warm for all draws at most, about [byte]."""
_SOURCE: Final = tr("assumption: set on the live page")


@quickclass(frozen=True, slots=True)
class Moved:
    """Where the levers of a scenario stand: those that were moved, with their values."""

    knobs: tuple[tuple[Knob, float], ...] = ()

    @property
    def moves(self) -> tuple[Move, ...]:
        """What they move in a case."""
        return tuple(knob.lever.move for knob, _ in self.knobs)

    @property
    def at(self) -> Array:
        """Their values [1, move]."""
        return np.array([[value for _, value in self.knobs]], dtype=np.float64)

    def __bool__(self) -> bool:
        """Whether any was moved."""
        return bool(self.knobs)


class Known(NamedTuple):
    """What is known of a scenario file already: files that were read, and the scenario itself, if it is."""

    files: Files
    scenario: ResolvedScenario | None


class Opened:
    """A scenario file with all that a page asks of it again and again.

    scenario: with the library's other policies in it, without any force, so that no number of it differs; uses: of all
    of them, by id; saved: the run of the file as it is; is_first: whether it is a first look
    at few draws while all are being run; far: is told how far that run is.
    """

    def __init__(
        self, file: Path, draws: int | None, jobs: int, far: Far | None = None, known: Known | None = None
    ) -> None:
        self.file, self.draws, self.jobs, self.is_first = file, draws, jobs, False
        self._own = _overrides(draws)
        self._files, self._known = known or Known({}, None)
        with keeping(self._files):
            self._read()
        few, some = (range(min(many, self.scenario.draws)) for many in (PREVIEW, DRAWS))
        self.few, self.some = Warm(self.case, few), Warm(self.case, some)
        self.all = Warm(self.case, range(self.scenario.draws), _MEMORY)
        self.saved: Run = run(self.as_is, jobs, (far or Far()).tell)
        self._last = Moved(), self.as_is
        """What the levers stood for when they were last asked: it is asked for several answers in a row."""

    def _read(self) -> None:
        file = self.file
        self.own_uses = draft.uses_of(file)
        self.as_is: ResolvedScenario = self._known or resolve(file, self._own)
        offered = offers(self.as_is, file, self.own_uses)
        self._offered = document_of(offered)
        self.uses: dict[str, Use] = with_uses(self.own_uses, offered)
        self.start = Start({}, self.uses)
        self.scenario: ResolvedScenario = resolve(file, self._own, self._drafts({}))
        self.cards: dict[str, Card] = cards(self.scenario, file, self.own_uses)
        by_id = {one.asked.use: one for one in offered}
        self.knobs: tuple[Knob, ...] = knobs(self.scenario, self.own_uses, by_id, self.cards)
        self.ready: Ready = ready(self.scenario)

    @property
    def case(self) -> Case:
        """The case of `scenario`."""
        return self.ready.case

    def moved(self, values: dict[str, float]) -> Moved:
        """Where the levers stand. Raises InvalidInput for what names no lever and for what is no value of one."""
        return Moved(moved(self.knobs, values))

    def resolved(self, at: Moved) -> ResolvedScenario:
        """The scenario that the levers stand for, as a file that extends this one would say it.

        Raises InvalidInput with every fault, each said of the lever that it is about where one is.
        """
        if not at:
            return self.as_is
        before, found = self._last
        if before != at:
            found = self._resolved(at)
            self._last = at, found
        return found

    def _resolved(self, at: Moved) -> ResolvedScenario:
        content = self.content(at, {"name": draft.TRIAL})
        try:
            with keeping(self._files):
                return resolve(self.file, self._own, self._drafts(content, offered=False))
        except InvalidInput as invalid:
            raise InvalidInput(self._beside(fault, at) for fault in invalid.faults) from None

    def content(self, at: Moved, head: dict[str, Any], source: Text = _SOURCE) -> dict[str, Any]:
        """The content of the file that the levers stand for. head: its name, title and parent."""
        levers, values = [knob.lever for knob, _ in at.knobs], [value for _, value in at.knobs]
        return draft.content(levers, values, self.uses, head, source)

    def _beside(self, fault: Fault, at: Moved) -> Fault:
        """A fault of the file that the levers stand for as one of the lever that is meant, where one is."""
        policy = self._policy_of(fault, at)
        path = fault.path.removeprefix("set.")
        for knob, _ in at.knobs:
            lever = knob.lever
            on_path = path == lever.path or path.startswith(f"{lever.path}.") or self._acts(lever.path, path)
            if lever.path == policy or (policy is None and on_path):
                return replace(fault, place=Place(""), path=knob.key)
        return fault

    def _policy_of(self, fault: Fault, at: Moved) -> str | None:
        """The policy whose use is at fault."""
        drafted = fault.place.file == draft.TRIAL
        said = self.content(at, {}).get("policies", []) if drafted else []
        places = {one["use"]: f"policies[{index}]" for index, one in enumerate(said)}
        if not drafted:
            uses = self.own_uses.items()
            places = {id_: dotted(use.path) for id_, use in uses if use.document.file == fault.place.file}
        return next((id_ for id_, place in places.items() if f"{fault.path}.".startswith(f"{place}.")), None)

    def _acts(self, policy: str, path: str) -> bool:
        """Whether a policy acts on a parameter."""
        return any(one.policy == policy and one.path == path for own in self.scenario.settings.values() for one in own)

    def _drafts(self, content: dict[str, Any], *, offered: bool = True) -> Drafts:
        documents = [self._offered] if offered else []
        drafts = self.start.drafts(*([content] if content else []))
        return drafts._replace(documents=[*documents, *drafts.documents])


def _overrides(draws: int | None) -> list[str]:
    return [] if draws is None else [f"draws={draws}"]


def lane_years(of: ResolvedScenario) -> int:
    """The years of all draws of all regions of a scenario's run."""
    return of.draws * len(of.regions) * (of.horizon - of.base_year)


class Shelf:
    """The scenarios of a page by name; each is opened when it is first asked for, once.

    One whose run takes long is opened for a first look on few draws, and then on all of them beside it.
    """

    def __init__(self, files: dict[str, Path], draws: int | None, jobs: int) -> None:
        self.files, self.draws, self.jobs = files, draws, jobs
        self._opened: dict[str, Opened] = {}
        self._locks: dict[str, Lock] = {name: Lock() for name in files}
        self._behind: dict[str, Thread] = {}
        self._far: dict[str, Far] = {}

    def opened(self, name: str) -> Opened:
        """The scenario of that name. Raises KeyError where there is none, InvalidInput where its file is faulty."""
        with self._locks[name]:
            if name not in self._opened:
                self._opened[name] = self._first(name)
            return self._opened[name]

    def whole(self, name: str) -> Opened:
        """The same on all its draws, waited for."""
        found = self.opened(name)
        if name not in self._behind:
            return found
        self._behind[name].join()
        return self.opened(name)

    def far(self, name: str) -> tuple[Far, bool] | None:
        """How far its run is, and whether a first look of it can be shown; None where it is not being run."""
        at, look = self._far.get(name), self._opened.get(name)
        return None if at is None or (look is not None and not look.is_first) else (at, look is not None)

    def _first(self, name: str) -> Opened:
        file = self.files[name]
        files: Files = {}
        at = self._far[name] = Far()
        with keeping(files):
            of = resolve(file, _overrides(self.draws))
        if lane_years(of) <= SOON:
            return Opened(file, self.draws, self.jobs, at, Known(files, of))
        look = Opened(file, PREVIEW, self.jobs, at, Known(files, None))
        look.is_first = True
        self._behind[name] = Thread(target=self._all, args=(name, look), daemon=True)
        self._behind[name].start()
        return look

    def _all(self, name: str, look: Opened) -> None:
        with suppress(InvalidInput, OSError, RuntimeError):  # edited meanwhile, or the server ends: the look stays
            at = self._far[name] = Far()
            found = Opened(self.files[name], self.draws, self.jobs, at)
            with self._locks[name]:
                self._opened[name] = found
        look.is_first = False

    def add(self, name: str, file: Path) -> None:
        """One more, such as a file that was just saved."""
        self.files[name] = file
        self._locks.setdefault(name, Lock())

    def names(self) -> Sequence[str]:
        """Their names in order."""
        return tuple(self.files)
