"""What a base year after the census starts from: what the census knew, what was carried forward, with what spread."""

from collections.abc import Sequence

import numpy as np

from sim.common.language import Text, joined
from sim.model.draws.setting import Setting
from sim.run.ensemble import PAST, Ensemble
from sim.run.reaching import BAND
from sim.run.tables import Carried
from sim.run.texts import tr
from sim.scenario.begins import PATHS, URBAN, has_figures, has_own
from sim.scenario.resolved import ResolvedScenario


def carried(scenario: ResolvedScenario, ensemble: Ensemble, names: Sequence[str]) -> tuple[Carried, ...]:
    """A record for every place of a run whose base year is later than the census. names: of its rows."""
    if scenario.outset is None:
        return ()
    seen = ensemble.whole
    return tuple(
        Carried(
            place=place,
            known=tuple(float(np.median(seen.of(measure, row)[0])) for measure in PAST),
            start=tuple(_band(ensemble, measure, row) for measure in PAST),
            how=_how(scenario, place),
        )
        for row, place in enumerate(names)
    )


def _factor(one: Setting) -> Text:
    factor = f"{one.values[0]:.3f}"
    if one.path == URBAN:
        return tr("town residents × {factor}", factor=factor)
    return tr("village residents × {factor}", factor=factor)


def _band(ensemble: Ensemble, measure: str, row: int) -> tuple[float, float, float]:
    low, median, high = np.quantile(ensemble.of(measure, row)[0], BAND).tolist()
    return low, median, high


def _how(scenario: ResolvedScenario, place: str) -> Text:
    group = next((one for one in scenario.groups if one.id == place), None)
    if group is not None:
        if has_own(group.history, group.name.zh, scenario.base_year):
            return tr("held to its own published figures")
        parts = dict.fromkeys(_how(scenario, member) for member in group.members)
        return next(iter(parts)) if len(parts) == 1 else tr("the sum of its parts")
    controls = [one for one in scenario.settings[place] if one.path in PATHS]
    if controls:
        sources = dict.fromkeys(one.origin.source for one in controls if one.origin.source is not None)
        factors = joined(map(_factor, controls), "、", ", ")
        return joined([factors, *sources], ";", "; ")
    region = next(one for one in scenario.regions if one.id == place)
    if has_figures(region, scenario.groups, scenario.base_year):
        return tr("published figures of its own or of the group around it; no control")
    return tr("no figures of the area around it: the nation's yearly factors alone")
