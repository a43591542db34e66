"""The six textbook methods of planners, worked from a region's own figures beside the model."""

from sim.evidence.crosscheck.check import crosschecks
from sim.evidence.crosscheck.formulas import (
    Countryside,
    Line,
    composite_growth,
    economic_correlation,
    growth_difference,
    labour_demand,
    logistic_rate,
    surplus_labour,
    urban_rural_growth_difference,
)
from sim.evidence.crosscheck.given import given_of

__all__ = [
    "Countryside",
    "Line",
    "composite_growth",
    "crosschecks",
    "economic_correlation",
    "given_of",
    "growth_difference",
    "labour_demand",
    "logistic_rate",
    "surplus_labour",
    "urban_rural_growth_difference",
]
