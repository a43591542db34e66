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

    years: base year first; values: single precision [measure, region, year, draw], in the order of MEASURES;
    pyramids: mean persons [chosen year, region, zone, sex, age]; where: position of each draw in the range
    of each parameter [region, draw, parameter].
    """

    years: tuple[int, ...]
    draws: range
    values: Kept
    pyramid_years: tuple[int, ...]
    pyramids: Array
    where: Array

    def of(self, measure: str, region: int = 0) -> Kept:
        """All draws of a measure, shape [year, draw]."""
        kept: Kept = self.values[list(MEASURES).index(measure), region]
        return kept


def simulate(of: Case, draws: range, pyramid_years: Sequence[int] = (), jobs: int = 1) -> Ensemble:
    """Run the draws of a case in blocks, on `jobs` threads; the result does not depend on their number."""
    where = points(of, draws)
    years = (of.base_year, *of.years)
    chosen = tuple(year for year in years if year in set(pyramid_years))
    kept = np.empty((len(MEASURES), len(of.regions), len(years), len(draws)), dtype=np.float32)
    total = np.zeros((len(chosen), len(of.regions), len(ZONES), len(SEXES), of.regions[0].pop.shape[-1]))
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
    base = measures.stocks(tally(of.constants, first), 1.0)
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
        shape = (len(chosen), len(of.regions), len(ZONES), len(SEXES), of.regions[0].pop.shape[-1])
        self.pyramids = np.zeros(shape)

    def base(self, state: State) -> None:
        """Keep the base year: its stocks, and flows of zero."""
        nothing = {name: np.zeros_like(self._base["resident"]) for name in MEASURES}
        self.values.append(nothing | self._base | measures.since_base(self._base, self._base))
        self._keep_people(state)

    def __call__(self, state: State, happened: Flows) -> None:
        """Keep a simulated year."""
        column = self._of.years.index(state.year)
        now = measures.stocks(happened.tally, self._given.headship_factor[:, :, column])
        flows = measures.flows(happened, now, self.values[-1])
        self.values.append(now | measures.since_base(now, self._base) | flows)
        self._keep_people(state)

    def _keep_people(self, state: State) -> None:
        if state.year in self._chosen:
            people = state.pop.sum(axis=(0, 3))
            self.pyramids[self._chosen.index(state.year)] = people


def run_one(of: Case, draw: int, stop: int | None = None, resume: State | None = None) -> State:
    """The state of one draw at the end of year `stop`, from the base year or from a state it had before."""
    block = range(draw, draw + 1)
    given: list[YearInputs] = list(inputs(of, block, points(of, block)).years)
    first = start(of, 1) if resume is None else resume
    wanted = [year for year in given if year.year > first.year and (stop is None or year.year <= stop)]
    last, _ = trajectory(partial(step, of.constants), first, wanted, lambda state, happened: None)
    return last
