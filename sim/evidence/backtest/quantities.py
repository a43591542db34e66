"""The quantities a backtest scores."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, RESIDENT, URBAN
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.places.census import AGE_STARTS, CensusRow

Unit = Literal["points", "percent"]


@quickclass(frozen=True, slots=True)
class Quantity:
    """A figure of a county; its error is in percentage points (of a share) or in percent of what came."""

    id: str
    name: Text
    unit: Unit


QUANTITIES: Final = (
    Quantity("urbanization_rate", tr("urbanization rate"), "points"),
    Quantity("resident", tr("residents"), "percent"),
    Quantity("share_0_14", tr("share aged 0–14"), "points"),
    Quantity("share_15_59", tr("share aged 15–59"), "points"),
    Quantity("share_60_plus", tr("share aged 60 and over"), "points"),
    Quantity("households", tr("households"), "percent"),
    Quantity("age_0_14", tr("people aged 0–14"), "percent"),
    Quantity("age_60_plus", tr("people aged 60 and over"), "percent"),
)
RATE, PEOPLE, YOUNG, WORKING, OLD, HOMES, CHILDREN, ELDERS = range(len(QUANTITIES))

_GROUPS: Final = len(AGE_STARTS)
_FIRST_WORKING, _FIRST_OLD = AGE_STARTS.index(15), AGE_STARTS.index(60)


def of_figures(figures: Array) -> Array:
    """The quantities [..., quantity] (shares as 0–1) of figures of `sim.evidence.calibrate.figures` [..., figure]."""
    ages = figures[..., :_GROUPS] + figures[..., _GROUPS:N_AGE]
    total = ages.sum(axis=-1)
    young = ages[..., :_FIRST_WORKING].sum(axis=-1) / total
    old = ages[..., _FIRST_OLD:].sum(axis=-1) / total
    resident = figures[..., RESIDENT]
    rate = np.minimum(figures[..., URBAN] / resident, 1.0)
    parts = [rate, resident, young, 1.0 - young - old, old, figures[..., HOUSEHOLDS], young * resident, old * resident]
    return np.stack(parts, axis=-1)


def of_rows(rows: Sequence[CensusRow]) -> Array:
    """The quantities [row, quantity] of census rows; NaN where a row gives none."""
    found = np.empty((len(rows), len(QUANTITIES)))
    for i, row in enumerate(rows):
        ages = np.array(row.male_by_age) + np.array(row.female_by_age)
        young, old = ages[:_FIRST_WORKING].sum() / ages.sum(), ages[_FIRST_OLD:].sum() / ages.sum()
        resident, homes = row.resident, row.households or np.nan
        found[i] = [
            row.urbanization_rate,
            resident,
            young,
            1.0 - young - old,
            old,
            homes,
            young * resident,
            old * resident,
        ]
    return found


def errors(predicted: Array, came: Array) -> Array:
    """Errors in points or percent [..., quantity] of predictions against what came, of that shape."""
    points = np.array([quantity.unit == "points" for quantity in QUANTITIES])
    scale = np.where(points, 1.0, came)
    return np.asarray(100.0 * (predicted - came) / scale, dtype=np.float64)
