"""The axes of the population array and the words for their positions."""

from typing import Final

ZONES: Final = ("city", "town", "rural", "away")
REGISTRATIONS: Final = ("urban", "rural", "outside")
SEXES: Final = ("male", "female")
OLDEST: Final = 100
N_AGES: Final = OLDEST + 1

CITY, TOWN, RURAL, AWAY = range(4)
URBAN_REGISTRATION, RURAL_REGISTRATION, OUTSIDE_REGISTRATION = range(3)
MALE, FEMALE = range(2)

RESIDENT_ZONES: Final = (CITY, TOWN, RURAL)
URBAN_ZONES: Final = (CITY, TOWN)

FERTILE_FIRST: Final = 15
FERTILE_LAST: Final = 49

POP_SHAPE: Final = (len(ZONES), len(REGISTRATIONS), len(SEXES), N_AGES)
"""Shape of one lane (one draw of one region): zone, registration, sex, age."""


def cell(zone: int, registration: int) -> int:
    """Index of a (zone, registration) pair in row-major order."""
    return zone * len(REGISTRATIONS) + registration
