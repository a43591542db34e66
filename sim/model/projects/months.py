"""The time of projects: months since the start of year 0, on a grid that makes sums and differences exact."""

from typing import Final

GRID: Final = 1024.0
"""Steps of time in a month (43 minutes each)."""


def month_of(year: int) -> float:
    """The moment at which a year begins [month]."""
    return 12.0 * year


def on_grid(months: float) -> float:
    """A time or duration rounded to the grid [month]."""
    return round(months * GRID) / GRID
