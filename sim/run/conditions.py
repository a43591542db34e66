"""Lines of a plan that hang on something assumed for them: the condition under which they are met, and no probability.

The chain of sources decides: a project whose start the scenario chooses, or whose source speaks of an assumption; an
indicator whose base or growth is assumed or given by hand. Stocks are in `verdict`, sizes of policies in `sizes`.
"""

from collections.abc import Mapping, Sequence

from sim.model.indicators.indicator import path
from sim.model.projects.gantt import lead, to_open_in
from sim.run.answers import Condition, Pace, PerHead, Start
from sim.run.assumed import growth_assumed, indicator_of, starts_assumed
from sim.run.counted import counted
from sim.run.processes import by_process, peers, per_head
from sim.scenario.process import Rate
from sim.scenario.resolved import ResolvedScenario, Target


def conditions(scenario: ResolvedScenario, opened: Mapping[str, Sequence[float | None]]) -> dict[str, Condition]:
    """The conditions of the lines of the scenario's plan, by id. opened: of each entry of the pool, as for verdicts."""
    found: dict[str, Condition] = {}
    for target in scenario.plan.targets if scenario.plan else ():
        said = by_process(target) or _per_head(target, scenario)
        if said is not None:
            found[target.id] = said
            continue
        if target.value is None or target.year is None or target.year > scenario.horizon:
            continue
        said = _start(target, scenario, opened) if target.project is not None else _pace(target, scenario)
        if said is not None:
            found[target.id] = said
    return found


def _per_head(target: Target, scenario: ResolvedScenario) -> PerHead | None:
    by = target.process
    people = counted(by.of, target, scenario, scenario.census_year) if isinstance(by, Rate) else None
    return per_head(by, people) if isinstance(by, Rate) and people else None


def _start(target: Target, scenario: ResolvedScenario, opened: Mapping[str, Sequence[float | None]]) -> Start | None:
    """The latest start of the slowest of its projects, by the central durations; the wait for money is not in it."""
    own = [project for project in scenario.projects if project.entry == target.project]
    if not own or not any(starts_assumed(project, scenario.base_year) for project in own):
        return None
    slowest = max(own, key=lead)
    latest = to_open_in(slowest, int(target.year or 0)) - lead(slowest)
    moments = sorted(moment if moment is not None else float("inf") for moment in opened.get(str(target.project), ()))
    middle = moments[(len(moments) - 1) // 2] if moments else float("inf")
    return Start(
        latest=latest / 12.0,
        months=lead(slowest),
        assumed=max(project.begins for project in own) / 12.0,
        first_year=int(middle) if middle < scenario.horizon + 1 else None,
    )


def _pace(target: Target, scenario: ResolvedScenario) -> Pace | None:
    indicator = indicator_of(target, scenario)
    settings = scenario.settings[scenario.regions[0].id]
    if indicator is None or not growth_assumed(indicator, settings):
        return None
    years, value = int(target.year or 0) - indicator.year, float(target.value or 0.0)
    if years <= 0:
        return None
    values = [one for one in settings if one.path == path(indicator, "growth") and one.change == "set"]
    carried = values[-1].values[-1] if values else indicator.growth
    if indicator.form == "compound" and indicator.base > 0.0 and value > 0.0:
        needed = (value / indicator.base) ** (1.0 / years) - 1.0
        low, high = peers(target)
        return Pace(needed=needed, carried=carried, pace_unit="share/year", low=low, high=high)
    return Pace(
        needed=(value - indicator.base) / years, carried=carried, pace_unit=indicator.unit.removesuffix("/year")
    )
