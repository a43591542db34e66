"""What jobs, incomes and the labour force are given in a year."""

from dataclasses import dataclass

from sim.model.arrays import ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Labour:
    """Level of participation, rate of unemployment, transfers of rural labour into work."""

    participation: ByRegion
    unemployment: ByRegion
    placed: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJobs:
    """Gross jobs by policies, what is net of them and what they bring, and how the market fills the gap."""

    new: ByRegion
    net_share: ByRegion
    multiplier: ByRegion
    absorbed: ByRegion
    families: ByRegion
    families_returning: ByRegion
    beyond_labour: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """Subsidised training."""

    trained: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomes:
    """Disposable income per person in the base year, and its real growth."""

    urban: ByRegion
    rural: ByRegion
    urban_growth: ByRegion
    rural_growth: ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsInputs:
    """The parameters of jobs, by path."""

    labour: Labour
    jobs: NewJobs
    skills: Skills
    income: Incomes
