"""Which factors of a sweep matter most: indices with their intervals, whether they are settled, and plain sentences."""

from sim.questions.sensitivity.analysis import Analysis, analyse
from sim.questions.sensitivity.index import Index
from sim.questions.sensitivity.indices import METHODS, indices

__all__ = ["METHODS", "Analysis", "Index", "analyse", "indices"]
