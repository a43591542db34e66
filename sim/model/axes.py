"""The axes of the population array and the words for their positions."""

from typing import Final

ZONES: Final = ("city", "town", "rural", "away")
HUKOU: Final = ("urban", "rural", "outside")
SEXES: Final = ("male", "female")
OLDEST: Final = 100
N_AGES: Final = OLDEST + 1

CITY, TOWN, RURAL, AWAY = range(4)
URBAN_HUKOU, RURAL_HUKOU, OUTSIDE_HUKOU = range(3)
MALE, FEMALE = range(2)

RESIDENT_ZONES: Final = (CITY, TOWN, RURAL)
URBAN_ZONES: Final = (CITY, TOWN)

FERTILE_FIRST: Final = 15
FERTILE_LAST: Final = 49

POP_SHAPE: Final = (len(ZONES), len(HUKOU), len(SEXES), N_AGES)
"""Shape of one lane (one draw of one region): zone, hukou, sex, age."""


def cell(zone: int, hukou: int) -> int:
    """Index of a (zone, hukou) pair in row-major order."""
    return zone * len(HUKOU) + hukou
