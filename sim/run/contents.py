"""What is in a scenario: its policies, what `--set` changed, and in what it differs from the one it stands on."""

from sim.common.errors import InvalidInput
from sim.run.differing import differing, parent_of
from sim.run.tables import Contents
from sim.scenario.resolved import ResolvedScenario


def contents(of: ResolvedScenario) -> Contents:
    """The contents; without a parent where that is no scenario by itself, such as one that names no region."""
    try:
        parent = parent_of(of)
    except InvalidInput:
        parent = None
    if parent is None:
        return Contents(of.policies, of.overrides, None, ())
    return Contents(of.policies, of.overrides, parent.title, differing((parent, of)))
