"""From files to a typed scenario: reading, checking, resolving, explaining."""

from sim.load.explanation import Explanation, explain
from sim.load.resolve import scenario

__all__ = ["Explanation", "explain", "scenario"]
