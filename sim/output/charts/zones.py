"""Where people live over the years: county seat, towns, villages; and those away."""

from typing import Final

from sim.output.charts.over_years import Chart, Series
from sim.output.charts.style import ZONES
from sim.output.charts.words import ZONES as NAMES
from sim.output.texts import tr

POPULATION: Final = Chart(
    section="people",
    id="zones",
    title=tr("Population by zone"),
    note=tr("Median residents stacked by zone; the dashed line is people away, who are not residents"),
    series=(
        *(Series(zone, NAMES[zone], ZONES[zone], "area") for zone in ("city", "town", "rural")),
        Series("away", NAMES["away"], "#111111", "dashes"),
    ),
)
"""Median residents by zone stacked over the years, and the people away as a line [万人 or thousands]."""
