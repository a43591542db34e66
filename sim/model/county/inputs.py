"""What a year of a county is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

import numpy as np

from sim.model.arrays import Array
from sim.model.control.control import ControlInputs
from sim.model.homes.inputs import HomesInputs
from sim.model.inputs import gathered
from sim.model.jobs.inputs import JobsInputs
from sim.model.money.inputs import MoneyInputs
from sim.model.moves.inputs import MovesInputs
from sim.model.people.step import YearInputs
from sim.model.records import Records
from sim.model.registry import SUBJECTS
from sim.model.services.services import Norms, Prices
from sim.model.services.year import Standards, of_years
from sim.model.subject import listed, parameters


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyInputs:
    """What a year is given: the kernel's rates, and every other parameter that acts inside the year.

    economy: `EconomyInputs` of every lane [draw, region]; services: what those that act go by; running_cost: of a unit
    of those that projects deliver [draw or 1, region or 1, service].
    """

    people: YearInputs
    economy: Records
    services: Standards
    running_cost: Array

    @property
    def year(self) -> int:
        """The year that ends where these inputs lead."""
        return self.people.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What years that follow each other are given, each array with the axis [year] in front.

    rates, counts, economy, services, running_cost: as in `CountyInputs`; of the last two, one year stands for all where
    all agree.
    """

    years: Sequence[int]
    rates: Array
    counts: Array
    economy: Records
    services: Standards
    running_cost: Array

    def of(self, which: slice = slice(None)) -> tuple[CountyInputs, ...]:
        """What each year of some draws is given."""
        rates, counts, economy = self.rates[:, which], self.counts[:, which], self.economy[:, which]
        services = [self._by_year(getattr(self.services, one.name), which) for one in fields(Standards)]
        running_cost = self._by_year(self.running_cost, which)
        return tuple(
            CountyInputs(
                people=YearInputs(year, rates[at], counts[at]),
                economy=economy[at],
                services=Standards(*(values[at] for values in services)),
                running_cost=running_cost[at],
            )
            for at, year in enumerate(self.years)
        )

    def _by_year(self, values: Array, which: slice) -> Sequence[Array]:
        some = values[:, which] if values.shape[1] > 1 else values
        return [some[0]] * len(self.years) if len(some) == 1 else list(some)


@dataclass(frozen=True, slots=True, kw_only=True)
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


T = TypeVar("T")


def of_draws(record: T, which: slice) -> T:
    """What some draws of a block are given; an array of one draw stands for all."""
    return cast("T", _of_draws(record, which))


def _of_draws(record: Any, which: slice) -> Any:
    if isinstance(record, np.ndarray):
        return record[which] if len(record) > 1 else record
    if isinstance(record, Mapping):
        return {key: _of_draws(value, which) for key, value in record.items()}
    if not is_dataclass(record) or isinstance(record, type):
        return record
    return replace(record, **{one.name: _of_draws(getattr(record, one.name), which) for one in fields(record)})
