"""Many members stepped together: a lane is one draw of one member."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept, Values
from sim.model.county import County, CountyInputs, Happened, base_economy, county_year
from sim.model.draws import noise
from sim.model.draws.groups import Groups
from sim.model.draws.values import SAMPLED, fixed
from sim.model.engine import trajectory
from sim.model.registry import PARAMETERS
from sim.questions.sweep import stacked
from sim.questions.sweep.template import Template, member_case
from sim.run.case import Case, inputs, points, pools, region_values, setup, yearly
from sim.run.ensemble import BLOCK, Reporter, blocks

LANES: Final = BLOCK
"""Lanes stepped together, as many as draws in a block of a run."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read off the lanes: a measure in a year of a row: the case's groups, and then its regions."""

    measure: str
    row: int
    year: int


@dataclass(frozen=True, slots=True)
class _Common:
    """What all members share for some draws: values by region and path, noise, and where each draw stands."""

    draws: range
    tables: tuple[dict[str, Array], ...]
    multipliers: tuple[dict[str, Array], ...]
    where: Array


def outcomes(of: Template, at: Array, n_draws: int, wanted: Sequence[Wanted]) -> Kept:
    """What was wanted of every draw of every member, [wanted, member, draw], in single precision as a run keeps it.

    at: value of each factor of each member [member, factor]. Raises `sim.model.people.step.Broken` where the model's
    invariants do not hold in some member.
    """
    kept = np.empty((len(wanted), len(at), n_draws), dtype=np.float32)
    for block in blocks(of.case, range(n_draws)):
        common = _common(of, block)
        together = max(1, LANES // len(block))
        for begin in range(0, len(at), together):
            some = at[begin : begin + together]
            given = _inputs(of, common, some)
            lanes = _step(of.case, given, pools(of.case, common.draws, len(some)), wanted)
            kept[:, begin : begin + len(some), block.start : block.stop] = lanes.reshape(len(wanted), len(some), -1)
    return kept


def alone(of: Template, at: Array, n_draws: int, wanted: Sequence[Wanted]) -> Kept:
    """The same of one member, run by itself as `townward run` would: [wanted, draw]. at: [factor]."""
    one = member_case(of, at)
    parts = [
        _step(one, inputs(one, draws, points(one, draws)), pools(one, draws), wanted)
        for draws in blocks(one, range(n_draws))
    ]
    return np.concatenate(parts, axis=1)


def out_of_range(of: Template, at: Array) -> dict[int, str]:
    """Members that a scenario file would not be allowed to ask for, by position, with the reason."""
    found: dict[int, str] = {}
    for chains in of.moved:
        for path, chain in chains.items():
            parameter = PARAMETERS[path]
            for moving in chain:
                if moving.value is not None and moving.setting.change != "add":
                    low, high = (0.0, 1000.0) if moving.setting.change == "times" else (parameter.low, parameter.high)
                    _note(found, path, at[:, [moving.value]] * moving.scale, low, high)
                if moving.intensity is not None:
                    _note(found, moving.setting.key, at[:, [moving.intensity]], 0.0, 10.0)
            by_year = stacked.central(path, chain, of.case.years, at)
            _note(found, path, by_year, parameter.low, parameter.high)
    return found


def _note(found: dict[int, str], path: str, values: Array, low: float, high: float) -> None:
    inside = (values >= low - 1e-12) & (values <= high + 1e-12)
    for member in np.flatnonzero(~inside.all(axis=1)):
        value = values[member][~inside[member]][0]
        found.setdefault(int(member), f"{path} is {value:g}, outside the allowed {low:g}…{high:g}")


def _common(of: Template, draws: range) -> _Common:
    case = of.case
    where = points(case, draws)
    multipliers = tuple(
        noise.paths(case.seed, region.id, draws, len(case.years), fixed(region.settings)) for region in case.regions
    )
    return _Common(draws, tuple(region_values(case, draws, where)), multipliers, where)


def _inputs(of: Template, common: _Common, at: Array) -> tuple[CountyInputs, ...]:
    """Inputs of every year for lanes in the order member, draw; as `sim.run.case.inputs`."""
    tables = [_table(of, common, at, region) for region in range(len(of.case.regions))]
    return yearly(of.case, tables, len(at) * len(common.draws))


def _table(of: Template, common: _Common, at: Array, region: int) -> dict[str, Array]:
    """Values of every parameter by lane and year, [lane, year] or [1, year]."""
    case, n_draws = of.case, len(common.draws)
    table = {
        path: value if len(value) == 1 else np.tile(value, (len(at), 1))
        for path, value in common.tables[region].items()
    }
    for path, chain in of.moved[region].items():
        where = common.where[region, :, SAMPLED.index(path)]
        value = stacked.values(path, chain, case.years, at, where, case.seed, common.draws)
        value = stacked.with_noise(path, value, common.multipliers[region])
        shape = (len(at), n_draws, len(case.years))
        table[path] = np.broadcast_to(value, shape).reshape(len(at) * n_draws, len(case.years))
    return table


def _step(case: Case, given: Sequence[CountyInputs], groups: Groups, wanted: Sequence[Wanted]) -> Kept:
    """Step lanes to the last year that is wanted, and read off what is, [wanted, lane]."""
    kept, first = setup(case, groups, given)
    reporter = Reporter(case, kept)
    base = reporter.base(base_economy(kept, first, given[0]))
    reader = _Reader(reporter, base, wanted)
    last = max((want.year for want in wanted), default=case.base_year)
    trajectory(partial(county_year, kept), first, [year for year in given if year.year <= last], reader)
    return reader.kept


class _Reader:
    """Reads what is wanted off each year; years of which nothing is wanted are not added up."""

    def __init__(self, reporter: Reporter, base: Values, wanted: Sequence[Wanted]) -> None:
        self._reporter, self._before, self._wanted = reporter, base, wanted
        described = reporter.measures
        flows = {want.year for want in wanted if described[want.measure].is_flow}
        self._read = {want.year for want in wanted}
        self._added = self._read | {year - 1 for year in flows}
        self.kept = np.full((len(wanted), len(base["resident"])), np.nan, dtype=np.float32)

    def __call__(self, county: County, happened: Happened) -> None:
        year = county.people.year
        if year not in self._added:
            return
        people = self._reporter.people(happened)
        if year in self._read:
            values = self._reporter.year(happened, people, self._before)
            # a ratio of what is no number would be 0, so that it is looked for before any ratio is made
            whole = np.isfinite(happened.tally).all(axis=(1, 2)) & np.isfinite(happened.ledger).all(axis=(1, 2))
            for row, want in enumerate(self._wanted):
                if want.year == year:
                    self.kept[row] = np.where(whole, values[want.measure][:, want.row], np.nan)
        self._before = people
