"""A block of draws kept warm: what its members share, and the case's own years as far as they were asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from math import ceil
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.county import Afterwards, County, FirstInputs, Given, Setup, Years, county_years, room
from sim.model.projects.pools import Programme
from sim.run.case import Case, afterwards, noises, points, programme_of, region_values, setup, yearly
from sim.run.space import hold

R = TypeVar("R")


@quickclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Where to go on from: the base year with its inputs, and the county after what has happened since."""

    setup: Setup
    first: County
    given: FirstInputs
    county: County
    happened: Years


@dataclass(kw_only=True)
class Block:
    """Draws of a case, and its own years as far as they were asked for.

    tables: values by region and path [draw or 1, year]; multipliers: noise by region and site; where: place of each
    draw in the range of each parameter [region, draw, parameter]; every: each how manieth county is kept, 0 for none.
    """

    case: Case
    draws: range
    tables: Sequence[Mapping[str, Array]]
    multipliers: Sequence[dict[str, Array]]
    where: Array
    every: int
    _lock: Lock = field(default_factory=Lock)
    _begun: Begun | None = None
    _counties: dict[int, County] = field(default_factory=dict)
    _done: int = 0

    @cached_property
    def pools(self) -> Programme:
        """What chance made of its projects."""
        return programme_of(self.case, self.draws)

    @cached_property
    def by(self) -> Afterwards:
        """What its own years are measured by."""
        return afterwards(self.case, self.tables)

    def begun(self, given: FirstInputs, times: int) -> Begun:
        """The base year. given: inputs of the first year, of all draws so many times over."""
        n_draws = len(self.draws)
        pools = replace(self.pools, draws=repeated(self.pools.draws, times, n_draws))
        kept, first = setup(self.case, pools, given)
        return Begun(setup=kept, first=first, given=given, county=first, happened=room(first, ()))

    def passed(self, years: int, times: int) -> Begun | None:
        """The case itself after so many years, or the next fewer that are kept; None where that is none."""
        if not self.every or years < self.every:
            return None
        with self._lock:
            own = self._go(years)
            behind = max(position for position in self._counties if position <= years)
            county, happened = self._counties[behind], own.happened.part(slice(behind))
        n_draws = len(self.draws)
        if times > 1:
            own = self.begun(repeated(own.given, times, n_draws), times)
            county = repeated(county, times, n_draws)
        return replace(own, county=county, happened=happened)

    def _go(self, years: int) -> Begun:
        """Step the case itself so many years at least, on from the last county that is kept."""
        if self._begun is None:
            begun = self.begun(self._given(range(1)).first, 1)
            self._begun = replace(begun, happened=room(begun.first, self.case.years))
            self._counties[0] = begun.first
        if self._done < years:
            begin, last = self._done, len(self.case.years)
            behind = min(begin + ceil((years - begin) / self.every) * self.every, last)
            given = self._given(range(begin, behind))
            for at in range(begin, behind, self.every):
                then = min(at + self.every, behind)
                some, before = given.part(slice(at - begin, then - begin)), self._counties[at]
                self._counties[then] = county_years(self._begun.setup, before, some, self._begun.happened)
                self._done = then
        return self._begun

    def _given(self, which: range) -> Given:
        return yearly(self.case, self.tables, self.by, len(self.draws), which)


def block(case: Case, draws: range, every: int = 0) -> Block:
    """What all members of a case share for these draws."""
    hold()
    where, multipliers = points(case, draws), noises(case, draws)
    return Block(
        case=case,
        draws=draws,
        tables=region_values(case, draws, where, multipliers),
        multipliers=multipliers,
        where=where,
        every=every,
    )


def repeated(record: R, times: int, n_draws: int) -> R:
    """A record of arrays, each that has a row for every draw repeated so many times."""
    return record if times == 1 else cast("R", _repeated(record, times, n_draws))


def _repeated(record: Any, times: int, n_draws: int) -> Any:
    if isinstance(record, np.ndarray):
        return np.concatenate([record] * times) if len(record) == n_draws else record
    if isinstance(record, Mapping):
        return {key: _repeated(value, times, n_draws) for key, value in record.items()}
    if not is_dataclass(record) or isinstance(record, type):
        return record
    return replace(record, **{one.name: _repeated(getattr(record, one.name), times, n_draws) for one in fields(record)})
