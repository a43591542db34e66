"""What a year of a county is given."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final, NamedTuple, TypeVar, cast

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Integers
from sim.model.control.control import ControlInputs
from sim.model.homes.inputs import HomesInputs
from sim.model.inputs import gathered
from sim.model.jobs.inputs import JobsInputs
from sim.model.money.inputs import MoneyInputs
from sim.model.moves.inputs import MovesInputs
from sim.model.records import Records
from sim.model.registry import SUBJECTS
from sim.model.services.services import Norms, Prices
from sim.model.services.year import Served, Standards, of_years
from sim.model.subject import listed, parameters


@quickclass(frozen=True, slots=True, kw_only=True)
class EconomyInputs:
    """The parameters of a lane's jobs, homes, money, moves and known totals in a year.

    headship: against the base year; least_size: of households, on average [person].
    """

    jobs: JobsInputs
    homes: HomesInputs
    money: MoneyInputs
    moves: MovesInputs
    control: ControlInputs
    headship: float
    least_size: float


OTHERS: Final = tuple(
    path for name in listed(SUBJECTS) if name not in ("people", *EconomyInputs.__slots__) for path in parameters(name)
)
"""The parameters of every further subject."""


def economy_inputs(values: Mapping[str, Array], headship: Array, least_size: Array) -> EconomyInputs:
    """The records of a table of parameters by path, with arrays of its shapes for numbers."""
    return EconomyInputs(
        jobs=gathered(JobsInputs, values),
        homes=gathered(HomesInputs, values, "homes."),
        money=gathered(MoneyInputs, values),
        moves=gathered(MovesInputs, values),
        control=gathered(ControlInputs, values, "control."),
        headship=cast("float", headship),
        least_size=cast("float", least_size),
    )


@quickclass(frozen=True, slots=True, kw_only=True)
class FirstInputs:
    """What the base year is worked out by, of the first year's inputs.

    economy: `EconomyInputs` of every lane [draw, region]; services: what those that act go by.
    """

    economy: Records
    services: Standards


class Yearly(NamedTuple):
    """`Given` as kernels take it. years: those that each end a year [year]."""

    years: Integers
    rates: Array
    counts: Array
    economy: Records
    services: Served
    running_cost: Array


@quickclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What years that follow each other are given, each array with the axis [year] in front.

    rates, counts: in the columns of the kernel [draw, region, column]; economy: `EconomyInputs` of every lane [draw,
    region]; services: what those that act go by; running_cost: of a unit of those that projects deliver [draw or 1,
    region or 1, service]. Of the last two, one year stands for all where all agree.
    """

    years: Sequence[int]
    rates: Array
    counts: Array
    economy: Records
    services: Standards
    running_cost: Array

    @property
    def first(self) -> FirstInputs:
        """What the base year is worked out by."""
        services = Standards(*(getattr(self.services, one.name)[0] for one in fields(Standards)))
        return FirstInputs(economy=self.economy[0], services=services)

    def part(self, which: slice) -> "Given":
        """What some of the years are given, by position."""
        return Given(
            years=self.years[which],
            rates=self.rates[which],
            counts=self.counts[which],
            economy=self.economy[which],
            services=self.services.of_years(which),
            running_cost=of_years(self.running_cost, which),
        )

    @property
    def taken(self) -> Yearly:
        """As kernels take it."""
        years = np.array(self.years, dtype=np.int64)
        running_cost = np.require(self.running_cost, np.float64, ["C", "W"])
        return Yearly(years, self.rates, self.counts, self.economy, self.services.taken, running_cost)


@quickclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What years that are over are measured by, and nothing inside them acts on.

    norms, prices: of all services; others: the parameters of every further subject, by path [year, draw or 1, region];
    indicators: their values [year, draw or 1].
    """

    years: Sequence[int]
    norms: Norms
    prices: Prices
    others: Mapping[str, Array]
    indicators: Mapping[str, Array]

    def of(self, years: Sequence[int]) -> "Afterwards":
        """The same of some of the years, which follow each other."""
        first = self.years.index(years[0])
        which = slice(first, first + len(years))
        return Afterwards(
            years=years,
            norms=_of_years(self.norms, which),
            prices=_of_years(self.prices, which),
            others={path: value[which] for path, value in self.others.items()},
            indicators={id_: value[which] for id_, value in self.indicators.items()},
        )


R = TypeVar("R", Norms, Prices)


def _of_years(of: R, which: slice) -> R:
    return type(of)(*(tuple(of_years(value, which) for value in getattr(of, one.name)) for one in fields(of)))
