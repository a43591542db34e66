"""Lines of a plan that nothing in the model drives, held against what was done elsewhere: the condition of each."""

from sim.model.projects.months import month_of
from sim.run.answers import Condition, Coverage, Rounds, Start
from sim.scenario.process import Award, NamedWorks, Programme
from sim.scenario.resolved import Target

_MONTHS = 12.0


def by_process(target: Target) -> Condition | None:
    """The condition of a line with a process of its own; None where it has none, or not what it takes to say one."""
    match target.process:
        case Programme() as programme:
            return None if target.measure is not None else _coverage(programme, target)
        case NamedWorks() as works:
            return _start(works, target)
        case Award() as award:
            return _rounds(award, target)
        case None:
            return None


def peers(target: Target) -> tuple[float | None, float | None]:
    """What peers did a year of what the model carries on itself [share/year]; None where the line names none."""
    held = target.process
    return (held.low, held.high) if isinstance(held, Programme) else (None, None)


def _coverage(by: Programme, target: Target) -> Coverage | None:
    """What a year must bring: from its base, or where that is not known from nothing, which is the most it can take."""
    if by.grows:
        return Coverage(needed=by.value, low=by.low, high=by.high, base=None, since=by.since, stood=None, grows=True)
    years = 0 if target.year is None else target.year - by.since
    if years <= 0 or target.op == "at_most":
        return None
    stood = None
    if by.base is None and by.low is not None and by.high is not None:
        stood = (max(by.value - years * by.high, 0.0), max(by.value - years * by.low, 0.0))
    needed = (by.value - (by.base or 0.0)) / years
    return Coverage(needed=needed, low=by.low, high=by.high, base=by.base, since=by.since, stood=stood, grows=False)


def _start(by: NamedWorks, target: Target) -> Start:
    """The latest start that the usual time of its kind allows; without a year, the usual time alone."""
    if target.year is None:
        return Start(latest=None, months=by.ahead, assumed=None, first_year=None)
    done = month_of(target.year + 1) if by.opens_in is None else month_of(target.year) + by.opens_in
    return Start(latest=(done - by.ahead) / _MONTHS, months=by.ahead, assumed=None, first_year=None)


def _rounds(by: Award, target: Target) -> Rounds:
    """The chance of the mean of those that could be named, in one round and by the year of the line."""
    once = by.named / by.eligible
    rounds = None if target.year is None else by.rounds(target.year)
    return Rounds(
        once=once,
        named=by.named,
        eligible=by.eligible,
        round_of=by.year,
        rounds=rounds,
        chance=None if rounds is None else 1.0 - (1.0 - once) ** rounds,
    )
