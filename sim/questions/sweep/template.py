"""What members have in common: the case that some factors are resolved into, and the moves of the others."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from sim.common.quickclass import quickclass
from sim.common.units import factor as in_unit
from sim.model.arrays import Array
from sim.model.registry import PARAMETERS
from sim.questions.sweep.plan import Factor, Sweep
from sim.run.case import Case
from sim.run.moves import Move, Strength, Value
from sim.run.scenario_run import ready
from sim.scenario import scenario as resolve
from sim.scenario.library import Files, keeping
from sim.scenario.resolved import ResolvedScenario


@quickclass(frozen=True, slots=True)
class Template:
    """A case, and the moves that members differ in, each with the column of its factor."""

    case: Case
    moves: tuple[Move, ...]
    columns: tuple[int, ...]


_FILES: Final[Files] = {}
"""Files of scenarios, which are resolved once for every group of members."""


def resolved(scenario: Path, overrides: Sequence[str]) -> ResolvedScenario:
    """A scenario with `--set` overrides; files that have not changed since the last are not read again.

    Raises InvalidInput.
    """
    with keeping(_FILES):
        return resolve(scenario, overrides)


@lru_cache(maxsize=8)
def template(sweep: Sweep, grouped: tuple[float, ...]) -> Template:
    """The template of the members that share these values of the factors that cannot be stacked, in their order.

    Raises InvalidInput where the scenario does not allow them.
    """
    others = [factor for factor in sweep.factors if not sweep.is_stacked(factor)]
    asked = [factor.override(value) for factor, value in zip(others, grouped, strict=True)]
    scenario = resolved(sweep.scenario, (*asked, f"draws={sweep.draws}"))
    columns = tuple(factor_columns(sweep, stacked=True))
    return Template(ready(scenario).case, tuple(_move(sweep.factors[column]) for column in columns), columns)


def _move(factor: Factor) -> Move:
    """A factor that can be stacked as `--set` would set it."""
    if factor.policy is not None:
        return Strength(factor.policy)
    assert factor.parameter is not None
    path, change = factor.parameter
    unit = "ratio" if change == "times" else PARAMETERS[path].unit
    return Value(path, change, in_unit(factor.unit or unit, unit))


def factor_columns(sweep: Sweep, *, stacked: bool) -> list[int]:
    """Positions of the factors that can be stacked, or of those that cannot."""
    return [index for index, factor in enumerate(sweep.factors) if sweep.is_stacked(factor) == stacked]


def described(factors: tuple[Factor, ...], at: Array) -> str:
    """A member as the `--set` that would run it alone."""
    return " ".join(f"--set '{factor.override(value)}'" for factor, value in zip(factors, at, strict=True))
