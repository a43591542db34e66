"""What a year of a county is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sim.model.arrays import Array, ByRegion
from sim.model.homes.inputs import HomesInputs
from sim.model.inputs import gathered
from sim.model.jobs.inputs import JobsInputs
from sim.model.money.inputs import MoneyInputs
from sim.model.moves.inputs import MovesInputs
from sim.model.people.step import YearInputs
from sim.model.registry import SUBJECTS
from sim.model.services.services import Norms, Prices
from sim.model.subject import listed, parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyInputs:
    """The parameters of jobs, homes, money and moves; others: by path, those of every further subject."""

    jobs: JobsInputs
    homes: HomesInputs
    money: MoneyInputs
    moves: MovesInputs
    others: Mapping[str, ByRegion]


_OTHERS: Final = tuple(
    path for name in listed(SUBJECTS) if name not in ("people", *EconomyInputs.__slots__) for path in parameters(name)
)


def economy_inputs(values: Mapping[str, Array]) -> EconomyInputs:
    """The records of a table of parameters by path."""
    return EconomyInputs(
        jobs=gathered(JobsInputs, values),
        homes=gathered(HomesInputs, values, "homes."),
        money=gathered(MoneyInputs, values),
        moves=gathered(MovesInputs, values),
        others={path: values[path] for path in _OTHERS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyInputs:
    """What a year is given: the kernel's rates, and every other parameter, each [draw or 1, region].

    headship: against the base year; least_size: of households, on average [person]; norms, prices: of services;
    indicators: their values [draw or 1].
    """

    people: YearInputs
    economy: EconomyInputs
    headship: ByRegion
    least_size: ByRegion
    norms: Norms
    prices: Prices
    indicators: Mapping[str, Array] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year that ends where these inputs lead."""
        return self.people.year
