"""What a question moves in a case: typed moves, and the settings that they act on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.errors import Place
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import ChangeKind, Given, OfPolicy, Origin, Setting
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.china.national import load_national
from sim.run.case import Case, case
from sim.scenario.begins import CONTROL
from sim.scenario.policies import EVERY

_NOWHERE: Final = Place("")


@quickclass(frozen=True, slots=True)
class Strength:
    """How strongly a policy acts: its intensity [1]; of `EVERY`, a factor on the intensity of every policy [1]."""

    policy: str


@quickclass(frozen=True, slots=True)
class FirstYear:
    """The first year of a policy, before any lag."""

    policy: str


@quickclass(frozen=True, slots=True)
class LastYear:
    """The last year of a policy, before any lag."""

    policy: str


@quickclass(frozen=True, slots=True)
class Size:
    """The amount of a policy, in the unit in which its use or its file writes it."""

    policy: str


@quickclass(frozen=True, slots=True)
class Value:
    """A parameter set, multiplied or added to for all years.

    scale: makes what is asked the parameter's unit; dist: uncertainty of the value; first: it acts before the policies,
    as what a scenario file sets, and else after them, as `--set`.
    """

    path: str
    change: ChangeKind = "set"
    scale: float = 1.0
    dist: Distribution | None = None
    first: bool = False


Move = Strength | FirstYear | LastYear | Size | Value


@quickclass(frozen=True, slots=True)
class Moving:
    """A setting, and the columns of the moves that give its value (times `scales`), intensity, first and last year.

    every: the column of the factor on the intensity of every policy.
    """

    setting: Setting
    value: int | None = None
    scales: tuple[float, ...] = ()
    intensity: int | None = None
    every: int | None = None
    start: int | None = None
    end: int | None = None

    def given(self, at: Array) -> Array:
        """The value that a move gives, in the parameter's unit, [member] of values of the moves [member, move]."""
        assert self.value is not None
        found = at[:, self.value]
        for scale in self.scales:
            found = found * scale
        return found

    def strengths(self, at: Array) -> Array | None:
        """The intensity that moves give [member] of values of the moves [member, move]; None where none does."""
        if self.intensity is None and self.every is None:
            return None
        own = np.full(len(at), self.setting.intensity) if self.intensity is None else at[:, self.intensity]
        return own * (self.setting.every if self.every is None else at[:, self.every])

    @property
    def is_moved(self) -> bool:
        """Whether any move acts on it."""
        columns = (self.value, self.intensity, self.every, self.start, self.end)
        return any(column is not None for column in columns)

    def at(self, values: Array) -> Setting:
        """The setting with the moves at some values [move]."""
        made = self.setting
        if self.value is not None:
            origin = replace(made.origin, written_value=f"{values[self.value]:g}")
            made = replace(made, values=(float(self.given(values[np.newaxis])[0]),), origin=origin)
        if self.intensity is not None:
            made = replace(made, intensity=float(values[self.intensity]))
        if self.every is not None:
            made = replace(made, every=float(values[self.every]))
        if self.start is not None:
            made = replace(made, start=int(values[self.start]))
        return made if self.end is None else replace(made, end=int(values[self.end]))


def stacks(of: Case, move: Move) -> bool:
    """Whether lanes that differ in a move can be stepped together: it changes values of the model's parameters only.

    What is one number for a run, a date, or a parameter of the case's own services and indicators is moved by itself.
    """
    if isinstance(move, Value):
        return move.path in PARAMETERS and not move.path.startswith(FIXED_PREFIXES)
    own = (one for region in of.regions for one in region.settings if _is_of(one, move.policy))
    return isinstance(move, Strength) and all(one.path in PARAMETERS for one in own)


def chain(settings: Sequence[Setting], moves: Sequence[Move], outset: int | None = None) -> tuple[Moving, ...]:
    """The settings of a region with those that the moves add, in order of application.

    outset: the year that the case is reported from, after which moved values act, where it is later than its base year.
    """
    values = list(_values(moves, outset))
    begin = [one for move, one in values if move.first]
    end = [one for move, one in values if not move.first]
    middle = next((place for place, one in enumerate(settings) if _is_on_top(one)), len(settings))
    own = [_moving(setting, moves) for setting in settings]
    return (*own[:middle], *begin, *own[middle:], *end)


def changed(of: Case, moves: Sequence[Move], at: Array) -> Case:
    """The case with the moves at some values [move], in the units of their paths; amounts as they are written."""
    regions = tuple(
        replace(region, settings=tuple(one.at(at) for one in chain(region.settings, moves, of.outset)))
        for region in of.regions
    )
    if not any(isinstance(move, Value) and move.path.startswith(FIXED_PREFIXES) for move in moves):
        return replace(of, regions=regions)
    again = case(of.base_year, of.years[-1], of.seed, regions, load_national())
    return replace(of, regions=regions, constants=again.constants)


def _is_of(setting: Setting, policy: str) -> bool:
    return setting.policy is not None if policy == EVERY else setting.policy == policy


def _is_on_top(setting: Setting) -> bool:
    return isinstance(setting.source, OfPolicy) or setting.source.by == "override"


def _values(moves: Sequence[Move], outset: int | None) -> Iterator[tuple[Value, Moving]]:
    counts: dict[str, int] = {}
    for column, move in enumerate(moves):
        if isinstance(move, Value):
            always = outset is None or move.path.startswith((*FIXED_PREFIXES, CONTROL))
            number = 0 if move.change == "set" else counts.get(move.path, 0) + 1
            counts[move.path] = max(number, counts.get(move.path, 0))
            setting = Setting(
                path=move.path,
                change=move.change,
                years=(0,),
                values=(0.0,),
                dist=move.dist,
                start=None if always or outset is None else outset + 1,
                source=Given("move", number),
                origin=Origin(_NOWHERE, None, None, "", ""),
            )
            yield move, Moving(setting, value=column, scales=(move.scale,))


def _moving(setting: Setting, moves: Sequence[Move]) -> Moving:
    made = Moving(setting)
    for column, move in enumerate(moves):
        if isinstance(move, Value) or not _is_of(setting, move.policy):
            continue
        if isinstance(move, Strength) and move.policy == EVERY:
            made = replace(made, every=column)
        elif isinstance(move, Strength):
            made = replace(made, intensity=column)
        elif isinstance(move, FirstYear):
            made = replace(made, start=column)
        elif isinstance(move, LastYear):
            made = replace(made, end=column)
        elif isinstance(setting.source, OfPolicy) and setting.source.sized is not None:
            made = replace(made, value=column, scales=setting.source.sized)
    return made
