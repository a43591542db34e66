"""What members have in common: the scenario resolved once, and where in it each stacked factor acts."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sim.common.errors import Place
from sim.common.units import factor as in_unit
from sim.model.arrays import Array
from sim.model.draws.setting import ChangeKind, Given, Origin, Setting
from sim.model.registry import PARAMETERS
from sim.questions.sweep.plan import Factor, Sweep
from sim.run.case import Case
from sim.run.scenario_run import ready
from sim.scenario import scenario as resolve
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.settings import Sources

_PLACE: Final = Place("--set")


@dataclass(frozen=True, slots=True)
class Moving:
    """A setting of which a factor moves the value, or the intensity; value = what the design says × scale."""

    setting: Setting
    value: int | None = None
    intensity: int | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Template:
    """A resolved scenario with its case, and for each region the settings of every path that factors touch.

    moved: by region, the chain of settings of each touched path, in order of application.
    """

    scenario: ResolvedScenario
    case: Case
    moved: tuple[dict[str, tuple[Moving, ...]], ...]


@lru_cache(maxsize=8)
def template(sweep: Sweep, grouped: tuple[float, ...]) -> Template:
    """The template of the members that share these values of the factors that cannot be stacked, in their order.

    Raises InvalidInput where the scenario does not allow them.
    """
    others = [factor for factor in sweep.factors if not sweep.is_stacked(factor)]
    asked = [factor.override(value) for factor, value in zip(others, grouped, strict=True)]
    scenario = resolve(sweep.scenario, [*asked, f"draws={sweep.draws}"])
    extra = _extra(sweep)
    moved = tuple(_moved(sweep, (*scenario.settings[region.id],), extra) for region in scenario.regions)
    return Template(scenario, ready(scenario).case, moved)


def settings_of(of: Template, region: int, at: Array) -> tuple[Setting, ...]:
    """The settings of one member in a region, as `--set` would make them. at: its value of each factor."""
    chain: list[Setting] = []
    touched = {id(moving.setting): moving for chains in of.moved[region].values() for moving in chains}
    for setting in of.scenario.settings[of.scenario.regions[region].id]:
        moving = touched.get(id(setting))
        chain.append(setting if moving is None else _given(moving, at))
    extra = {moving.value: _given(moving, at) for moving in touched.values() if moving.value is not None}
    return (*chain, *(extra[column] for column in sorted(extra)))


def member_case(of: Template, at: Array) -> Case:
    """The case of one member. at: its value of each factor."""
    regions = tuple(
        replace(region, settings=settings_of(of, index, at)) for index, region in enumerate(of.case.regions)
    )
    return replace(of.case, regions=regions)


def _given(moving: Moving, at: Array) -> Setting:
    if moving.value is not None:
        value = float(at[moving.value])
        origin = replace(moving.setting.origin, written_value=f"{value:g}")
        return replace(moving.setting, values=(value * moving.scale,), origin=origin)
    if moving.intensity is not None:
        return replace(moving.setting, intensity=float(at[moving.intensity]))
    return moving.setting


def _extra(sweep: Sweep) -> list[Moving]:
    """A setting for each stacked factor that is a parameter, as `--set` would add it."""
    sources = Sources("override")
    found = []
    for index, factor in enumerate(sweep.factors):
        asked = factor.parameter
        if asked is not None:
            path, change = asked
            unit = "ratio" if change == "times" else PARAMETERS[path].unit
            setting = _setting(path, change, sources.take(path, change), factor.unit or unit)
            found.append(Moving(setting, value=index, scale=in_unit(factor.unit or unit, unit)))
    return found


def _setting(path: str, change: ChangeKind, source: Given, unit: str) -> Setting:
    origin = Origin(_PLACE, None, None, "", unit)
    return Setting(
        path=path,
        change=change,
        years=(0,),
        values=(0.0,),
        source=source,
        origin=origin,
    )


def _moved(sweep: Sweep, settings: tuple[Setting, ...], extra: list[Moving]) -> dict[str, tuple[Moving, ...]]:
    policies = {
        factor.policy: index
        for index, factor in enumerate(sweep.factors)
        if factor.policy is not None and sweep.is_stacked(factor)
    }
    chain = [_moving(setting, policies) for setting in settings] + extra
    touched = dict.fromkeys(
        moving.setting.path for moving in chain if moving.value is not None or moving.intensity is not None
    )
    return {path: tuple(moving for moving in chain if moving.setting.path == path) for path in touched}


def _moving(setting: Setting, policies: dict[str, int]) -> Moving:
    return Moving(setting, intensity=None if setting.policy is None else policies.get(setting.policy))


def factor_columns(sweep: Sweep, *, stacked: bool) -> list[int]:
    """Positions of the factors that can be stacked, or of those that cannot."""
    return [index for index, factor in enumerate(sweep.factors) if sweep.is_stacked(factor) == stacked]


def described(factors: tuple[Factor, ...], at: Array) -> str:
    """A member as the `--set` that would run it alone."""
    return " ".join(f"--set '{factor.override(value)}'" for factor, value in zip(factors, at, strict=True))
