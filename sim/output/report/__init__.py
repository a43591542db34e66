"""What a reader is given: the answer in words, and one HTML file that needs no network."""

from sim.output.report.compared import Apart, compare
from sim.output.report.single import write
from sim.output.report.words import headline

__all__ = ["Apart", "compare", "headline", "write"]
