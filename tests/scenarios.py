"""The shipped scenarios, resolved, for tests."""

from functools import cache

from sim.run.scenario_run import Ready, ready
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.paths import ROOT

JIESHOU = ROOT / "scenarios" / "jieshou"


@cache
def resolved(name: str = "trend", *overrides: str) -> ResolvedScenario:
    """A scenario of Jieshou."""
    return scenario(JIESHOU / f"{name}.yaml", overrides)


@cache
def prepared(name: str = "trend", *overrides: str) -> Ready:
    """Its case."""
    return ready(resolved(name, *overrides))
