"""The year of a whole county: people, and then money, jobs and what they leave behind."""

from sim.model.county.inputs import CountyInputs, EconomyInputs, economy_inputs
from sim.model.county.state import County, Frame, Happened, Setup
from sim.model.county.year import begin, county_year

__all__ = [
    "County",
    "CountyInputs",
    "EconomyInputs",
    "Frame",
    "Happened",
    "Setup",
    "begin",
    "county_year",
    "economy_inputs",
]
