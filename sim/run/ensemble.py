"""Many draws of a case: blocks stepped side by side, and only their measures kept."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from threading import Lock
from typing import Final

import numpy as np

from sim.model import measures
from sim.model.arrays import Array, Kept, Values
from sim.model.axes import SEXES, ZONES
from sim.model.county import County, Happened, Setup, base_economy, county_year
from sim.model.engine import trajectory
from sim.model.measure import Measure
from sim.model.people.state import State
from sim.model.projects.pools import Pipelines
from sim.model.projects.stages import joined
from sim.run.case import Case, inputs, points, pools, setup

Watch = Callable[[int, float], None]
BLOCK: Final = 500
"""Lanes stepped together: few enough for memory and threads, enough to hide the cost of a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Measures of all draws, and the mean population of chosen years.

    years: base year first; measures: what was kept, by id; values: single precision [measure, row, year, draw], in
    the order of `measures`, where the rows are the case's groups and then its regions; pyramids: mean persons
    [chosen year, row, zone, sex, age]; where: position of each draw in the range of each parameter [region, draw,
    parameter]; pipelines: where every project stands at the run's end, by region.
    """

    years: tuple[int, ...]
    draws: range
    measures: dict[str, Measure]
    values: Kept
    pyramid_years: tuple[int, ...]
    pyramids: Array
    where: Array
    pipelines: Pipelines = ()

    def of(self, measure: str, row: int = 0) -> Kept:
        """All draws of a measure of a group or region, shape [year, draw]."""
        kept: Kept = self.values[list(self.measures).index(measure), row]
        return kept


def simulate(
    case: Case, draws: range, pyramid_years: Sequence[int] = (), jobs: int = 1, watch: Watch | None = None
) -> Ensemble:
    """Run the draws of a case in blocks, on `jobs` threads; the result does not depend on their number.

    watch: is told the year that a block has reached, and how much of the whole is done [1].
    """
    where = points(case, draws)
    years = (case.base_year, *case.years)
    chosen = tuple(year for year in years if year in set(pyramid_years))
    rows = len(case.groups) + len(case.regions)
    described = case.measures
    kept = np.zeros((len(described), rows, len(years), len(draws)), dtype=np.float32)
    total = np.zeros((len(chosen), rows, len(ZONES), len(SEXES), case.regions[0].pop.shape[-1]))

    tell = _telling(watch, len(draws) * len(case.years))

    def run(block: range) -> tuple[Array, Pipelines]:
        columns = slice(block.start - draws.start, block.stop - draws.start)
        return _block(case, block, where[:, columns], chosen, kept[..., columns], tell)

    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        done = list(pool.map(run, blocks(case, draws)))
    for pyramids, _ in done:
        total += pyramids
    pipelines = tuple(joined(parts) for parts in zip(*(ends for _, ends in done), strict=True))
    return Ensemble(
        years=years,
        draws=draws,
        measures=described,
        values=kept,
        pyramid_years=chosen,
        pyramids=total / max(len(draws), 1),
        where=where,
        pipelines=pipelines,
    )


def blocks(case: Case, draws: range) -> list[range]:
    """The draws in blocks of whole groups, so that no project pool is cut."""
    size = max(BLOCK // (case.pool * len(case.regions)), 1) * case.pool
    edges = [draws.start, *range((draws.start // size + 1) * size, draws.stop, size), draws.stop]
    return [range(first, last) for first, last in pairwise(edges) if last > first]


def _telling(watch: Watch | None, whole: int) -> Callable[[int, int], None]:
    """What is told of a year that so many draws have lived through; blocks do so from several threads."""
    if watch is None:
        return lambda year, draws: None
    done, lock = [0], Lock()

    def tell(year: int, draws: int) -> None:
        with lock:
            done[0] += draws
            watch(year, done[0] / whole)

    return tell


def _block(
    case: Case,
    block: range,
    where: Array,
    chosen: tuple[int, ...],
    out: Kept,
    tell: Callable[[int, int], None],
) -> tuple[Array, Pipelines]:
    """Step one block through all years, write its measures into `out`; its people in the chosen years, its pools."""
    given = inputs(case, block, where)
    kept, first = setup(case, pools(case, block), given[0])
    recorder = _Recorder(case, Reporter(case, kept), chosen, out)
    recorder.base(first, base_economy(kept, first, given[0]))

    def record(county: County, happened: Happened) -> None:
        recorder(county, happened)
        tell(county.people.year, len(block))

    last, _ = trajectory(partial(county_year, kept), first, given, record)
    return recorder.pyramids, last.pipelines


class Reporter:
    """The measures of the years of a block: groups and then regions, each [draw, row]."""

    def __init__(self, case: Case, kept: Setup) -> None:
        self._groups = case.groups
        self.measures = case.measures
        self._indicators = [(one.id, row) for one, row in case.indicators]
        self._of_base = {one.id: (one.base if one.year == case.base_year else np.nan) for one, _ in case.indicators}
        self._base = measures.stocks(measures.with_groups(kept.tally, case.groups))

    def base(self, economy: Values) -> Values:
        """Measures of the base year: its stocks, and flows of zero. economy: what adds up over regions."""
        nothing = {name: np.zeros_like(self._base["resident"]) for name in self.measures}
        more = measures.economy(self._sums(economy), self._base)
        for name, row in self._indicators:
            nothing[f"indicator.{name}"] = np.full_like(self._base["resident"], np.nan)
            nothing[f"indicator.{name}"][:, row] = self._of_base[name]
        return nothing | self._base | measures.since_base(self._base, self._base) | more

    def _traced(self, happened: Happened, people: Values) -> Values:
        """Indicators, each in its own row and missing in the others."""
        found = {}
        for name, row in self._indicators:
            value = np.full_like(people["resident"], np.nan)
            value[:, row] = happened.indicators[name]
            found[f"indicator.{name}"] = value
        return found

    def _sums(self, economy: Values) -> Values:
        return {name: measures.with_groups(value, self._groups) for name, value in economy.items()}

    def people(self, happened: Happened) -> Values:
        """Stocks of people at a year's end."""
        if not self._groups:
            return happened.people
        return measures.stocks(measures.with_groups(happened.tally, self._groups))

    def year(self, happened: Happened, people: Values, before: Values) -> Values:
        """Every measure of a year. people, before: stocks at its end and at its start."""
        ledger = measures.with_groups(happened.ledger, self._groups)
        flows = measures.flows(ledger, people, before)
        more = measures.economy(self._sums(happened.economy), people) | self._traced(happened, people)
        return people | measures.since_base(people, self._base) | flows | more


