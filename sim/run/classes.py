"""The class of every line of a plan before anything is run: by the scenario in which the plan itself acts.

Plain Python: lines are counted without a numerical library. A run finds the same classes, but for lines that it finds
undefined, or to hang on an assumed size.
"""

from collections.abc import Container, Mapping
from typing import Final

from sim.run.answers import Class
from sim.run.assumed import as_set, hangs, regions_of
from sim.run.counted import counted
from sim.run.grounds import scenario_measures
from sim.run.processes import by_process
from sim.scenario.measures import BY_SCENARIO
from sim.scenario.process import Prior, Rate
from sim.scenario.resolved import ResolvedScenario, Target

NAMES: Final[tuple[Class, ...]] = (
    *("verdict", "outcome", "conditional", "met", "need", "echo", "milestone", "rule", "not assessed"),
)


def classes(scenario: ResolvedScenario) -> dict[str, Class]:
    """The class of every line of the scenario's plan, by id."""
    measures = scenario_measures(scenario)
    return {one.id: _class(one, scenario, measures) for one in _lines(scenario)}


def judged(scenario: ResolvedScenario, measures: Container[str]) -> dict[str, Target]:
    """The lines of its plan that a run gives a probability as outcomes, by id. measures: those it reports."""
    return {
        one.id: one
        for one in _lines(scenario)
        if one.kind == "outcome"
        and one.measure in measures
        and None not in (one.value, one.op, one.year)
        and not hangs(one, scenario)
    }


def conditional(scenario: ResolvedScenario, id_: str) -> bool:
    """Whether a line of its plan has a condition, and so no probability."""
    return any(one.id == id_ and hangs(one, scenario) for one in (scenario.plan.targets if scenario.plan else ()))


def _lines(scenario: ResolvedScenario) -> tuple[Target, ...]:
    """The lines of its plan, as they stand in it."""
    return () if scenario.plan is None else as_set(scenario.plan, scenario).targets


def alone(target: Target) -> Class:
    """The class of a line of a plan that no scenario stands beside: a number that a run says is conditional."""
    if target.came is not None and target.came.is_known:
        return "outcome"
    if by_process(target) is not None or isinstance(target.process, Prior | Rate):
        return "conditional"
    if target.kind == "rule" or not (target.measure or target.driver or target.project):
        return _unanswered(target)
    if target.driver is not None:
        return "need"
    if target.kind == "commitment" and target.project is None:
        return "echo"
    own = target.project is not None or str(target.measure).startswith(BY_SCENARIO)
    return "conditional" if own else "verdict"


def _class(target: Target, scenario: ResolvedScenario, measures: Mapping[str, object]) -> Class:
    if target.came is not None and target.came.is_known:
        return "outcome"
    if by_process(target) is not None or _per_head(target, scenario):
        return "conditional"
    within = target.year is not None and scenario.base_year <= target.year <= scenario.horizon
    if target.kind == "rule" or target.value is None or not within:
        return _unanswered(target)
    if target.project is not None:
        return _opening(target, scenario)
    if (target.driver or target.measure) not in measures:
        return _unanswered(target)
    return _standard(target, scenario) if target.driver is not None else _measured(target, scenario)


def _per_head(target: Target, scenario: ResolvedScenario) -> bool:
    return isinstance(target.process, Rate) and bool(counted(target.process.of, target, scenario, scenario.census_year))


def _opening(target: Target, scenario: ResolvedScenario) -> Class:
    if not any(one.entry == target.project for one in scenario.projects):
        return _unanswered(target)
    return "conditional" if hangs(target, scenario) else "verdict"


def _measured(target: Target, scenario: ResolvedScenario) -> Class:
    if target.kind == "commitment":
        return "echo"
    if hangs(target, scenario):
        return "conditional"
    return "met" if _is_met(target, scenario) else "verdict"


def _standard(target: Target, scenario: ResolvedScenario) -> Class:
    regions = regions_of(target, scenario)
    if target.service is None or not all(target.service in scenario.capacities.get(one, {}) for one in regions):
        return "conditional" if isinstance(target.process, Prior) else "need"
    return "conditional" if hangs(target, scenario) else "verdict"


def _unanswered(target: Target) -> Class:
    if target.kind == "rule":
        return "rule"
    return "milestone" if target.kind == "deadline" else "not assessed"


def _is_met(target: Target, scenario: ResolvedScenario) -> bool:
    """Whether the census of the base year has it already, of what a census counts."""
    value = counted(str(target.measure), target, scenario, scenario.base_year)
    if value is None or target.value is None or target.op not in ("at_least", "at_most"):
        return False
    return value >= target.value if target.op == "at_least" else value <= target.value
