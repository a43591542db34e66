"""Lines of a plan that nothing in the model drives, held against what was done elsewhere: the condition of each."""

from sim.model.projects.months import month_of
from sim.run.answers import Condition, Coverage, PerHead, Repair, Rounds, Start
from sim.scenario.process import Award, NamedWorks, Programme, Rate, Upkeep
from sim.scenario.resolved import Target

_MONTHS = 12.0
_DAYS = 365.0


def by_process(target: Target) -> Condition | None:
    """The condition of a line with a process of its own; None where it has none, or not what it takes to say one.

    That of a rate needs the people of the place (`per_head`), that of a prior what the model says is needed.
    """
    match target.process:
        case Programme() as programme:
            return None if target.measure is not None else _coverage(programme, target)
        case NamedWorks() as works:
            return _start(works, target)
        case Award() as award:
            return _rounds(award, target)
        case Upkeep() as upkeep:
            return Repair(days=_DAYS * (1.0 / upkeep.value - 1.0) / upkeep.failing, failing=upkeep.failing)
    return None


def per_head(by: Rate, people: float) -> PerHead:
    """What a line asks for each thousand persons, beside what peers did."""
    return PerHead(needed=by.value / people, low=by.low, high=by.high, per=by.of)


def peers(target: Target) -> tuple[float | None, float | None]:
    """What peers did a year of what the model carries on itself [share/year]; None where the line names none."""
    held = target.process
    return (held.low, held.high) if isinstance(held, Programme) else (None, None)


def _coverage(by: Programme, target: Target) -> Coverage | None:
    """What a year must bring: from its base, or where that is not known from nothing, which is the most it can take."""
    if not by.grows and target.op == ("at_least" if by.falls else "at_most"):
        return None
    if by.grows:
        return _said(by, needed=by.value)
    if target.year is None:
        return _years(by)
    years = target.year - by.since
    if years <= 0 or (by.falls and by.base is None and by.low is None):
        return None
    stood = None
    sign = -1.0 if by.falls else 1.0
    if by.base is None and by.low is not None and by.high is not None:
        ends = (by.value - sign * years * by.high, by.value - sign * years * by.low)
        low, high = sorted(min(max(end, 0.0), 1.0) for end in ends)
        stood = (low, high)
    return _said(by, needed=sign * (by.value - (by.base or 0.0)) / years, stood=stood)


def _years(by: Programme) -> Coverage | None:
    """Of a line without a year: how long it takes from where it, or others, stood, at the pace of peers."""
    lacking = (by.base or 0.0) - by.value if by.falls else by.value - (by.base or 0.0)
    if by.base is None or not by.low or not by.high or by.low <= 0.0 or lacking <= 0.0:
        return None
    return _said(by, needed=lacking, takes=(lacking / by.high, lacking / by.low))


def _said(
    by: Programme,
    *,
    needed: float,
    stood: tuple[float, float] | None = None,
    takes: tuple[float, float] | None = None,
) -> Coverage:
    return Coverage(
        needed=needed,
        low=by.low,
        high=by.high,
        base=None if by.grows else by.base,
        since=by.since,
        stood=stood,
        grows=by.grows,
        falls=by.falls,
        where=by.where,
        takes=takes,
    )


def _start(by: NamedWorks, target: Target) -> Start:
    """The latest start that the usual time of its kind allows; without a year, the usual time alone."""
    latest = None
    if target.year is not None:
        done = month_of(target.year + 1) if by.opens_in is None else month_of(target.year) + by.opens_in
        latest = (done - by.ahead) / _MONTHS
    return Start(latest=latest, months=by.ahead, assumed=None, first_year=None, usual=by.usual)


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
