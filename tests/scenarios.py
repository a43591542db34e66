"""The shipped scenarios, resolved, for tests."""

from functools import cache
from pathlib import Path

from sim.run.scenario_run import Ready, ready
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario

ROOT = Path(__file__).resolve().parent.parent
JIESHOU = ROOT / "scenarios" / "jieshou"


@cache
def resolved(name: str = "trend", *overrides: str) -> ResolvedScenario:
    """A scenario of Jieshou."""
    return scenario(JIESHOU / f"{name}.yaml", overrides)


@cache
def prepared(name: str = "trend", *overrides: str) -> Ready:
    """Its case."""
    return ready(resolved(name, *overrides))
