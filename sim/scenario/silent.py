"""What a file says and what never shows in any number: a null over an inherited value, years outside the run."""

from collections.abc import Sequence
from typing import Final

from sim.common.errors import Fault
from sim.model.draws.setting import Given, Setting
from sim.scenario.chain import ScenarioPart
from sim.scenario.library import Reading
from sim.scenario.policies import Policy
from sim.scenario.texts import tr

_INHERITED: Final = ("region", "base_year", "horizon", "test_year", "draws", "seed")


def report(
    parts: Sequence[ScenarioPart],
    in_use: Sequence[Policy],
    changes: Sequence[Setting],
    run: tuple[int, int],
    reading: Reading,
) -> None:
    """Reports what would say nothing: keys without a value, and what acts in no year of the run."""
    _nulls(parts, reading)
    _never_acting(in_use, changes, run, reading)


def _nulls(parts: Sequence[ScenarioPart], reading: Reading) -> None:
    """Reports keys without a value over an inherited one; of a plan that says that there is none."""
    given: set[str] = set()
    for part in parts:
        for key in _INHERITED:
            value = getattr(part.model, key)
            if value is None and key in given and key in part.model.model_fields_set:
                problem = tr("null says nothing here: leave the key out to inherit its value, or write another")
                reading.faults.append(part.document.fault((key,), problem))
            elif value is not None:
                given.add(key)


def _never_acting(in_use: Sequence[Policy], changes: Sequence[Setting], run: tuple[int, int], reading: Reading) -> None:
    """Reports policies, and changes that scenario files ask for, that begin after the run or end before it.

    run: its first and last year.
    """
    for policy in in_use:
        asked, use = policy.use.asked, policy.use
        key = _outside(asked.from_, asked.to, run)
        if key is not None:
            year = asked.from_ if key == "from" else asked.to
            problem = tr("{year}: never acts, the run is {first}–{last}", year=year, first=run[0], last=run[1])
            reading.faults.append(use.document.fault((*use.path, key), problem))
    for one in changes:
        if not isinstance(one.source, Given) or one.source.by != "scenario":
            continue
        start = None if one.start is None else one.start + one.lag
        key = _outside(start, one.end, run)
        if key is not None:
            year = start if key == "from" else one.end
            problem = tr("{year}: never acts, the run is {first}–{last}", year=year, first=run[0], last=run[1])
            reading.faults.append(Fault(one.origin.place, f"{one.path}.{key}", problem))


def _outside(start: int | None, end: int | None, run: tuple[int, int]) -> str | None:
    """The key that puts the years outside the run, None where they are in it."""
    if start is not None and start > run[1]:
        return "from"
    return "to" if end is not None and end < run[0] else None
