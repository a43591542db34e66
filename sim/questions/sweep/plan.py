"""A sweep once its file is read: frozen data, ready to be handed to any process."""

from pathlib import Path
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import ChangeKind
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.scenario.resolved import Target

_CHANGES: Final[tuple[ChangeKind, ...]] = ("set", "times", "add")
_INTEGERS: Final = ("horizon", "test_year", "seed")
_YEARS: Final = (".from", ".to")


@quickclass(frozen=True, slots=True)
class Factor:
    """Something that differs between members.

    key: what `--set` calls it. low, high: ends of a range; values: what is listed instead; dist: a
    distribution around `value` instead; all in `unit` (None: the parameter's own).
    """

    key: str
    name: Text
    low: float = 0.0
    high: float = 0.0
    values: tuple[float, ...] = ()
    value: float | None = None
    dist: Distribution | None = None
    unit: str | None = None

    @property
    def is_integer(self) -> bool:
        """Whether it takes whole numbers only: years and seeds."""
        return self.key in _INTEGERS or (self.key.startswith("policies.") and self.key.endswith(_YEARS))

    @property
    def policy(self) -> str | None:
        """The policy whose intensity it is, if it is one."""
        words = self.key.split(".")
        return words[1] if len(words) == 3 and words[0] == "policies" and words[2] == "intensity" else None

    @property
    def parameter(self) -> tuple[str, ChangeKind] | None:
        """The parameter it changes, and how; None where it is no parameter or one that is fixed for a run."""
        if self.key.startswith(FIXED_PREFIXES):
            return None
        if self.key in PARAMETERS:
            return self.key, "set"
        path, _, last = self.key.rpartition(".")
        return next(((path, change) for change in _CHANGES if change == last and path in PARAMETERS), None)

    def override(self, value: float) -> str:
        """The `--set` that gives it a value."""
        number = str(int(value)) if self.is_integer else repr(float(value))
        return f"{self.key}={number}" if self.unit is None else f"{self.key}={{value: {number}, unit: {self.unit!r}}}"


@quickclass(frozen=True, slots=True)
class Output:
    """A column of results: a statistic of a measure in a year, or the probability of a target there.

    row: the case's groups, and then its regions; unit: of the value (a share for probabilities).
    """

    column: str
    title: Text
    measure: str
    year: int
    statistic: str
    unit: str
    row: int = 0
    target: Target | None = None


@quickclass(frozen=True, slots=True)
class Sweep:
    """Everything that decides a sweep. stacked: whether policy intensities may differ within one block of lanes."""

    name: str
    title: Text
    file: Path
    scenario: Path
    factors: tuple[Factor, ...]
    kind: str
    size: int | None
    levels: int
    seed: int
    draws: int
    outputs: tuple[Output, ...]
    inputs: tuple[Path, ...]
    stacked: bool = True

    def is_stacked(self, factor: Factor) -> bool:
        """Whether members that differ in this factor can be stepped together; others are resolved group by group."""
        return factor.parameter is not None or (self.stacked and factor.policy is not None)
