"""A case kept warm for some draws: a move costs the values that it changes, and the years from the first that differs.

Every answer is what a run of the changed case gives, to the last digit.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil, prod
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Kept
from sim.model.axes import POP_SHAPE
from sim.model.registry import PARAMETERS
from sim.run.block import Block, block
from sim.run.case import Case
from sim.run.ensemble import blocks
from sim.run.lanes import Stack, Wanted, differing, lanes, stack
from sim.run.moves import Move, changed, stacks

LANES: Final = 500
"""Lanes stepped together, at most."""
MEMORY: Final = 1_000_000_000
"""What is kept at most, about [byte]."""
_VALUES: Final = 2_600
"""Values of the parameters and noise of a lane and year [byte]."""
_HAPPENED: Final = 5_000
"""What happened to a lane in a year [byte]."""
_COUNTY: Final = 8 * prod(POP_SHAPE) + 2_000
"""A lane at a year's end: its people, and all else [byte]."""


@quickclass(frozen=True, slots=True)
class Group:
    """Members that differ only in moves that can be stepped together.

    case: with what they have in common; rows: their positions; moves, at: the others [member, move].
    """

    case: Case
    rows: list[int]
    moves: tuple[Move, ...]
    at: Array


def groups(case: Case, moves: Sequence[Move], at: Array) -> Iterator[Group]:
    """The members in groups."""
    apart = [column for column, move in enumerate(moves) if not stacks(case, move)]
    others = [column for column in range(len(moves)) if column not in apart]
    rows: dict[tuple[float, ...], list[int]] = {}
    for row, values in enumerate(at):
        rows.setdefault(tuple(float(values[column]) for column in apart), []).append(row)
    for grouped, members in rows.items():
        own = changed(case, [moves[column] for column in apart], np.array(grouped)) if apart else case
        yield Group(own, members, tuple(moves[column] for column in others), at[np.ix_(members, others)])


class Warm:
    """A case and draws of which values, noise and, where memory allows, the case's own years are kept."""

    def __init__(self, case: Case, draws: range, memory: int = MEMORY) -> None:
        self._case, self.draws = case, draws
        self._every = _every(case, len(draws), memory)
        self._kept: dict[range, Block] = {}

    def answer(
        self,
        moves: Sequence[Move],
        at: Array,
        wanted: Sequence[Wanted],
        jobs: int = 1,
        tell: Callable[[float], None] | None = None,
    ) -> Kept:
        """What is wanted of every draw of every member, [wanted, member, draw], in single precision as a run keeps it.

        Members are stepped to the last year of which anything is wanted. at: value of each move of each member
        [member, move]; jobs: threads, on whose number nothing depends; tell: told the share that is done. Raises
        `sim.model.people.step.Broken` where the model's invariants do not hold in some member.
        """
        kept = np.empty((len(wanted), len(at), len(self.draws)), dtype=np.float32)
        done = _Share(len(at) * len(self.draws), tell)
        for group in groups(self._case, moves, at):
            kept[:, group.rows] = self._together(group, wanted, jobs, done)
        return kept

    def _together(self, of: Group, wanted: Sequence[Wanted], jobs: int, done: "_Share") -> Kept:
        warm = _differs_in_values(of.case, self._case)
        own = stack(of.case, of.moves, self._case if warm else of.case)
        kept = np.empty((len(wanted), len(of.at), len(self.draws)), dtype=np.float32)
        parts = blocks(of.case, self.draws)
        within = max(jobs, 1) if len(parts) == 1 else 1

        def run(part: range) -> None:
            out = kept[:, :, part.start - self.draws.start : part.stop - self.draws.start]
            _fill(own, self._block(part) if warm else block(of.case, part), of.at, wanted, out, _Means(within, done))

        with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
            list(pool.map(run, parts))
        return kept

    def _block(self, draws: range) -> Block:
        if self._every is None:
            return block(self._case, draws)
        if draws not in self._kept:
            self._kept[draws] = block(self._case, draws, self._every)
        return self._kept[draws]


class _Share:
    """How much of an answer is done, told as it grows."""

    def __init__(self, lanes: int, tell: Callable[[float], None] | None) -> None:
        self._lanes, self._done, self._tell, self._lock = lanes, 0, tell, Lock()

    def add(self, lanes: int) -> None:
        """So many lanes more."""
        if self._tell is None:
            return
        with self._lock:
            self._done += lanes
            self._tell(self._done / self._lanes)


class _Means(NamedTuple):
    """How a block is worked out: threads, and what grows with its lanes."""

    jobs: int
    done: _Share


def _fill(of: Stack, within: Block, at: Array, wanted: Sequence[Wanted], out: Kept, means: _Means) -> None:
    """Write what is wanted of the draws of a block into `out` [wanted, member, draw]."""
    together = max(min(LANES // len(within.draws), ceil(len(at) / means.jobs)), 1)
    each = range(0, len(at), together)
    inside = means.jobs if len(each) == 1 else 1

    def run(begin: int) -> None:
        some = at[begin : begin + together]
        out[:, begin : begin + together] = lanes(of, within, some, wanted, inside)
        means.done.add(len(some) * len(within.draws))

    with ThreadPoolExecutor(max_workers=means.jobs) as pool:
        list(pool.map(run, each))


def _differs_in_values(case: Case, other: Case) -> bool:
    """Whether a case differs from another in nothing but values of the model's parameters by year, if in anything."""
    pairs = [(now.settings, before.settings) for now, before in zip(case.regions, other.regions, strict=True)]
    paths = {path for now, before in pairs for path in differing(now, before)}
    return case.constants is other.constants and paths <= PARAMETERS.keys()


def _every(case: Case, n_draws: int, memory: int) -> int | None:
    """Each how manieth county is kept, 0 if only values are; None if nothing is."""
    lanes, years = n_draws * len(case.regions), len(case.years)
    values, happened, county = lanes * years * _VALUES, lanes * years * _HAPPENED, lanes * _COUNTY
    if values > memory:
        return None
    left = memory - values - happened
    return 0 if left < 2 * county else ceil(years * county / (left - county))
