"""Many draws of a case: blocks stepped side by side, and only their measures kept."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import pairwise
from math import ceil
from threading import Lock
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model import measures
from sim.model.arrays import Array, Kept, Values
from sim.model.axes import N_AGES, SEXES, ZONES
from sim.model.county import Afterwards, Setup, Years, course_of, room
from sim.model.county import years as county_years
from sim.model.draws.values import SAMPLED
from sim.model.measure import Measure
from sim.model.projects.pools import shares
from sim.model.projects.stages import Stages
from sim.run.case import Case, inputs, points, programme_of, setup
from sim.run.space import hold, kept_space, let_go, space

Watch = Callable[[int, int], None]
BLOCK: Final = 1000
"""Lanes whose values are drawn together, at most: few enough for memory, enough to hide the cost of a call."""
PAST: Final = ("urbanization_rate", "resident")
"""What is kept of the years before those that are reported."""
Out = tuple[Kept, Kept, Array]
"""Where measures go, of the years that are reported and of those before [measure, row, year, draw], and where projects
stand at the end [stage, draw, project]."""
LANES: Final = 100
"""Lanes stepped together: few enough for their people to stay in cache."""
HELD: Final = 4
"""Blocks of draws that are let go of together: a page of memory holds results of more than one."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Measures of all draws, and the mean population of chosen years.

    years: base year first; measures: what was kept, by id; values: single precision [measure, row, year, draw], in
    the order of `measures`, where the rows are the case's groups and then its regions; pyramids: mean persons
    [chosen year, row, zone, sex, age]; where: position of each draw in the range of each parameter [region, draw,
    parameter]; pipelines: where every project stands at the run's end, by region. chosen: positions of the draws that
    were taken in place of the first, the second …, where figures chose them; pyramids are of all. past: residents and
    the urbanization rate from the year that people are known in to the first of `years`, where that is later.
    """

    years: tuple[int, ...]
    draws: range
    measures: dict[str, Measure]
    values: Kept
    pyramid_years: tuple[int, ...]
    pyramids: Array
    where: Array
    pipelines: tuple[Stages, ...] = ()
    chosen: tuple[int, ...] | None = None
    past: "Ensemble | None" = None

    @property
    def whole(self) -> "Ensemble":
        """The draws from the year that people are known in, of what is kept of those years."""
        return self if self.past is None else self.past

    def of(self, measure: str, row: int = 0) -> Kept:
        """All draws of a measure of a group or region, shape [year, draw]."""
        kept: Kept = self.values[list(self.measures).index(measure), row]
        return kept


def simulate(
    case: Case, draws: range, pyramid_years: Sequence[int] = (), jobs: int = 1, watch: Watch | None = None
) -> Ensemble:
    """Run the draws of a case in blocks, on `jobs` threads; the result does not depend on their number.

    watch: is told how many years of draws are done, and of how many.
    """
    hold()
    where, years = space((len(case.regions), len(draws), len(SAMPLED))), case.shown
    chosen = tuple(year for year in years if year in set(pyramid_years))
    rows = len(case.groups) + len(case.regions)
    out = kept, past, ends = _out(case, draws)
    total = np.zeros((len(chosen), rows, len(ZONES), len(SEXES), case.regions[0].pop.shape[-1]))

    tell = _telling(watch, len(draws) * len(case.years))

    def run(block: range) -> Array:
        columns = slice(block.start - draws.start, block.stop - draws.start)
        own = kept[..., columns], past[..., columns], ends[:, columns]
        where[:, columns] = points(case, block)
        pyramids = _block(case, block, where[:, columns], chosen, own, tell)
        if block.stop // len(block) % HELD == 0:
            for one in (where, *out):
                let_go(one)
        return pyramids

    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        for pyramids in pool.map(run, blocks(case, draws)):
            total += pyramids
    found = Ensemble(
        years=years,
        draws=draws,
        measures=case.measures,
        values=kept,
        pyramid_years=chosen,
        pyramids=total / max(len(draws), 1),
        where=where,
        pipelines=_by_region(case, Stages(*ends)),
    )
    return found if case.outset is None else replace(found, past=_past(found, case, past))


def _out(case: Case, draws: range) -> Out:
    """Space for what is kept of the draws."""
    rows, n, shown = len(case.groups) + len(case.regions), len(draws), len(case.shown)
    places = {region.id for region in case.regions}
    return (
        kept_space((len(case.measures), rows, shown, n)),
        kept_space((len(PAST), rows, len(case.years) + 2 - shown, n)),
        space((len(fields(Stages)), n, sum(project.region in places for project in case.projects))),
    )


def _past(of: Ensemble, case: Case, values: Kept) -> Ensemble:
    """The same draws in the years before they are reported. values: of `PAST`."""
    years = tuple(range(case.base_year, case.first + 1))
    return replace(
        of, years=years, measures={name: of.measures[name] for name in PAST}, values=values, pyramid_years=()
    )


def _by_region(case: Case, ends: Stages) -> tuple[Stages, ...]:
    edges = shares(case.projects, [region.id for region in case.regions])
    return tuple(ends.among(slice(*pair)) for pair in pairwise(edges)) if case.projects else ()


def blocks(case: Case, draws: range) -> list[range]:
    """The draws in blocks of one size, whatever the threads: an even number of them, so that two end together."""
    lanes = len(draws) * len(case.regions)
    count = 2 * ceil(lanes / (2 * BLOCK)) if lanes > BLOCK // 2 else 1
    size = max(ceil(len(draws) / count), 1)
    return [draws[first : first + size] for first in range(0, len(draws), size)]


def _telling(watch: Watch | None, whole: int) -> Callable[[int], None]:
    """What is told of so many years more that draws have lived through; blocks do so from several threads."""
    if watch is None:
        return lambda years: None
    done, lock = [0], Lock()

    def tell(years: int) -> None:
        with lock:
            done[0] += years
            watch(done[0], whole)

    return tell


def parts(case: Case, n_draws: int, threads: int = 1) -> list[range]:
    """The draws of a block in parts that are stepped at once, of which each thread has one at least."""
    size = max(min(LANES // len(case.regions), -(-n_draws // threads)), 1)
    return [range(first, min(first + size, n_draws)) for first in range(0, n_draws, size)]


def _block(
    case: Case,
    block: range,
    where: Array,
    chosen: tuple[int, ...],
    out: Out,
    tell: Callable[[int], None],
) -> Array:
    """Draw the values of one block and step it through all years: the people of the chosen years, the rest in `out`."""
    given, by = inputs(case, block, where)
    kept, first = setup(case, programme_of(case, block), given.first)
    years = room(first, case.years)
    way = course_of(kept, first, given, years, seen=chosen)
    for part in parts(case, len(block)):
        way.step(part)
        tell(len(part) * len(case.years))
    for stage, ends in zip(fields(Stages), out[2], strict=True):
        ends[:] = getattr(way.county.pipelines, stage.name)
    reporter = Reporter(case, kept, by)
    base, behind = reporter.base(first.capacity), case.first - case.base_year
    if behind:
        before = reporter.years(years.part(slice(behind)), base["urbanization_rate"][0])
        _keep({name: np.concatenate([base[name], before[name]]) for name in PAST}, out[1])
        base = reporter.outset(years.of(case.first))
    _keep(base, out[0][:, :, :1])
    _keep(reporter.years(years.part(slice(behind, None)), base["urbanization_rate"][0]), out[0][:, :, 1:])
    return _of_rows(case, chosen, first.people.pop[0] * len(block), way.people)


def _keep(values: Values, out: Kept) -> None:
    """Write measures [year, draw, row] into `out` [measure, row, year, draw] by position."""
    for position, value in enumerate(values.values()):
        if value.item(0) or value.any():  # what is 0 is there already, and takes no memory as long as nobody writes it
            out[position] = value.transpose(2, 0, 1)


class Reporter:
    """The measures of the years of a block: groups and then regions, each [year, draw, row].

    only: what is wanted; None for all.
    """

    def __init__(self, case: Case, kept: Setup, by: Afterwards, only: frozenset[str] | None = None) -> None:
        self._groups, self._setup, self._by, self._only = case.groups, kept, by, only
        self.measures = {name: one for name, one in case.measures.items() if only is None or name in only}
        self._with_services = any(name.startswith(county_years.SERVED) for name in self.measures)
        self._indicators = [(one.id, row) for one, row in case.indicators]
        self._of_base = {one.id: (one.base if one.year == case.base_year else np.nan) for one, _ in case.indicators}
        self._flows = [name for name, one in self.measures.items() if one.is_flow]
        self._base: Values = {}

    def base(self, capacity: Array) -> Values:
        """Measures of the base year: its stocks, and flows of zero. capacity: of its county."""
        sums = self._with_groups(self._at_base(capacity))
        self._base = sums | measures.rates(sums)
        nothing = np.zeros_like(sums["resident"])
        values = (
            self._base
            | measures.since_base(self._base, self._base)
            | measures.ratios(sums, with_flows=False, names=self._only)
        )
        values |= self._traced(nothing.shape, self._of_base)
        return {name: values.get(name, nothing) for name in self.measures}

    def outset(self, happened: Years) -> Values:
        """Measures of the year that a run is reported from, and from which its gains count: stocks, flows of zero."""
        by = self._by.of(happened.years)
        sums = self._with_groups(self._sums(happened, by))
        self._base = sums | measures.rates(sums)
        nothing = np.zeros_like(sums["resident"])
        values = (
            self._base
            | measures.since_base(self._base, self._base)
            | measures.ratios(sums, with_flows=False, names=self._only)
        )
        values |= self._traced(nothing.shape, by.indicators) | dict.fromkeys(self._flows, nothing)
        return {name: values.get(name, nothing) for name in self.measures}

    def years(self, happened: Years, before: Array) -> Values:
        """Every measure of years that follow each other. before: the urbanization rate at their start [draw, row]."""
        by = self._by.of(happened.years)
        sums = self._with_groups(self._sums(happened, by))
        people = sums | measures.rates(sums)
        rate = people["urbanization_rate"]
        earlier = people | {"urbanization_rate": np.concatenate([before[np.newaxis], rate[:-1]])}
        ledger = measures.with_groups(county_years.ledgers(happened), self._groups)
        values = people | measures.since_base(people, self._base) | measures.flows(ledger, people, earlier)
        values |= measures.ratios(sums, names=self._only) | self._traced(rate.shape, by.indicators)
        return {name: values[name] for name in self.measures}

    def _at_base(self, capacity: Array) -> Values:
        by = self._by.of(self._by.years[:1])
        return county_years.at_base(self._setup, capacity, by, with_services=self._with_services)

    def _sums(self, happened: Years, by: Afterwards) -> Values:
        return county_years.sums(self._setup, happened, by, with_services=self._with_services)

    def _with_groups(self, sums: Values) -> Values:
        return {name: measures.with_groups(value, self._groups) for name, value in sums.items()}

    def _traced(self, shape: tuple[int, ...], values: Mapping[str, Array | float]) -> Values:
        """Indicators, each in its own row and missing in the others. values: [year, draw or 1], or a number."""
        found = {}
        for name, row in self._indicators:
            found[f"indicator.{name}"] = np.full(shape, np.nan)
            found[f"indicator.{name}"][..., row] = values[name]
        return found


def _of_rows(case: Case, chosen: tuple[int, ...], at_base: Array, people: Array) -> Array:
    """People of the chosen years, summed over draws, of groups and regions [chosen year, row, zone, sex, age].

    at_base: of the base year [region, zone, registration, sex, age]; people: of the other years, 0 in that one
    [chosen year, region, zone, group].
    """
    by_age = people.reshape(*people.shape[:3], len(SEXES), N_AGES)
    if case.base_year in chosen:
        by_age[chosen.index(case.base_year)] = at_base.sum(axis=2)
    groups = [by_age[:, list(members)].sum(axis=1, keepdims=True) for members in case.groups]
    return np.concatenate([*groups, by_age], axis=1)
