"""How uncertain a value is."""

from typing import Literal

from sim.common.quickclass import quickclass

DistributionKind = Literal["normal", "lognormal", "uniform", "triangular", "certain"]


@quickclass(frozen=True, slots=True)
class Distribution:
    """Uncertainty of a value, in the unit of its parameter.

    normal: `sd` around the value; lognormal: `sd` of the logarithm, the value is the median; uniform:
    `low`…`high`; triangular: the same with the value as mode; certain: the value itself.
    """

    kind: DistributionKind
    sd: float = 0.0
    low: float = 0.0
    high: float = 0.0
