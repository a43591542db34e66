"""Many members of an experiment stepped together: a lane is one draw of one member."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.model.arrays import Array, Kept, Values
from sim.model.county import County, CountyInputs, Happened, base_economy, county_year
from sim.model.draws import noise
from sim.model.draws.groups import Groups
from sim.model.draws.values import SAMPLED, fixed
from sim.model.engine import trajectory
from sim.model.measures import N_CELLS
from sim.run import stacked
from sim.run.case import Case, points, pools, region_values, setup, yearly
from sim.run.ensemble import Reporter
from sim.run.moves import Move, Moving, chain


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


@dataclass(frozen=True, slots=True)
class Common:
    """What all members share for some draws: values by region and path, noise, and where each draw stands."""

    draws: range
    tables: tuple[dict[str, Array], ...]
    multipliers: tuple[dict[str, Array], ...]
    where: Array


def stack(case: Case, moves: Sequence[Move]) -> Stack:
    """A case with moves that can be stepped together."""
    return Stack(case, tuple(_touched(chain(region.settings, moves)) for region in case.regions))


def _touched(settings: Sequence[Moving]) -> dict[str, tuple[Moving, ...]]:
    paths = dict.fromkeys(one.setting.path for one in settings if one.is_moved)
    return {path: tuple(one for one in settings if one.setting.path == path) for path in paths}


def common(of: Stack, draws: range) -> Common:
    """What all members share for these draws; noise of the regions in which something is moved."""
    case, where = of.case, points(of.case, draws)
    multipliers = tuple(
        noise.paths(case.seed, region.id, draws, len(case.years), fixed(region.settings)) if touched else {}
        for region, touched in zip(case.regions, of.moved, strict=True)
    )
    return Common(draws, tuple(region_values(case, draws, where)), multipliers, where)


def lanes(of: Stack, shared: Common, at: Array, wanted: Sequence[Wanted]) -> Kept:
    """What is wanted of every draw of some members, [wanted, member, draw]. at: values of moves [member, move]."""
    tables = [_table(of, shared, at, region) for region in range(len(of.case.regions))]
    given = yearly(of.case, tables, len(at) * len(shared.draws))
    kept = _step(of.case, given, pools(of.case, shared.draws, len(at)), wanted)
    return kept.reshape(len(wanted), len(at), -1)


def _table(of: Stack, shared: Common, at: Array, region: int) -> dict[str, Array]:
    """Values of every parameter by lane and year, [lane, year] or [1, year]; lanes in the order member, draw."""
    case, n_draws = of.case, len(shared.draws)
    table = {
        path: value if 1 in (len(value), len(at)) else np.tile(value, (len(at), 1))
        for path, value in shared.tables[region].items()
    }
    for path, settings in of.moved[region].items():
        where = shared.where[region, :, SAMPLED.index(path)]
        value = stacked.values(path, settings, case.years, at, where, case.seed, shared.draws)
        value = stacked.with_noise(path, value, shared.multipliers[region])
        shape = (len(at), n_draws, len(case.years))
        table[path] = np.broadcast_to(value, shape).reshape(len(at) * n_draws, len(case.years))
    return table


def _step(case: Case, given: Sequence[CountyInputs], groups: Groups, wanted: Sequence[Wanted]) -> Kept:
    """Step lanes to the last year that is wanted, and read off what is, [wanted, lane]."""
    kept, first = setup(case, groups, given)
    reporter = Reporter(case, kept)
    base = reporter.base(base_economy(kept, first, given[0]))
    reader = _Reader(reporter, case.base_year, base, wanted)
    last = max((want.year for want in wanted), default=case.base_year)
    trajectory(partial(county_year, kept), first, [year for year in given if year.year <= last], reader)
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
        year = county.people.year
        if year not in self._added:
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
