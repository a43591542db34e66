"""Which inputs of a case may vary in a fit, and the case with its inputs in that order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.inference.proposal import is_uncertain, movable
from sim.evidence.texts import tr
from sim.model.draws.setting import Given, Setting
from sim.model.draws.values import SAMPLED
from sim.model.registry import PARAMETERS
from sim.run.case import Case, RegionCase
from sim.scenario.by_name import close_path, path_of
from sim.scenario.resolved import ResolvedScenario

Refuse = Callable[[int, Text, str | None], None]

RATES: Final = "rates.yaml"


@quickclass(frozen=True, slots=True)
class Choice:
    """Inputs that a posterior moves: the first `n_varied` are fitted, the others follow as far as they are correlated.

    paths: of all of them.
    """

    paths: tuple[str, ...]
    n_varied: int


def choose(scenario: ResolvedScenario, case: Case, given: Sequence[str] | None, refuse: Refuse) -> Choice:
    """The inputs to fit: those given, or all uncertain rates that the scenario itself leaves to the region.

    refuse: told of each entry of `given` that cannot be fitted, by position.
    """
    apart = replace(case, regions=tuple(replace(one, correlation_paths=(), correlation=None) for one in case.regions))
    open_ = {path for path in movable(apart) if not _is_own(scenario, path)}
    correlated = {path for one in case.regions for path in one.correlation_paths}
    if given is None:
        return Choice(tuple(path for path in SAMPLED if path in open_), len(open_))
    chosen: list[str] = []
    for index, entry in enumerate(given):
        found = _entry(path_of(entry, PARAMETERS), open_)
        if not found:
            refuse(index, *_why(path_of(entry, PARAMETERS), scenario, case))
        elif set(found) <= set(chosen):
            refuse(index, tr("{entry} is given twice", entry=entry), None)
        chosen += [path for path in found if path not in chosen]
    others = [path for path in SAMPLED if path in open_ & correlated and path not in chosen]
    return Choice((*chosen, *others), len(chosen))


def ordered(case: Case, paths: Sequence[str]) -> Case:
    """The case with the same uncertainty, its correlation written for all of these inputs in this order."""
    return replace(case, regions=tuple(_ordered(region, paths) for region in case.regions))


def _ordered(region: RegionCase, paths: Sequence[str]) -> RegionCase:
    matrix = np.eye(len(paths))
    if region.correlation is not None:
        known = [path for path in region.correlation_paths if path in paths]
        here, there = [paths.index(path) for path in known], [region.correlation_paths.index(path) for path in known]
        matrix[np.ix_(here, here)] = region.correlation[np.ix_(there, there)]
    return replace(region, correlation_paths=tuple(paths), correlation=matrix)


def _entry(entry: str, open_: set[str]) -> list[str]:
    """The inputs that an entry of `vary` stands for: itself, or all of a group such as `transfer`."""
    if entry in open_:
        return [entry]
    return [path for path in SAMPLED if path in open_ and path.startswith(f"{entry}.")]


def _why(entry: str, scenario: ResolvedScenario, case: Case) -> tuple[Text, str | None]:
    """Why an entry of `vary` cannot be fitted, and the nearest right name."""
    groups = {path.partition(".")[0] for path in SAMPLED}
    if entry not in PARAMETERS and entry not in groups:
        text = tr("no parameter or group of them is called {entry}", entry=entry)
        return text, close_path(entry, PARAMETERS, groups)
    if entry in PARAMETERS and entry not in SAMPLED:
        return tr("one number for the whole run: it cannot be fitted"), None
    if entry in PARAMETERS and _is_own(scenario, entry):
        text = tr("the scenario itself sets {entry}: a fit cannot change it", entry=entry)
        return text, None
    if entry in PARAMETERS and is_uncertain(case, entry):
        return tr("only parameters with a normal or lognormal dist can be fitted"), None
    text = tr("it has no uncertainty: give it a dist under priors")
    return text, None


def _is_own(scenario: ResolvedScenario, path: str) -> bool:
    """Whether the scenario, and not the region's rates or the study, says what an input is."""
    return any(
        setting.path == path and setting.is_value and not _is_rate(setting)
        for region in scenario.regions
        for setting in scenario.settings[region.id]
    )


def _is_rate(setting: Setting) -> bool:
    if setting.start is not None or setting.end is not None:
        return False
    return isinstance(setting.source, Given) and setting.source.by in ("region", "override")
