"""A county over many years: what its kernel is given, the pools that it leaves to be simulated, and what is kept."""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Integers
from sim.model.axes import POP_SHAPE, ZONES
from sim.model.county.inputs import Given
from sim.model.county.state import County, Setup, Years
from sim.model.county.sums import turned
from sim.model.county.year import Always, Kept, Moved, now, years
from sim.model.people.kernels.year import N_CELLS
from sim.model.people.state import State
from sim.model.people.step import N_GROUPS, check
from sim.model.projects import pools
from sim.model.projects.stages import Stages
from sim.model.records import copied


@quickclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The way of a county through some years, whose draws may be stepped in any parts and order.

    given: what the years are given; county: moved on in place, with memory of its own, but for its people, who stay
    those of the start; after: people at the end, of every draw or of none [draw or 0, region, cell, group]; into: the
    years that are kept; seen, people: the years whose people are added up over draws, and where [seen year, region,
    zone, group].
    """

    setup: Setup
    given: Given
    county: County
    into: Years
    seen: Sequence[int]
    people: Array
    after: Array

    def step(self, which: range) -> None:
        """Step some draws through all years. Raises `sim.model.people.step.Broken` if an invariant does not hold."""
        of, given, moved, kept = self._of(), self.given.taken, self._moved(), self._kept(which)
        things = len(self.setup.frame.things)
        space = now(of, len(self.setup.programme.projects), (given.rates.shape[3], things))
        at = (which.start, which.stop, 0, False)
        while at[0] < which.stop:
            draw, year, fault = years(of, given, moved, kept, space, at)
            check(fault)
            at = (draw, which.stop, year, draw < which.stop)
            if draw < which.stop:
                stages, calendar = self.county.pipelines, self.given.years[year]
                pools.queue(self.setup.programme, stages, calendar, space.limits, space.is_short, draw)
        self._write(kept)

    def _of(self) -> Always:
        setup, frame = self.setup, self.setup.frame
        return Always(
            frame.base_year,
            frame.outset,
            frame.together,
            setup.people,
            setup.programme.taken,
            setup.serving,
            setup.services.taken,
            setup.adequacy,
            setup.base,
        )

    def _moved(self) -> Moved:
        county, stages = self.county, self.county.pipelines
        lines = (stages.approved, stages.started, stages.completed, stages.opened)
        before = np.require(county.people.pop, np.float64, ["C", "W"])
        before = before.reshape(*before.shape[:2], N_CELLS, N_GROUPS)
        return Moved(before, self.after, county.lanes, county.capacity, county.delivered, lines)

    def _kept(self, which: range) -> Kept:
        into, of = self.into, self._read()
        lanes = (len(of), len(which), self.county.lanes.shape[1])
        return Kept(
            _positions(of, self.given.years),
            which.start,
            np.empty((*lanes, len(into.ledger))),
            np.empty((*lanes, len(into.sums))),
            np.empty((*lanes, len(into.capacity))),
            np.empty((*lanes, len(into.delivered))),
            _positions(self.seen, self.given.years),
            self.people,
        )

    def _read(self) -> Sequence[int]:
        """The years of its way that are kept, which are side by side there."""
        return [year for year in self.into.years if year in self.given.years]

    def _write(self, kept: Kept) -> None:
        """Write what happened to some draws where it is kept."""
        into, of = self.into, self._read()
        if not of:
            return
        at = (into.years.index(of[0]), kept.first)
        turned(kept.ledger, into.ledger, at)
        turned(kept.sums, into.sums, at)
        turned(kept.capacity, into.capacity, at)
        turned(kept.delivered, into.delivered, at)


def course_of(
    setup: Setup, before: County, given: Given, into: Years, *, seen: Sequence[int] = (), with_people: bool = False
) -> Course:
    """The way of a county on from `before`, which stays as it is. with_people: whether they are kept at its end."""
    draws, regions = before.lanes.shape
    county = County(
        people=before.people,
        lanes=copied(before.lanes),
        capacity=before.capacity.copy(),
        delivered=before.delivered.copy(),
        pipelines=Stages(*(np.array(getattr(before.pipelines, one.name), order="C") for one in fields(Stages))),
    )
    return Course(
        setup=setup,
        given=given,
        county=county,
        into=into,
        seen=seen,
        people=np.zeros((len(seen), regions, len(ZONES), N_GROUPS)),
        after=np.empty((draws if with_people else 0, regions, N_CELLS, N_GROUPS)),
    )


def county_years(setup: Setup, before: County, given: Given, into: Years) -> County:
    """The county, its people too, at the end of all years; what happened is written into those that are kept."""
    way = course_of(setup, before, given, into, with_people=True)
    way.step(range(len(before.lanes)))
    if not given.years:
        return before
    return replace(way.county, people=State(given.years[-1], way.after.reshape(*before.lanes.shape, *POP_SHAPE)))


def _positions(chosen: Sequence[int], of: Sequence[int]) -> Integers:
    """Where each year stands among those chosen, −1 where it does not."""
    return np.array([chosen.index(year) if year in chosen else -1 for year in of], dtype=np.int64)
