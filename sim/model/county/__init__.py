"""The year of a whole county: people, and then money, jobs and what they leave behind."""

from sim.model.county.base import begin
from sim.model.county.course import Course, county_years, course_of
from sim.model.county.inputs import Afterwards, EconomyInputs, FirstInputs, Given, economy_inputs
from sim.model.county.state import County, Frame, Setup, Years, room

__all__ = [
    "Afterwards",
    "County",
    "Course",
    "EconomyInputs",
    "FirstInputs",
    "Frame",
    "Given",
    "Setup",
    "Years",
    "begin",
    "county_years",
    "course_of",
    "economy_inputs",
    "room",
]
