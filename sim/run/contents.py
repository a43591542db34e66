"""What is in a scenario: its policies, what `--set` changed, and in what it differs from the one it stands on."""

from pathlib import Path

from sim.common.errors import InvalidInput
from sim.run.differing import differing, parent_of
from sim.run.tables import Contents
from sim.scenario.resolved import ResolvedScenario


def contents(of: ResolvedScenario) -> tuple[Contents, tuple[Path, ...]]:
    """The contents, and every file that they rest on: those of the scenario, and those that its parent alone reads.

    Without a parent where that is no scenario by itself, such as one that names no region.
    """
    try:
        parent = parent_of(of)
    except InvalidInput:
        parent = None
    if parent is None:
        return Contents(of.policies, of.overrides, None, ()), of.inputs
    files = tuple(dict.fromkeys((*of.inputs, *parent.inputs)))
    return Contents(of.policies, of.overrides, parent.title, differing((parent, of))), files
