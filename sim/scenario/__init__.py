"""From files to a typed scenario: reading, checking, resolving, explaining."""

from sim.scenario.explanation import Explanation, explain, is_parameter
from sim.scenario.resolve import scenario

__all__ = ["Explanation", "explain", "is_parameter", "scenario"]
