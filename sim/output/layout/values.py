"""What stands in a table or a paragraph: raw values that know how they are said, and words that are set apart."""

from math import isclose
from typing import Final, Literal

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, estimate, grouped, in_canonical, percent, points, quantity
from sim.common.quickclass import quickclass
from sim.common.typography import has_chinese, sentence

Words = Text | str
Kind = Literal["words", "year", "number", "share"]

STRIP: Final = 150
"""Width of the picture of an estimate [pixels]."""
_SAME: Final = 1e-9
"""Relative width of a band below which there is none."""


@quickclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit; `exact` as a plan prints it."""

    value: float | None
    unit: str
    exact: bool = False

    def in_(self, language: Language) -> str:
        """The value and its unit in words."""
        return quantity(self.value, self.unit, language, exact=self.exact)


@quickclass(frozen=True, slots=True)
class Points:
    """A difference of two values, after a sign or none; shares differ by percentage points."""

    value: float
    unit: str
    sign: str = ""

    def in_(self, language: Language) -> str:
        """The difference in words."""
        return self.sign + points(self.value, self.unit, language)


@quickclass(frozen=True, slots=True)
class Estimate:
    """A median with its 80% band, which stands below it, or beside it where `beside` is set."""

    low: float | None
    median: float | None
    high: float | None
    unit: str
    beside: bool = False

    def lines(self, language: Language) -> tuple[str, ...]:
        """The median with its unit, and its band in brackets where there is one."""
        middle, band = estimate((self.low, self.median, self.high), self.unit, language)
        if self.beside:
            return (f"{middle} ({band})",)
        is_one = self.low is None or self.high is None or isclose(self.low, self.high, rel_tol=_SAME, abs_tol=0.0)
        return (middle,) if is_one else (middle, f"({band})")


@quickclass(frozen=True, slots=True)
class Quoted:
    """A text as its author wrote it, marked where it is Chinese on an English page."""

    words: Words

    def is_foreign(self, language: Language) -> bool:
        """Whether the text is in the other language."""
        text = self.words if isinstance(self.words, str) else self.words.in_(language)
        return language == "en" and has_chinese(text)


@quickclass(frozen=True, slots=True)
class Styled:
    """Words that look different from others: kept on one line, more or less than they, or as typed."""

    words: Words | Quantity
    look: Literal["kept", "strong", "muted", "code"]


@quickclass(frozen=True, slots=True)
class Badge:
    """A verdict as a word on a colour, with a symbol that says the same."""

    symbol: str
    words: Words
    colour: str


@quickclass(frozen=True, slots=True)
class Meter:
    """Words with a bar below that fills as the share grows."""

    words: Words
    share: float
    colour: str


@quickclass(frozen=True, slots=True)
class Strip:
    """An estimate with its target, and a small picture of where they lie."""

    estimate: Estimate
    target: float | None
    colour: str

    @property
    def places(self) -> tuple[float, ...]:
        """Where low, median, high and target lie on a line of `STRIP` pixels; none where one of them is unknown."""
        one = self.estimate
        values = [value for value in (one.low, one.median, one.high, self.target) if value is not None]
        if len(values) < 4:
            return ()
        low, _, high, target = found = [in_canonical(value, one.unit) for value in values]
        least, most = min(low, target), max(high, target)
        return tuple(round(8 + (STRIP - 16) * (value - least) / ((most - least) or 1.0), 1) for value in found)


@quickclass(frozen=True, slots=True)
class Lines:
    """Something with small lines below it."""

    first: "Cell"
    below: tuple["Cell", ...]


Value = Text | str | float | Quantity | Points | Estimate | Quoted | Styled | Badge | Meter | Strip | Lines | None
Cell = Value | tuple[Value, ...]
"""None is not known and shown as a dash; the pieces of a tuple stand one after the other."""


def kept(words: Words | Quantity) -> Styled:
    """Words that stay on one line."""
    return Styled(words, "kept")


def under(first: Cell, *below: Cell) -> Cell:
    """Something with small lines below it, itself where there are none."""
    return Lines(first, below) if below else first


def capital(words: Text) -> Text:
    """Words with a capital at their beginning, as they stand alone in a table."""
    return Text(sentence(words.zh), sentence(words.en))


def formatted(value: Cell, kind: Kind, decimals: int, unit: str, language: Language) -> Cell:
    """A bare number as its column says it; other values as they are."""
    if not isinstance(value, int | float):
        return value
    if kind == "share":
        return percent(value)
    if kind == "year":
        return str(value)
    return quantity(value, unit, language) if unit else grouped(value, decimals)


def spoken(value: Cell, language: Language) -> str:  # noqa: PLR0911 - one a form
    """A cell as plain text: what stands below it in lines of its own, pictures left out."""
    match value:
        case tuple():
            return "".join(spoken(one, language) for one in value)
        case Lines():
            return "\n".join(spoken(one, language) for one in (value.first, *value.below))
        case Estimate():
            return "\n".join(value.lines(language))
        case Strip():
            return spoken(value.estimate, language)
        case Quoted() | Styled() | Badge() | Meter():
            return spoken(value.words, language)
    if value is None:
        return MISSING
    return str(value) if isinstance(value, str | float | int) else value.in_(language)


def rank(value: Cell) -> float | None:
    """The number by which a cell is sorted, in its canonical unit; None for words."""
    match value:
        case Quantity():
            number, unit = value.value, value.unit
        case Estimate(median=median, unit=unit):
            number = median
        case Strip():
            return rank(value.estimate)
        case Lines():
            return rank(value.first)
        case _:
            return _bare(value)
    return None if number is None else in_canonical(number, unit)


def _bare(value: Cell) -> float | None:
    if isinstance(value, Meter):
        return value.share
    return float(value) if isinstance(value, int | float) else None
