"""From files to a typed scenario: reading, checking, resolving, explaining."""

from sim.load.explanation import Explanation, explain
from sim.load.manual import reference
from sim.load.resolve import scenario
from sim.load.schema_of import schema

__all__ = ["Explanation", "explain", "reference", "scenario", "schema"]
