"""Units: which words say the same quantity, and by how much they differ.

A parameter declares one canonical unit; a file may write any unit of the same quantity, and the value
is converted. Quantities are kept apart even where both are pure numbers (a share is not a ratio to a
base), because mixing them is the commonest slip in planning tables.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from sim.common.errors import nearest
from sim.common.language import Language
from sim.common.rows import Row, read
from sim.common.typography import has_chinese

POINTS: Final = ("百分点", "percentage points")
"""Words for a share that is a difference of two shares, which people do not write in %."""

UNITS: Final = Path(__file__).parent / "units.csv"
"""A word a line: `unit` for a unit of its own; `thing` for what is counted, or costs; `per` for what that may be per.

size: how many of the quantity's own unit, or how many of what it is per, the word is.
"""


def _entry(row: Row) -> tuple[str, str, str, float]:
    return row.one_of("use", ("unit", "thing", "per")), row.text("quantity"), row.text("word"), row.number("size")


def _grouped(use: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Words of a use by quantity, each with its size."""
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for own, quantity, word, size in _TABLE:
        if own == use:
            found[quantity] = (*found.get(quantity, ()), (word, size))
    return found


_TABLE: Final = read(UNITS, ("word", "use", "quantity", "size"), _entry, named=2)
_UNITS: Final = {word: (quantity, size) for use, quantity, word, size in _TABLE if use == "unit"}
_THINGS: Final = _grouped("thing")
_PER: Final = _grouped("per")
_YEARLY: Final = ("/年", "/year")


OF_PLANS: Final = Path(__file__).parent / "plan_units.csv"
"""Units that plans write and no model knows, in English; measure words (家, 座) need none."""


@cache
def of_plans() -> dict[str, str]:
    """Units as Chinese plans write them, which nothing is reckoned with, and what they are called in English."""
    lines = OF_PLANS.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(",", 1) for line in lines)


def per(unit: str, name: str) -> str:
    """The quantity of so many of `unit` for each one of `of`, both canonical: `bed/person`, `m²/(m³/day)`."""
    return f"{unit}/({name})" if "/" in name else f"{unit}/{name}"


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
