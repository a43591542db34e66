"""What a reader is given: the answer in words, and one HTML file that needs no network."""

from sim.report.compared import compare
from sim.report.single import write
from sim.report.words import headline

__all__ = ["compare", "headline", "write"]
