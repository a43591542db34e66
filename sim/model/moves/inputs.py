"""What the pull of moves, and moves between regions, are given in a year."""

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How strongly jobs, incomes, homes and services act on moves."""

    jobs: float
    income: float
    housing: float
    services: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Share of leavers who go to another region of the group."""

    share: float


@quickclass(frozen=True, slots=True, kw_only=True)
class MovesInputs:
    """The parameters of moves that answer to conditions, by path."""

    pull: Pull
    between: Between
