"""Units: which words say the same quantity, and by how much they differ.

A parameter declares one canonical unit; a file may write any unit of the same quantity, and the value
is converted. Quantities are kept apart even where both are pure numbers (a share is not a ratio to a
base), because mixing them is the commonest slip in planning tables.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from sim.common.errors import nearest
from sim.common.language import Language
from sim.common.typography import has_chinese

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
    # strengths of a pull
    "log/share": ("log/share", 1.0),
    "log/log": ("log/log", 1.0),
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
    "m²/年": ("m²/year", 1.0),
    "平方米/年": ("m²/year", 1.0),
    "m²/year": ("m²/year", 1.0),
    "公顷/年": ("m²/year", 1e4),
    "ha/year": ("m²/year", 1e4),
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
    "组": ("count", 1.0),
    "家": ("count", 1.0),
    "座": ("count", 1.0),
    "所": ("count", 1.0),
    "items": ("count", 1.0),
    "count": ("count", 1.0),
    # jobs and training
    "套/年": ("home/year", 1.0),
    "户/年": ("home/year", 1.0),
    "home/year": ("home/year", 1.0),
    "homes/year": ("home/year", 1.0),
    "人/套": ("person/home", 1.0),
    "person/home": ("person/home", 1.0),
    "岗位": ("job", 1.0),
    "个岗位": ("job", 1.0),
    "job": ("job", 1.0),
    "jobs": ("job", 1.0),
    "岗位/年": ("job/year", 1.0),
    "job/year": ("job/year", 1.0),
    "人次": ("person-time", 1.0),
    "万人次": ("person-time", 1e4),
    "person-time": ("person-time", 1.0),
    "person-times": ("person-time", 1.0),
    "人次/年": ("person-time/year", 1.0),
    "万人次/年": ("person-time/year", 1e4),
    "person-time/year": ("person-time/year", 1.0),
    # money
    "元/人": ("yuan/person", 1.0),
    "yuan/person": ("yuan/person", 1.0),
    "元/平方米": ("yuan/m²", 1.0),
    "yuan/m²": ("yuan/m²", 1.0),
    "yuan/year": ("yuan/year", 1.0),
    "元": ("yuan", 1.0),
    "万元": ("yuan", 1e4),
    "亿元": ("yuan", 1e8),
    "yuan": ("yuan", 1.0),
    "元/年": ("yuan/year", 1.0),
    "万元/年": ("yuan/year", 1e4),
    "亿元/年": ("yuan/year", 1e8),
    # flows of material
    "L/人/日": ("m³/day/person", 1e-3),
    "L/person/day": ("m³/day/person", 1e-3),
    "kg/人/日": ("t/day/person", 1e-3),
    "kg/person/day": ("t/day/person", 1e-3),
    "m³/日": ("m³/day", 1.0),
    "t/日": ("t/day", 1.0),
}


_THINGS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "bed": (("张", 1.0), ("beds", 1.0), ("bed", 1.0)),
    "place": (("个", 1.0), ("位", 1.0), ("places", 1.0), ("place", 1.0)),
    "staff": (("人员", 1.0), ("staff", 1.0)),
    "class": (("班", 1.0), ("classes", 1.0), ("class", 1.0)),
    "home": (("套", 1.0), ("homes", 1.0), ("home", 1.0)),
    "space": (("个车位", 1.0), ("车位", 1.0), ("spaces", 1.0), ("space", 1.0)),
    "charger": (("桩", 1.0), ("chargers", 1.0), ("charger", 1.0)),
    "vehicle": (("辆", 1.0), ("vehicles", 1.0), ("vehicle", 1.0)),
    "lamp": (("盏", 1.0), ("lamps", 1.0), ("lamp", 1.0)),
    "count": (("座", 1.0), ("处", 1.0), ("items", 1.0), ("count", 1.0)),
    "km": (("公里", 1.0), ("km", 1.0)),
    "m²": (("m²", 1.0), ("平方米", 1.0)),
    "m³/day": (("m³/日", 1.0), ("m³/day", 1.0), ("升/日", 1e-3), ("L/day", 1e-3)),
    "t/day": (("t/日", 1.0), ("t/day", 1.0), ("公斤/日", 1e-3), ("kg/day", 1e-3)),
    "household": (("户", 1.0), ("households", 1.0), ("household", 1.0)),
    "yuan": (("元", 1.0), ("yuan", 1.0), ("万元", 1e4)),
}
"""What a service is counted in, or costs; and how many of each one of those words is."""

_PER: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "person": (("人", 1.0), ("person", 1.0), ("千人", 1e3), ("1000", 1e3), ("万人", 1e4), ("10000", 1e4)),
    "household": (
        ("户", 1.0), ("household", 1.0), ("百户", 1e2), ("100 households", 1e2),
        ("千户", 1e3), ("1000 households", 1e3),
    ),
    "m²": (("m²", 1.0), ("平方米", 1.0), ("km²", 1e6), ("平方公里", 1e6)),
    "place": (("位", 1.0), ("个", 1.0), ("place", 1.0), ("千位", 1e3), ("1000 places", 1e3)),
    "bed": (("张", 1.0), ("bed", 1.0)),
    "space": (("车位", 1.0), ("space", 1.0)),
    "km": (("公里", 1.0), ("km", 1.0)),
    "staff": (("名", 1.0), ("staff", 1.0)),
    "class": (("班", 1.0), ("class", 1.0)),
    "charger": (("桩", 1.0), ("charger", 1.0)),
    "vehicle": (("辆", 1.0), ("vehicle", 1.0)),
    "lamp": (("盏", 1.0), ("lamp", 1.0)),
    "count": (("座", 1.0), ("处", 1.0), ("item", 1.0), ("count", 1.0)),
    "home": (("套", 1.0), ("home", 1.0)),
    "m³/day": (("(m³/日)", 1.0), ("(m³/day)", 1.0)),
    "t/day": (("(t/日)", 1.0), ("(t/day)", 1.0)),
}  # fmt: skip
"""What there may be so many of it per."""


_YEARLY: Final = ("/年", "/year")


def per(unit: str, of: str) -> str:
    """The quantity of so many of `unit` for each one of `of`, both canonical: `bed/person`, `m²/(m³/day)`."""
    return f"{unit}/({of})" if "/" in of else f"{unit}/{of}"


def _meaning(unit: str) -> tuple[str, float] | None:
    """What a word measures and how many of its base units it is, listed or made of a thing per something."""
    if unit in _UNITS:
        return _UNITS[unit]
    for ending in _YEARLY:
        whole = _compound(unit.removesuffix(ending)) if unit.endswith(ending) else None
        if whole is not None and whole[0].startswith("yuan/"):
            return f"{whole[0]}/year", whole[1]
    return _compound(unit)


def _compound(unit: str) -> tuple[str, float] | None:
    thing = _THING_WORDS.get(unit)
    if thing is not None:
        return thing
    for at, sign in enumerate(unit):
        thing = _THING_WORDS.get(unit[:at]) if sign == "/" else None
        divisor = _PER_WORDS.get(unit[at + 1 :]) if thing is not None else None
        if thing is not None and divisor is not None:
            return per(thing[0], divisor[0]), thing[1] / divisor[1]
    return None


def _words(quantity: str) -> Iterator[str]:
    """The compound words of a quantity, a thing per something, by the year or not."""
    plain = quantity.removesuffix("/year")
    endings = _YEARLY if plain != quantity else ("",)
    for one, things in _THINGS.items():
        if one == quantity:
            yield from (word for word, _ in things)
        if not plain.startswith(f"{one}/"):
            continue
        for other, divisors in _PER.items():
            if plain == per(one, other):
                yield from (f"{word}/{of}{end}" for end in endings for word, _ in things for of, _ in divisors)


_THING_WORDS: Final = {word: (one, size) for one, words in _THINGS.items() for word, size in ((one, 1.0), *words)}
_PER_WORDS: Final = {word: (one, count) for one, words in _PER.items() for word, count in words}


class UnitError(ValueError):
    """A unit that is not known, or that is of another quantity than the one expected."""

    def __init__(self, unit: str, allowed: tuple[str, ...], close: str | None) -> None:
        self.unit = unit
        self.allowed = allowed
        self.close = close
        super().__init__(f"unit {unit!r}: expected one of {', '.join(allowed)}")


def units_of_same_quantity(unit: str) -> tuple[str, ...]:
    """All words that may be written where `unit` is expected."""
    quantity = base(unit)[0]
    listed = (word for word, (of, _) in _UNITS.items() if of == quantity)
    return tuple(dict.fromkeys((*listed, *_words(quantity))))


@lru_cache(maxsize=4096)
def in_language(unit: str, language: Language) -> str:
    """The word of a unit that a reader of the language knows, of the same size; itself where there is no other."""
    is_plain = not any(sign.isalpha() for sign in unit)
    if is_plain or not is_known(unit) or has_chinese(unit) == (language == "zh"):
        return unit
    words = (word for word in units_of_same_quantity(unit) if _meaning(word) == _meaning(unit))
    return next((word for word in words if has_chinese(word) == (language == "zh")), unit)


@lru_cache(maxsize=4096)
def factor(unit: str, expected: str) -> float:
    """What a value in `unit` is multiplied by to be in `expected`; UnitError if they do not agree."""
    found, wanted = _meaning(unit), base(expected)
    if found is None or found[0] != wanted[0]:
        allowed = units_of_same_quantity(expected)
        raise UnitError(unit, allowed, nearest(unit, allowed))
    return found[1] / wanted[1]


def is_known(unit: str) -> bool:
    """Whether the word is a unit at all."""
    return _meaning(unit) is not None


def base(unit: str) -> tuple[str, float]:
    """The quantity that a known unit measures, such as `bed/person`, and how many of its base units it is."""
    found = _meaning(unit)
    if found is None:
        raise KeyError(unit)
    return found
