"""Many draws of a case: blocks stepped side by side, and only their measures kept."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim import measures
from sim.axes import SEXES, ZONES
from sim.case import Case, Inputs, inputs, points, start
from sim.engine import trajectory
from sim.measures import MEASURES, Values
from sim.state import State
from sim.step import Flows, YearInputs, step, tally

Array = NDArray[np.float64]
Kept = NDArray[np.float32]

BLOCK: Final = 200
"""Draws stepped together: few enough to stay in cache, enough to hide the cost of a call."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Measures of all draws, and the mean population of chosen years.

    years: base year first; values: single precision [measure, row, year, draw], in the order of MEASURES, where the
    rows are the case's groups and then its regions; pyramids: mean persons [chosen year, row, zone, sex, age];
    where: position of each draw in the range of each parameter [region, draw, parameter].
    """

    years: tuple[int, ...]
    draws: range
    values: Kept
    pyramid_years: tuple[int, ...]
    pyramids: Array
    where: Array

    def of(self, measure: str, row: int = 0) -> Kept:
        """All draws of a measure of a group or region, shape [year, draw]."""
        kept: Kept = self.values[list(MEASURES).index(measure), row]
        return kept


def simulate(of: Case, draws: range, pyramid_years: Sequence[int] = (), jobs: int = 1) -> Ensemble:
    """Run the draws of a case in blocks, on `jobs` threads; the result does not depend on their number."""
    where = points(of, draws)
    years = (of.base_year, *of.years)
    chosen = tuple(year for year in years if year in set(pyramid_years))
    rows = len(of.groups) + len(of.regions)
    kept = np.empty((len(MEASURES), rows, len(years), len(draws)), dtype=np.float32)
    total = np.zeros((len(chosen), rows, len(ZONES), len(SEXES), of.regions[0].pop.shape[-1]))
    blocks = [range(first, min(first + BLOCK, draws.stop)) for first in range(draws.start, draws.stop, BLOCK)]

    def run(block: range) -> Array:
        columns = slice(block.start - draws.start, block.stop - draws.start)
        return _block(of, block, where[:, columns], chosen, kept[..., columns])

    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        for pyramids in pool.map(run, blocks):
            total += pyramids
    return Ensemble(years, draws, kept, chosen, total / max(len(draws), 1), where)


def _block(of: Case, block: range, where: Array, chosen: tuple[int, ...], out: Kept) -> Array:
    """Step one block through all years, write its measures into `out`, and sum its people in the chosen years."""
    given = inputs(of, block, where)
    first = start(of, len(block))
    base = measures.stocks(measures.with_groups(tally(of.constants, first), of.groups))
    recorder = _Recorder(of, given, base, chosen)
    recorder.base(first)
    one_year = partial(step, of.constants)
    trajectory(one_year, first, given.years, recorder)
    for column, year in enumerate(recorder.values):
        for row, name in enumerate(MEASURES):
            out[row, :, column, :] = year[name].T
    return recorder.pyramids


class _Recorder:
    """What is kept of each year of a block."""

    def __init__(self, of: Case, given: Inputs, base: Values, chosen: tuple[int, ...]) -> None:
        self._of, self._given, self._base, self._chosen = of, given, base, chosen
        self.values: list[Values] = []
        shape = (len(chosen), len(of.groups) + len(of.regions), len(ZONES), len(SEXES), of.regions[0].pop.shape[-1])
        self.pyramids = np.zeros(shape)

    def base(self, state: State) -> None:
        """Keep the base year: its stocks, and flows of zero."""
        nothing = {name: np.zeros_like(self._base["resident"]) for name in MEASURES}
        self.values.append(nothing | self._base | measures.since_base(self._base, self._base))
        self._keep_people(state)

    def __call__(self, state: State, happened: Flows) -> None:
        """Keep a simulated year."""
        column = self._of.years.index(state.year)
        ends = measures.at_headship(happened.tally, self._given.headship_factor[:, :, column])
        now = measures.stocks(measures.with_groups(ends, self._of.groups))
        flows = measures.flows(measures.with_groups(happened.ledger, self._of.groups), now, self.values[-1])
        self.values.append(now | measures.since_base(now, self._base) | flows)
        self._keep_people(state)

    def _keep_people(self, state: State) -> None:
        if state.year in self._chosen:
            people = state.pop.sum(axis=(0, 3))
            sums = [people[list(members)].sum(axis=0, keepdims=True) for members in self._of.groups]
            self.pyramids[self._chosen.index(state.year)] = np.concatenate([*sums, people])


def run_one(of: Case, draw: int, stop: int | None = None, resume: State | None = None) -> State:
    """The state of one draw at the end of year `stop`, from the base year or from a state it had before."""
    block = range(draw, draw + 1)
    given: list[YearInputs] = list(inputs(of, block, points(of, block)).years)
    first = start(of, 1) if resume is None else resume
    wanted = [year for year in given if year.year > first.year and (stop is None or year.year <= stop)]
    last, _ = trajectory(partial(step, of.constants), first, wanted, lambda state, happened: None)
    return last
