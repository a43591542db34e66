"""Many members of an experiment stepped together: a lane is one draw of one member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept, Values
from sim.model.county import County, Happened, base_economy, county_year
from sim.model.draws.setting import Setting
from sim.model.draws.values import SAMPLED
from sim.model.engine import trajectory
from sim.model.measures import N_CELLS
from sim.model.subject import parameters
from sim.run import stacked
from sim.run.block import Block, repeated
from sim.run.case import Case, yearly
from sim.run.ensemble import Reporter
from sim.run.moves import Move, Moving, chain

_OF_POOLS: Final = frozenset(parameters("money"))
"""Parameters of which a project pool is given the mean of its draws."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read off the lanes: a measure in a year of a row: the case's groups, and then its regions."""

    measure: str
    row: int
    year: int


@dataclass(frozen=True, slots=True)
class Stack:
    """A case, and by region the settings of every path that moves touch, in order of application."""

    case: Case
    moved: tuple[dict[str, tuple[Moving, ...]], ...]


def stack(case: Case, moves: Sequence[Move], like: Case | None = None) -> Stack:
    """A case with moves that can be stepped together; paths set otherwise than in another case are touched too."""
    pairs = zip(case.regions, (like or case).regions, strict=True)
    return Stack(case, tuple(_touched(now.settings, before.settings, moves) for now, before in pairs))


def differing(now: Sequence[Setting], before: Sequence[Setting]) -> list[str]:
    """The paths that some settings change otherwise than others."""
    if now is before:
        return []
    return [one.path for one in (*now, *before) if one not in now or one not in before]


def _touched(now: Sequence[Setting], before: Sequence[Setting], moves: Sequence[Move]) -> dict[str, tuple[Moving, ...]]:
    settings = chain(now, moves)
    paths = dict.fromkeys([one.setting.path for one in settings if one.is_moved] + differing(now, before))
    return {path: tuple(one for one in settings if one.setting.path == path) for path in paths}


def lanes(of: Stack, within: Block, at: Array, wanted: Sequence[Wanted]) -> Kept:
    """What is wanted of every draw of some members, [wanted, member, draw]. at: values of moves [member, move].

    within: of the same case but for its settings, whose own years are taken over up to the first that differs.
    """
    moved = [_moved(of, within, at, region) for region in range(len(within.case.regions))]
    if len(at) > 1 and any(_pools_agree(one) for one in moved):
        return np.concatenate([lanes(of, within, row[np.newaxis], wanted) for row in at], axis=1)
    until = max((want.year for want in wanted), default=within.case.base_year) - within.case.base_year
    same = min(_same(moved, within), until)
    tables = [
        {path: value if 1 in (len(value), len(at)) else np.tile(value, (len(at), 1)) for path, value in own.items()}
        | {path: value.reshape(-1, value.shape[-1]) for path, value in changed.items()}
        for own, changed in zip(within.tables, moved, strict=True)
    ]
    return _step(within, tables, len(at), range(same, until), wanted).reshape(len(wanted), len(at), -1)


def _moved(of: Stack, within: Block, at: Array, region: int) -> dict[str, Array]:
    """Values of what is moved, [member, draw, year], or [1, 1, year] of one member whose draws agree."""
    years, seed, draws = within.case.years, within.case.seed, within.draws
    found = {}
    for path, settings in of.moved[region].items():
        where = within.where[region, :, SAMPLED.index(path)]
        value = stacked.values(path, settings, years, at, where, seed, draws)
        value = stacked.with_noise(path, value, within.multipliers[region])
        alone = len(at) == 1 == value.shape[1]
        found[path] = np.broadcast_to(value, (len(at), 1 if alone else len(draws), len(years)))
    return found


def _pools_agree(moved: Mapping[str, Array]) -> bool:
    """Whether all draws of a member give their project pools the same value.

    The mean of equal values is not always that value to the last digit, and a run gives its pools the value.
    """
    values = [value for path, value in moved.items() if path in _OF_POOLS and value.shape[1] > 1]
    return any(bool((value == value[:, :1]).all(axis=(1, 2)).any()) for value in values)


def _same(moved: Sequence[Mapping[str, Array]], within: Block) -> int:
    """How many first years no value differs in from the case's own."""
    same = len(within.case.years)
    for table, own in zip(moved, within.tables, strict=True):
        for path, value in table.items():
            differs = (value != own[path]).any(axis=(0, 1))
            same = min(same, int(differs.argmax())) if differs.any() else same
    return same


def _step(
    within: Block, tables: Sequence[Mapping[str, Array]], times: int, years: range, wanted: Sequence[Wanted]
) -> Kept:
    """Step lanes through the years by position, and read off what is wanted, of them or before, [wanted, lane]."""
    case, n_draws = within.case, len(within.draws)
    begun = within.passed(years.start, times)
    behind = 0 if begun is None else len(begun.happened)
    given = yearly(case, tables, times * n_draws, range(behind, max(years.stop, 1)))
    if begun is None:
        begun = within.begun(given[0], times)
    reporter = Reporter(case, begun.setup)
    base = reporter.base(base_economy(begun.setup, begun.first, begun.given))
    reader = _Reader(reporter, case.base_year, base, wanted)
    for year, happened in zip(case.years, begun.happened, strict=False):
        if reader.needs(year):
            reader.read(year, repeated(happened, times, {n_draws}))
    trajectory(partial(county_year, begun.setup), begun.county, given[: years.stop - behind], reader)
    return reader.kept


class _Reader:
    """Reads what is wanted off each year; years of which nothing is wanted are not added up."""

    def __init__(self, reporter: Reporter, base_year: int, base: Values, wanted: Sequence[Wanted]) -> None:
        self._reporter, self._before, self._wanted = reporter, base, wanted
        described = reporter.measures
        flows = {want.year for want in wanted if described[want.measure].is_flow}
        self._read = {want.year for want in wanted}
        self._added = self._read | {year - 1 for year in flows}
        self.kept = np.full((len(wanted), len(base["resident"])), np.nan, dtype=np.float32)
        for row, want in enumerate(wanted):
            if want.year == base_year:
                self.kept[row] = base[want.measure][:, want.row]

    def __call__(self, county: County, happened: Happened) -> None:
        """Take what is wanted of a year that was stepped."""
        self.read(county.people.year, happened)

    def needs(self, year: int) -> bool:
        """Whether anything of a year is wanted, or of what happened after it."""
        return year in self._added

    def read(self, year: int, happened: Happened) -> None:
        """Take what is wanted of a year, if anything."""
        if not self.needs(year):
            return
        stocks = self._reporter.people(happened)
        if year in self._read:
            values = self._reporter.year(happened, stocks, self._before)
            # a part of what is no number would be 0, so that it is looked for before any ratio is made
            people, flows = happened.tally[..., :N_CELLS], happened.ledger
            whole = np.isfinite(people).all(axis=(1, 2)) & np.isfinite(flows).all(axis=(1, 2))
            for row, want in enumerate(self._wanted):
                if want.year == year:
                    self.kept[row] = np.where(whole, values[want.measure][:, want.row], np.nan)
        self._before = stocks
