"""Why a target is not assessed: what is not there, or does not exist, in the draws of a run."""

import numpy as np

from sim.common.language import Text
from sim.model.services.parameters import DELIVERED
from sim.run.ensemble import Ensemble
from sim.run.texts import tr
from sim.scenario.resolved import Target


def undefined(target: Target, year: int, ensemble: Ensemble, region: int) -> Text | None:
    """Why the quantity that a target is on does not exist in some draws; None where it does in all."""
    measure = target.driver if target.kind == "standard" else target.measure
    if measure is None or measure not in ensemble.measures:
        return None
    lacking = np.isnan(ensemble.of(measure, region)[ensemble.years.index(year)])
    if not lacking.any():
        return None
    if not lacking.all():
        return tr("it is undefined in {missing} of {draws} draws", missing=int(lacking.sum()), draws=len(lacking))
    return _cause(measure, year, ensemble, region)


def _cause(measure: str, year: int, ensemble: Ensemble, region: int) -> Text:
    """Why a measure does not exist in any draw: the first sum on its way that is 0 or not known."""
    described = ensemble.measures[measure]
    at = ensemble.years.index(year)
    for one in (described.part, described.whole):
        if one not in ensemble.measures:
            continue
        values = ensemble.of(one, region)[at]
        if np.isnan(values).all():
            return _cause(one, year, ensemble, region)
        if one == described.whole and not values.any():
            return tr("it does not exist here: {name} is 0", name=ensemble.measures[one].name)
    if measure != "households" and np.isnan(ensemble.of("households", region)[at]).all():
        return tr("the households of the region are not known")
    return tr("the region's data do not say it")


def missing(measure: str) -> Text:
    """Why a measure that only some scenarios have is not there."""
    if measure.startswith(DELIVERED):
        return tr("no project of the scenario delivers it")
    return tr("the scenario does not define {measure}", measure=measure)