class _Recorder:
    """What is kept of each year of a block."""

    def __init__(self, case: Case, reporter: Reporter, chosen: tuple[int, ...], out: Kept) -> None:
        self._of, self._reporter, self._chosen, self._out = case, reporter, chosen, out
        self._before: Values = {}
        shape = (
            len(chosen),
            len(case.groups) + len(case.regions),
            len(ZONES),
            len(SEXES),
            case.regions[0].pop.shape[-1],
        )
        self.pyramids = np.zeros(shape)

    def base(self, county: County, economy: Values) -> None:
        """Keep the base year: its stocks, and flows of zero."""
        self._before = self._reporter.base(economy)
        self._keep(self._before, 0)
        self._keep_people(county.people)

    def __call__(self, county: County, happened: Happened) -> None:
        """Keep a simulated year."""
        people = self._reporter.people(happened)
        self._keep(self._reporter.year(happened, people, self._before), county.people.year - self._of.base_year)
        self._before = people
        self._keep_people(county.people)

    def _keep(self, values: Values, column: int) -> None:
        found = np.stack([values[name].T for name in self._reporter.measures])
        used = found.any(axis=(1, 2))  # what is 0 is there already, and takes no memory as long as nobody writes it
        self._out[used, :, column] = found[used]

    def _keep_people(self, state: State) -> None:
        if state.year in self._chosen:
            people = state.pop.sum(axis=(0, 3))
            sums = [people[list(members)].sum(axis=0, keepdims=True) for members in self._of.groups]
            self.pyramids[self._chosen.index(state.year)] = np.concatenate([*sums, people])
