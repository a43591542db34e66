"""Many members of an experiment stepped together: a lane is one draw of one member."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Kept, Values
from sim.model.county import Afterwards, Years, course_of, room
from sim.model.county.inputs import OTHERS
from sim.model.county.sums import by_name
from sim.model.draws.setting import Setting
from sim.model.draws.values import SAMPLED
from sim.model.registry import PARAMETERS
from sim.run import stacked
from sim.run.block import Begun, Block
from sim.run.case import Case, afterwards, yearly
from sim.run.ensemble import Reporter, parts
from sim.run.moves import Move, Moving, chain

INSIDE: Final = PARAMETERS.keys() - set(OTHERS)
"""Parameters that act inside the years and on nothing that they are measured by."""


@quickclass(frozen=True, slots=True)
class Wanted:
    """What is read off the lanes: a measure in a year of a row: the case's groups, and then its regions."""

    measure: str
    row: int
    year: int


@quickclass(frozen=True, slots=True)
class Stack:
    """A case, and by region the settings of every path that moves touch, in order of application."""

    case: Case
    moved: tuple[dict[str, tuple[Moving, ...]], ...]


def stack(case: Case, moves: Sequence[Move], like: Case | None = None) -> Stack:
    """A case with moves that can be stepped together; paths set otherwise than in another case are touched too."""
    pairs = zip(case.regions, (like or case).regions, strict=True)
    outset = case.outset
    return Stack(case, tuple(_touched(now.settings, before.settings, moves, outset) for now, before in pairs))


def differing(now: Sequence[Setting], before: Sequence[Setting]) -> list[str]:
    """The paths that some settings change otherwise than others."""
    if now is before:
        return []
    both = {id(one) for one in now} & {
        id(one) for one in before
    }  # nearly all: compared by what they are, it takes long
    apart = [one for one in (*now, *before) if id(one) not in both]
    return [one.path for one in apart if one not in now or one not in before]


def _touched(
    now: Sequence[Setting], before: Sequence[Setting], moves: Sequence[Move], outset: int | None
) -> dict[str, tuple[Moving, ...]]:
    settings = chain(now, moves, outset)
    paths = dict.fromkeys([one.setting.path for one in settings if one.is_moved] + differing(now, before))
    return {path: tuple(one for one in settings if one.setting.path == path) for path in paths}


def lanes(of: Stack, within: Block, at: Array, wanted: Sequence[Wanted], jobs: int = 1) -> Kept:
    """What is wanted of every draw of some members, [wanted, member, draw]. at: values of moves [member, move].

    within: of the same case but for its settings, whose own years are taken over up to the first that differs; jobs:
    threads, on whose number nothing depends.
    """
    moved = [_moved(of, within, at, region) for region in range(len(within.case.regions))]
    until = max((want.year for want in wanted), default=within.case.base_year) - within.case.base_year
    same = min(_same(moved, within), until)
    tables = [
        {path: value if 1 in (len(value), len(at)) else np.tile(value, (len(at), 1)) for path, value in own.items()}
        | {path: value.reshape(-1, value.shape[-1]) for path, value in changed.items()}
        for own, changed in zip(within.tables, moved, strict=True)
    ]
    paths = {path for changed in moved for path in changed}
    by = within.by if len(at) == 1 and paths <= INSIDE else afterwards(within.case, tables)
    return _step(within, tables, by, len(at), range(same, until), wanted, jobs).reshape(len(wanted), len(at), -1)


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


def _same(moved: Sequence[Mapping[str, Array]], within: Block) -> int:
    """How many first years no value differs in from the case's own."""
    same = len(within.case.years)
    for table, own in zip(moved, within.tables, strict=True):
        for path, value in table.items():
            differs = (value != own[path]).any(axis=(0, 1))
            same = min(same, int(differs.argmax())) if differs.any() else same
    return same


