"""What a line of a plan hangs on that is assumed for it: the start of a project, a growth, a stock.

Plain Python: plans are classed without a numerical library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sim.model.draws.setting import Given, Setting
from sim.model.indicators.indicator import Indicator, path
from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.scenario.assumed import is_assumption
from sim.scenario.resolved import Plan, ResolvedScenario, Target
from sim.scenario.totals import RESIDENTS, TOWNSPEOPLE

_INDICATOR: Final = "indicator."
_SET_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "resident": (RESIDENTS,),
    "urban": (TOWNSPEOPLE,),
    "urban_population_growth": (TOWNSPEOPLE,),
    "rural": (RESIDENTS, TOWNSPEOPLE),
    "urbanization_rate": (RESIDENTS, TOWNSPEOPLE),
    "urbanization_rate_gain": (RESIDENTS, TOWNSPEOPLE),
}
"""The control totals that give a measure its number."""


def starts_assumed(project: Project, base_year: int) -> bool:
    """Whether it begins when the scenario chose, or in a month that its source calls an assumption."""
    return project.begins >= month_of(base_year + 1) or is_assumption(project.source)


def growth_assumed(indicator: Indicator, settings: Sequence[Setting]) -> bool:
    """Whether its base or its growth is an assumption. settings: of its place, in order of application."""
    own = [one for one in settings if one.path in (path(indicator, "growth"), path(indicator, "base"))]
    by_hand = any(isinstance(one.source, Given) and one.source.by == "override" for one in own)
    return by_hand or is_assumption(indicator.source) or any(is_assumption(one.origin.source) for one in own)


def stock_assumed(service: str, regions: Sequence[str], scenario: ResolvedScenario) -> bool:
    """Whether what regions have of a service is assumed, at the outset or through projects whose start is."""
    stocks = (scenario.capacities.get(region, {}).get(service) for region in regions)
    outset = any(
        stock is not None and (stock.figure.evidence == "assumption" or is_assumption(stock.figure.source))
        for stock in stocks
    )
    return outset or any(
        starts_assumed(project, scenario.base_year)
        for project in scenario.projects
        if project.region in regions and any(part.what == service for part in project.delivers)
    )


def regions_of(target: Target, scenario: ResolvedScenario) -> tuple[str, ...]:
    """The regions that a line speaks of."""
    place = target.region or (scenario.plan.region if scenario.plan else None) or scenario.main
    group = next((one for one in scenario.groups if one.id == place), None)
    return (place,) if group is None else group.members


def indicator_of(target: Target, scenario: ResolvedScenario) -> Indicator | None:
    """The indicator of the scenario that a line is on."""
    name = str(target.measure).removeprefix(_INDICATOR)
    if not str(target.measure).startswith(_INDICATOR):
        return None
    return next((one for one in scenario.indicators if one.id == name), None)


def hangs(target: Target, scenario: ResolvedScenario) -> bool:
    """Whether a line hangs on a start, a growth or a stock that is assumed for it."""
    if target.project is not None:
        own = [project for project in scenario.projects if project.entry == target.project]
        return any(starts_assumed(project, scenario.base_year) for project in own)
    if target.service is not None:
        return stock_assumed(target.service, regions_of(target, scenario), scenario)
    indicator = indicator_of(target, scenario)
    return indicator is not None and growth_assumed(indicator, scenario.settings[scenario.regions[0].id])


def as_set(plan: Plan, scenario: ResolvedScenario) -> Plan:
    """The plan, with the lines whose number the scenario's control totals give as what the scenario sets itself."""
    if not scenario.totals:
        return plan
    return replace(
        plan,
        targets=tuple(replace(one, kind="commitment") if _is_set(one, scenario) else one for one in plan.targets),
    )


def gives_totals(measure: str, regions: Sequence[str], year: int, scenario: ResolvedScenario) -> bool:
    """Whether the scenario's control totals give a measure of regions its number in a year."""
    paths = _SET_BY.get(measure, ())
    until = {(one.region, one.path): one.year for one in scenario.totals}  # of several the last, which is the latest
    return bool(paths) and all(until.get((region, path), 0) >= year for region in regions for path in paths)


def _is_set(target: Target, scenario: ResolvedScenario) -> bool:
    return (
        target.kind == "outcome"
        and target.year is not None
        and gives_totals(str(target.measure), regions_of(target, scenario), target.year, scenario)
    )
