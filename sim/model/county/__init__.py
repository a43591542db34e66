"""The year of a whole county: people, and then money, jobs and what they leave behind."""

from sim.model.county.base import begin
from sim.model.county.inputs import Afterwards, CountyInputs, EconomyInputs, economy_inputs
from sim.model.county.state import County, Frame, Happened, Setup, Years, room
from sim.model.county.year import county_year

__all__ = [
    "Afterwards",
    "County",
    "CountyInputs",
    "EconomyInputs",
    "Frame",
    "Happened",
    "Setup",
    "Years",
    "begin",
    "county_year",
    "economy_inputs",
    "room",
]
