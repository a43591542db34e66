"""Units: which words say the same quantity, and by how much they differ.

A parameter declares one canonical unit; a file may write any unit of the same quantity, and the value
is converted. Quantities are kept apart even where both are pure numbers (a share is not a ratio to a
base), because mixing them is the commonest slip in planning tables.
"""

from typing import Final

from sim.errors import nearest

POINTS: Final = ("百分点", "percentage points")
"""Words for a share that is a difference of two shares, which people do not write in %."""

_UNITS: Final[dict[str, tuple[str, float]]] = {
    # persons
    "人": ("person", 1.0),
    "person": ("person", 1.0),
    "persons": ("person", 1.0),
    "千人": ("person", 1e3),
    "万人": ("person", 1e4),
    "百万人": ("person", 1e6),
    # persons per year
    "人/年": ("person/year", 1.0),
    "person/year": ("person/year", 1.0),
    "persons/year": ("person/year", 1.0),
    "万人/年": ("person/year", 1e4),
    # shares
    "1": ("share", 1.0),
    "share": ("share", 1.0),
    "%": ("share", 1e-2),
    "‰": ("share", 1e-3),
    "百分点": ("share", 1e-2),
    "percentage points": ("share", 1e-2),
    # shares per year
    "share/year": ("share/year", 1.0),
    "1/year": ("share/year", 1.0),
    "1/年": ("share/year", 1.0),
    "%/年": ("share/year", 1e-2),
    "%/year": ("share/year", 1e-2),
    "‰/年": ("share/year", 1e-3),
    "‰/year": ("share/year", 1e-3),
    # ratios to a base
    "倍": ("ratio", 1.0),
    "ratio": ("ratio", 1.0),
    # demography
    "children/woman": ("children/woman", 1.0),
    "孩/妇女": ("children/woman", 1.0),
    "males/female": ("males/female", 1.0),
    "女=1": ("males/female", 1.0),
    "女=100": ("males/female", 1e-2),
    "岁": ("age", 1.0),
    "age": ("age", 1.0),
    "years of age": ("age", 1.0),
    "年": ("year", 1.0),
    "year": ("year", 1.0),
    "years": ("year", 1.0),
    # homes, floor and land
    "户": ("household", 1.0),
    "万户": ("household", 1e4),
    "household": ("household", 1.0),
    "households": ("household", 1.0),
    "套": ("home", 1.0),
    "homes": ("home", 1.0),
    "m²": ("m²", 1.0),
    "m2": ("m²", 1.0),
    "平方米": ("m²", 1.0),
    "万平方米": ("m²", 1e4),
    "ha": ("m²", 1e4),
    "公顷": ("m²", 1e4),
    "km²": ("m²", 1e6),
    "亩": ("m²", 2000.0 / 3.0),
    "m²/person": ("m²/person", 1.0),
    "平方米/人": ("m²/person", 1.0),
    "m²/place": ("m²/place", 1.0),
    "m²/100 households": ("m²/household", 1e-2),
    "平方米/百户": ("m²/household", 1e-2),
    # services
    "张": ("bed", 1.0),
    "beds": ("bed", 1.0),
    "个": ("place", 1.0),
    "places": ("place", 1.0),
    "张/千人": ("bed/person", 1e-3),
    "beds/1000": ("bed/person", 1e-3),
    "人/千人": ("staff/person", 1e-3),
    "人/万人": ("staff/person", 1e-4),
    "persons/1000": ("staff/person", 1e-3),
    "persons/10000": ("staff/person", 1e-4),
    "个/千人": ("place/person", 1e-3),
    "places/1000": ("place/person", 1e-3),
    # things counted one by one
    "项": ("count", 1.0),
    "家": ("count", 1.0),
    "座": ("count", 1.0),
    "所": ("count", 1.0),
    "items": ("count", 1.0),
    # money
    "元": ("yuan", 1.0),
    "万元": ("yuan", 1e4),
    "亿元": ("yuan", 1e8),
    "yuan": ("yuan", 1.0),
    "元/年": ("yuan/year", 1.0),
    "万元/年": ("yuan/year", 1e4),
    "亿元/年": ("yuan/year", 1e8),
    # flows of material
    "L/人/日": ("L/person/day", 1.0),
    "L/person/day": ("L/person/day", 1.0),
    "kg/人/日": ("kg/person/day", 1.0),
    "kg/person/day": ("kg/person/day", 1.0),
    "m³/日": ("m³/day", 1.0),
    "t/日": ("t/day", 1.0),
}


class UnitError(ValueError):
    """A unit that is not known, or that is of another quantity than the one expected."""

    def __init__(self, unit: str, allowed: tuple[str, ...], close: str | None) -> None:
        self.unit = unit
        self.allowed = allowed
        self.close = close
        super().__init__(f"unit {unit!r}: expected one of {', '.join(allowed)}")


def units_of_same_quantity(unit: str) -> tuple[str, ...]:
    """All words that may be written where `unit` is expected."""
    quantity = _UNITS[unit][0]
    return tuple(word for word, (of, _) in _UNITS.items() if of == quantity)


def factor(unit: str, expected: str) -> float:
    """What a value in `unit` is multiplied by to be in `expected`; UnitError if they do not agree."""
    allowed = units_of_same_quantity(expected)
    if unit not in allowed:
        raise UnitError(unit, allowed, nearest(unit, allowed))
    return _UNITS[unit][1] / _UNITS[expected][1]


def is_known(unit: str) -> bool:
    """Whether the word is a unit at all."""
    return unit in _UNITS


def base(unit: str) -> tuple[str, float]:
    """The quantity that a known unit measures, such as `bed/person`, and how many of its base units it is."""
    return _UNITS[unit]