def _step(
    within: Block,
    tables: Sequence[Mapping[str, Array]],
    by: Afterwards,
    times: int,
    years: range,
    wanted: Sequence[Wanted],
    jobs: int,
) -> Kept:
    """Step lanes through the years by position, and read off what is wanted, of them or before, [wanted, lane]."""
    case, n_draws = within.case, len(within.draws)
    begun = within.passed(years.start, times)
    behind = 0 if begun is None else len(begun.happened.years)
    given = yearly(case, tables, by, times * n_draws, range(behind, max(years.stop, 1)))
    if begun is None:
        begun = within.begun(given.first, times)
    asked = {want.year for want in wanted}
    read = room(begun.first, [year for year in case.years if year in asked or year + 1 in asked or year == case.outset])
    _taken_over(begun.happened, read, times)
    if years.stop > behind:
        way = course_of(begun.setup, begun.county, given, read)
        with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
            list(pool.map(way.step, parts(case, times * n_draws, jobs)))
    names = frozenset({"urbanization_rate", *(want.measure for want in wanted)})
    return _read(begun, Reporter(case, begun.setup, by, names), read, wanted, case.outset)


def _taken_over(happened: Years, read: Years, times: int) -> None:
    """What has happened to draws, for lanes that are so many times as many, where it is to be read."""
    for at, year in enumerate(happened.years):
        if year in read.years:
            into = read.years.index(year)
            for name in ("ledger", "sums", "capacity", "delivered"):
                own = getattr(happened, name)[:, at]
                getattr(read, name)[:, into] = np.concatenate([own] * times, axis=1)


def _read(begun: Begun, reporter: Reporter, read: Years, wanted: Sequence[Wanted], outset: int | None) -> Kept:
    """What is wanted of the years [wanted, lane]. read: those that it is wanted of, and the years before them.

    outset: the year that is reported from, where that is later than the base year.
    """
    base_year, values = begun.first.people.year, reporter.base(begun.first.capacity)
    if outset is not None:
        base_year, values = outset, reporter.outset(read.of(outset))
    rate = values["urbanization_rate"][0]
    kept = np.full((len(wanted), len(rate)), np.nan, dtype=np.float32)
    _pick(wanted, (base_year,), values, np.ones((1, len(rate)), dtype=np.bool_), kept)
    for which in _together([year if year > base_year else 0 for year in read.years]):
        part = read.part(which)
        # of a year that follows none of these nothing is wanted
        before = rate if part.years[0] == base_year + 1 else np.full_like(rate, np.nan)
        _pick(wanted, part.years, reporter.years(part, before), _whole(part), kept)
    return kept


def _pick(wanted: Sequence[Wanted], years: Sequence[int], values: Values, whole: Flags, kept: Kept) -> None:
    """Write what is wanted of some years into `kept` [wanted, lane].

    values: [year, lane, row], of what stays as in the base year a single one; whole: which lanes have numbers
    [year, lane].
    """
    for row, want in enumerate(wanted):
        if want.year in years:
            at, found = years.index(want.year), values[want.measure]
            kept[row] = np.where(whole[at], found[min(at, len(found) - 1), :, want.row], np.nan)


def _together(years: Sequence[int]) -> list[slice]:
    """The positions of years that follow each other, from year to year; what is 0 is none."""
    edges = [at for at, year in enumerate(years) if year and not (at and years[at - 1] == year - 1)]
    ends = [at + 1 for at, year in enumerate(years) if year and not (at + 1 < len(years) and years[at + 1] == year + 1)]
    return [slice(*pair) for pair in zip(edges, ends, strict=True)]


def _whole(of: Years) -> Flags:
    """Which lanes have numbers [year, lane]; a part of what is no number would be 0, so that it is looked for first."""
    sums = by_name(of.sums)
    numbers = np.isfinite(of.ledger).all(axis=0) & np.isfinite(sums["away"]) & np.isfinite(sums["resident"])
    whole: Flags = np.logical_and.reduce(numbers, axis=2)
    return whole
