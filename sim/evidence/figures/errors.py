"""How far a published figure may lie from every run: its own error, the drift of its series, and the model's.

Three parts, all normal. The *own* error of a figure is independent from year to year. The *drift* of yearly estimates
between censuses grows in proportion to the years since the base year and is one error carried on, so that a second
year repeats much of the first. The *model's* own discrepancy (Kennedy & O'Hagan 2001, doi:10.1111/1467-9868.00294) is a
random walk from 0 in the base year. Without the last two, one figure would leave a handful of runs.
"""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.registry import MEASURES

Kind = Literal["census", "estimate", "registration"]
KINDS: Final[tuple[Kind, ...]] = ("census", "estimate", "registration")
DECADE: Final = 10.0


@quickclass(frozen=True, slots=True)
class Sizes:
    """Standard errors of a figure: relative for counts, absolute for shares.

    own: of each figure by kind of source; drift: of yearly estimates after ten years; model: what runs leave
    unexplained after ten years.
    """

    own: dict[Kind, float]
    drift: float
    model: float


# own: assumption. drift: where the estimates of 2018–2019 met the census of 2020, ten areas were off by 2.6% of
# residents in the median and 7.6% in root mean square, and six by 2 points of the urbanization rate beyond a year's
# growth. model: what the parameters of 1,960 counties left unexplained over 2010–2020 (calibrate.hierarchy): 0.9% of
# residents, 1.0% of urban residents, 1.9% of households, 3–10% of most five-year age groups, less of wider ones. Births
# and deaths are in neither: assumption.
_SHARE: Final = Sizes({"census": 0.0005, "estimate": 0.002, "registration": 0.001}, 0.02, 0.007)
_PEOPLE: Final = Sizes({"census": 0.001, "estimate": 0.003, "registration": 0.002}, 0.04, 0.01)
_AGES: Final = Sizes({"census": 0.005, "estimate": 0.01, "registration": 0.01}, 0.05, 0.03)
_FLOWS: Final = Sizes({"census": 0.03, "estimate": 0.05, "registration": 0.03}, 0.10, 0.10)
_REGISTERED: Final = Sizes({"census": 0.005, "estimate": 0.003, "registration": 0.002}, 0.01, 0.01)
_HOUSEHOLDS: Final = Sizes({"census": 0.002, "estimate": 0.01, "registration": 0.01}, 0.05, 0.02)
_OTHER: Final = Sizes({"census": 0.01, "estimate": 0.03, "registration": 0.02}, 0.05, 0.03)


def sizes(measure: str) -> Sizes:
    """The default errors of a measure. Raises KeyError for a name that is no measure."""
    known = MEASURES[measure]
    if known.unit in {"share", "share/year"}:
        return _SHARE
    if measure in {"registered", "hukou_urban"}:
        return _REGISTERED
    if "households" in measure:
        return _HOUSEHOLDS
    if "age_" in measure or measure == "women_15_49":
        return _AGES
    if known.is_flow:
        return _FLOWS
    return _PEOPLE if known.unit == "person" else _OTHER


def is_share(measure: str) -> bool:
    """Whether the measure's errors are absolute [share] and not relative to its size."""
    return MEASURES[measure].unit in {"share", "share/year"}


def own_error(measure: str, kind: Kind, value: float) -> float:
    """Standard error of one figure of that kind of source where its file gives none [unit of the measure]."""
    size = sizes(measure).own[kind]
    return size if is_share(measure) else size * abs(value)


def covariance(measure: str, years: Sequence[int], own: Array, kinds: Sequence[Kind], level: float) -> Array:
    """Covariance of the errors of a series' figures [year, year], in the measure's unit squared.

    years: since the base year, over 0; own: standard error of each figure [year]; level: size of the measure, to which
    relative errors are relative.
    """
    since = np.asarray(years, dtype=np.float64)
    scale = 1.0 if is_share(measure) else abs(level)
    of = sizes(measure)
    drifts = np.where(np.array([kind == "estimate" for kind in kinds]), since / DECADE, 0.0)
    walk = np.minimum(since[:, np.newaxis], since) / DECADE
    both = (of.drift * scale) ** 2 * np.outer(drifts, drifts) + (of.model * scale) ** 2 * walk
    total: Array = both + np.diag(np.asarray(own, dtype=np.float64) ** 2)
    return total
