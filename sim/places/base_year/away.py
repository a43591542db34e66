"""People registered in the region who live elsewhere: how many, and of what ages."""

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import N_AGES, SEXES
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.china.residence import Patterns
from sim.places.texts import tr

SHAPE = (2, len(SEXES), N_AGES)


@quickclass(frozen=True, slots=True)
class AwayEstimate:
    """People away known from elsewhere, as from a projection of an earlier census.

    pop: persons by hukou (urban, rural), sex and age [persons], [2, sex, age]; method: how they were found.
    """

    pop: Array
    method: Text

    def __post_init__(self) -> None:
        if self.pop.shape != SHAPE or not np.isfinite(self.pop).all() or (self.pop < 0).any():
            raise ValueError(f"people away must be 0 or more, of shape {SHAPE}")


def away_total(row: CensusRow, other: CensusRow | None, patterns: Patterns) -> tuple[float, Mark]:
    """People away [persons], and how they were found.

    Registered less local residents where the row gives the registered; else the region's own ratio of
    another census year; else its province's ratio of 2010.
    """
    what = tr("people away")
    local = row.resident - (row.outside or 0.0)
    if row.registered is not None:
        gap = row.registered - local
        if gap < 0:
            method = tr("registered population is {part:.0f} below local residents: none taken as away", part=-gap)
            return 0.0, Mark(what, method, "assumed")
        method = tr("registered − (residents − residents from outside)")
        return gap, Mark(what, method, "estimated")
    if other is not None and other.registered is not None and other.resident > (other.outside or 0.0):
        ratio = other.registered / (other.resident - (other.outside or 0.0))
        source = tr("the region's own of {year}", year=other.year)
    else:
        ratio, own = patterns.registered_over_local(row.code, row.kind)
        source = tr("that of such regions in its province in 2010") if own else tr("that of China in 2010")
    method = tr(
        "no registered population; ratio of registered to local residents {ratio:.3f}, {source}",
        ratio=ratio,
        source=source,
    )
    return max(ratio - 1.0, 0.0) * local, Mark(what, method, "assumed")
