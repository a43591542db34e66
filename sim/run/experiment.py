"""One way to run a case changed: a case, typed moves, and what is wanted of its draws.

All members have the same random numbers, so that draws can be subtracted one by one. Members are stepped together where
moves allow it; the result does not depend on which.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept
from sim.model.draws.setting import ChangeKind
from sim.model.parameter import Parameter
from sim.model.registry import PARAMETERS
from sim.run import stacked
from sim.run.case import Case
from sim.run.lanes import Wanted, stack
from sim.run.moves import Move, Moving, chain
from sim.run.warm import Group, Warm, groups

_FACTORS: Final = (0.0, 1000.0)
_INTENSITIES: Final = (0.0, 10.0)


def outcomes(
    case: Case,
    moves: Sequence[Move],
    at: Array,
    wanted: Sequence[Wanted],
    draws: range,
    jobs: int = 1,
    tell: Callable[[float], None] | None = None,
) -> Kept:
    """As `Warm.answer` of a case and draws that are asked once: what members share is kept until they are through."""
    return Warm(case, draws, memory=0).answer(moves, at, wanted, jobs, tell)


def unmoved(
    case: Case,
    wanted: Sequence[Wanted],
    draws: range,
    jobs: int = 1,
    tell: Callable[[float], None] | None = None,
) -> Kept:
    """What is wanted of every draw of a case as it is, [wanted, draw]."""
    return outcomes(case, (), np.empty((1, 0)), wanted, draws, jobs, tell)[:, 0]


def out_of_range(case: Case, moves: Sequence[Move], at: Array) -> dict[int, str]:
    """Members that a scenario file would not be allowed to ask for, by position, with the reason."""
    found: dict[int, str] = {}
    for group in groups(case, moves, at):
        notes: dict[int, str] = {}
        _note_apart(notes, case, moves, group)
        for chains in stack(group.case, group.moves).moved:
            for path, settings in chains.items():
                _note_path(notes, path, settings, case.years, group.at)
        found |= {group.rows[row]: reason for row, reason in notes.items()}
    return found


def _note_path(found: dict[int, str], path: str, settings: Sequence[Moving], years: range, at: Array) -> None:
    parameter = PARAMETERS[path]
    for moving in settings:
        if moving.value is not None and moving.setting.change != "add":
            _note(found, path, moving.given(at)[:, np.newaxis], _allowed(parameter, moving.setting.change))
        strengths = moving.strengths(at)
        if strengths is not None:
            _note(found, moving.setting.key, strengths[:, np.newaxis], _INTENSITIES)
    by_year = stacked.central(parameter, settings, years, at)
    _note(found, path, by_year, (parameter.low, parameter.high))


def _note_apart(found: dict[int, str], case: Case, moves: Sequence[Move], group: Group) -> None:
    """Notes all members of a group where a parameter leaves its range by what they have in common."""
    known: Mapping[str, Parameter] = PARAMETERS | case.parameters
    apart = [move for move in moves if move not in group.moves]
    for region, own in zip(case.regions, group.case.regions, strict=True):
        touched = {one.setting.path for one in chain(region.settings, apart, case.outset) if one.is_moved}
        for path in touched & known.keys():
            settings = [Moving(one) for one in own.settings if one.path == path]
            by_year = stacked.central(known[path], settings, case.years, group.at)
            _note(found, path, by_year, (known[path].low, known[path].high))


def _allowed(parameter: Parameter, change: ChangeKind) -> tuple[float, float]:
    return _FACTORS if change == "times" else (parameter.low, parameter.high)


def _note(found: dict[int, str], path: str, values: Array, allowed: tuple[float, float]) -> None:
    low, high = allowed
    inside = (values >= low - 1e-12) & (values <= high + 1e-12)
    for member in np.flatnonzero(~inside.all(axis=1)):
        value = values[member][~inside[member]][0]
        found.setdefault(int(member), f"{path} is {value:g}, outside the allowed {low:g}…{high:g}")
