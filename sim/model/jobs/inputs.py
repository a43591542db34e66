"""What jobs, incomes and the labour force are given in a year."""

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True, kw_only=True)
class Labour:
    """Level of participation, rate of unemployment, transfers of rural labour into work."""

    participation: float
    unemployment: float
    placed: float


@quickclass(frozen=True, slots=True, kw_only=True)
class NewJobs:
    """Gross jobs by policies, what is net of them and what they bring, who comes with them, how the gap is filled."""

    new: float
    net_share: float
    multiplier: float
    absorbed: float
    families: float
    families_returning: float
    beyond_labour: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """Subsidised training."""

    trained: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Incomes:
    """Disposable income per person in the base year, and its real growth."""

    urban: float
    rural: float
    urban_growth: float
    rural_growth: float


@quickclass(frozen=True, slots=True, kw_only=True)
class JobsInputs:
    """The parameters of jobs, by path."""

    labour: Labour
    jobs: NewJobs
    skills: Skills
    income: Incomes
