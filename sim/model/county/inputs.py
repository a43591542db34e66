"""What a year of a county is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

import numpy as np

from sim.model.arrays import Array, ByRegion
from sim.model.homes.inputs import HomesInputs
from sim.model.inputs import gathered
from sim.model.jobs.inputs import JobsInputs
from sim.model.money.inputs import MoneyInputs
from sim.model.moves.inputs import MovesInputs
from sim.model.people.step import YearInputs
from sim.model.records import Records
from sim.model.registry import SUBJECTS
from sim.model.services.services import Norms, Prices
from sim.model.subject import listed, parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyInputs:
    """The parameters of a lane's jobs, homes, money and moves in a year.

    headship: against the base year; least_size: of households, on average [person].
    """

    jobs: JobsInputs
    homes: HomesInputs
    money: MoneyInputs
    moves: MovesInputs
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
        headship=cast("float", headship),
        least_size=cast("float", least_size),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyInputs:
    """What a year is given: the kernel's rates, and every other parameter.

    economy: `EconomyInputs` of every lane [draw, region]; norms, prices: of services; others: the parameters of every
    further subject, by path [draw or 1, region]; indicators: their values [draw or 1].
    """

    people: YearInputs
    economy: Records
    norms: Norms
    prices: Prices
    others: Mapping[str, ByRegion] = field(default_factory=dict)
    indicators: Mapping[str, Array] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year that ends where these inputs lead."""
        return self.people.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What years that follow each other are given, each array with the axis [year] in front.

    rates, counts, economy, norms, prices, others, indicators: as in `CountyInputs`; of norms and prices, one year
    stands for all where all agree.
    """

    years: Sequence[int]
    rates: Array
    counts: Array
    economy: Records
    norms: Norms
    prices: Prices
    others: Mapping[str, Array]
    indicators: Mapping[str, Array]

    def of(self, which: slice = slice(None)) -> tuple[CountyInputs, ...]:
        """What each year of some draws is given."""
        rates, counts, economy = self.rates[:, which], self.counts[:, which], self.economy[:, which]
        norms, prices = _of_years(self.norms, which, len(self.years)), _of_years(self.prices, which, len(self.years))
        others, indicators = (
            {path: value[:, which] if value.shape[1] > 1 else value for path, value in table.items()}
            for table in (self.others, self.indicators)
        )
        return tuple(
            CountyInputs(
                people=YearInputs(year, rates[at], counts[at]),
                economy=economy[at],
                norms=norms[at],
                prices=prices[at],
                others={path: value[at] for path, value in others.items()},
                indicators={id_: value[at] for id_, value in indicators.items()},
            )
            for at, year in enumerate(self.years)
        )


R = TypeVar("R", Norms, Prices)


def _of_years(of: R, which: slice, n_years: int) -> list[R]:
    """Norms or prices of some draws in each year; years that share an array share the very same."""
    columns = []
    for one in fields(of):
        value: Array = getattr(of, one.name)
        some = value[:, which] if value.shape[1] > 1 else value
        columns.append([some[0]] * n_years if len(some) == 1 else list(some))
    return [type(of)(*values) for values in zip(*columns, strict=True)]


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
