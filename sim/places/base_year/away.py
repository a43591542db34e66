"""People registered in the region who live elsewhere: how many, and of what ages."""

from dataclasses import dataclass

import numpy as np

from sim.common.language import Text
from sim.model.arrays import Array
from sim.model.axes import N_AGES, SEXES
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.residence import Patterns

SHAPE = (2, len(SEXES), N_AGES)


@dataclass(frozen=True, slots=True)
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
    what = Text("外出人口", "people away")
    local = row.resident - (row.outside or 0.0)
    if row.registered is not None:
        gap = row.registered - local
        if gap < 0:
            method = Text(
                f"户籍人口比本地户籍常住人口少 {-gap:.0f} 人,外出取 0",
                f"registered population is {-gap:.0f} below local residents: none taken as away",
            )
            return 0.0, Mark(what, method, "assumed")
        method = Text("户籍人口 − (常住人口 − 外来人口)", "registered − (residents − residents from outside)")
        return gap, Mark(what, method, "estimated")
    if other is not None and other.registered is not None and other.resident > (other.outside or 0.0):
        ratio = other.registered / (other.resident - (other.outside or 0.0))
        source = Text(f"本县{other.year}年户籍人口与本地常住人口之比", f"the region's own of {other.year}")
    else:
        ratio, own = patterns.registered_over_local(row.code, row.kind)
        source = (
            Text("本省2010年同类地区户籍人口与本地常住人口之比", "that of such regions in its province in 2010")
            if own
            else Text("全国2010年户籍人口与本地常住人口之比", "that of China in 2010")
        )
    method = Text(
        f"缺户籍人口;按比值 {ratio:.3f} 推算({source.zh})",
        f"no registered population; ratio of registered to local residents {ratio:.3f}, {source.en}",
    )
    return max(ratio - 1.0, 0.0) * local, Mark(what, method, "assumed")
