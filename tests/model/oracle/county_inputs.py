"""What a year of a county is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.model.arrays import Array, ByRegion
from sim.model.inputs import gathered
from sim.model.people.step import YearInputs
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.jobs_inputs import JobsInputs
from tests.model.oracle.money_inputs import MoneyInputs
from tests.model.oracle.moves_inputs import MovesInputs
from tests.model.oracle.services_services import Norms, Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyInputs:
    """The parameters of jobs, homes, money and moves."""

    jobs: JobsInputs
    homes: HomesInputs
    money: MoneyInputs
    moves: MovesInputs


def economy_inputs(values: Mapping[str, Array]) -> EconomyInputs:
    """The records of a table of parameters by path."""
    return EconomyInputs(
        jobs=gathered(JobsInputs, values),
        homes=gathered(HomesInputs, values, "homes."),
        money=gathered(MoneyInputs, values),
        moves=gathered(MovesInputs, values),
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
