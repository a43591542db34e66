"""The base year of a region: from a census row to people by zone, registration, sex and single age."""

from sim.places.base_year.away import AwayEstimate
from sim.places.base_year.build import BaseYear, base_year
from sim.places.base_year.mark import Mark, MarkKind

__all__ = ["AwayEstimate", "BaseYear", "Mark", "MarkKind", "base_year"]
