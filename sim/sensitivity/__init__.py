"""Which factors of a sweep matter most: indices with their intervals, whether they are settled, and plain sentences."""

from sim.sensitivity.analysis import Analysis, analyse
from sim.sensitivity.indices import METHODS, Index, indices

__all__ = ["METHODS", "Analysis", "Index", "analyse", "indices"]
