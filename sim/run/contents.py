"""What is in a scenario: its policies, what `--set` changed, and in what it differs from the one it stands on."""

from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput
from sim.run.differing import differing, parent_of
from sim.run.tables import Contents
from sim.scenario.resolved import ResolvedScenario

_LAST: Final[dict[str, tuple[ResolvedScenario, ResolvedScenario | None]]] = {}
"""The scenario that was asked for last, with its parent: its contents and their files are asked for in turn."""


def contents(of: ResolvedScenario) -> Contents:
    """The contents; without a parent where that is no scenario by itself, such as one that names no region."""
    parent = _parent(of)
    if parent is None:
        return Contents(of.policies, of.overrides, None, ())
    return Contents(of.policies, of.overrides, parent.title, differing((parent, of)))


def files_of(of: ResolvedScenario) -> tuple[Path, ...]:
    """Every file that the contents rest on: those of the scenario, and those that its parent alone reads."""
    parent = _parent(of)
    return tuple(dict.fromkeys((*of.inputs, *(() if parent is None else parent.inputs))))


def _parent(of: ResolvedScenario) -> ResolvedScenario | None:
    known = _LAST.get("of")
    if known is None or known[0] is not of:
        try:
            known = of, parent_of(of)
        except InvalidInput:
            known = of, None
        _LAST["of"] = known
    return known[1]
