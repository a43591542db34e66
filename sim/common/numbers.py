"""Numbers as people read them: scaled, rounded and with a unit in the reader's language."""

from math import floor, isfinite, log10
from typing import Final

from sim.common import units
from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.common.texts import tr
from sim.common.typography import has_chinese

MISSING: Final = "—"


@quickclass(frozen=True, slots=True)
class Scale:
    """How a quantity is written: what one unit of it is, its words, from which size on, and its decimals."""

    size: float
    words: Text
    least: float = 0.0
    decimals: int = 1


_PERCENT: Final = Scale(0.01, tr("%"))
_SCALES: Final[dict[str, tuple[Scale, ...]]] = {
    "share": (_PERCENT,),
    "points": (Scale(0.01, tr(" points")),),
    "share/year": (Scale(0.01, tr("% a year"), decimals=2),),
    "ratio": (Scale(1.0, tr(" times"), decimals=2),),
    "person": (Scale(1.0, tr(" people"), decimals=0),),
    "person/year": (Scale(1.0, tr(" people a year"), decimals=0),),
    "staff": (Scale(1.0, tr(" staff"), decimals=0),),
    "household": (Scale(1.0, tr(" households"), decimals=0),),
    "persons/household": (Scale(1.0, tr(" people per household"), decimals=2),),
    "home": (Scale(1.0, tr(" homes"), decimals=0),),
    "home/year": (Scale(1.0, tr(" homes a year"), decimals=0),),
    "job": (Scale(1.0, tr(" jobs"), decimals=0),),
    "job/year": (Scale(1.0, tr(" jobs a year"), decimals=0),),
    "person-time": (Scale(1.0, tr(" person-times"), decimals=0),),
    "person-time/year": (Scale(1.0, tr(" person-times a year"), decimals=0),),
    "class": (Scale(1.0, tr(" classes"), decimals=0),),
    "space": (Scale(1.0, tr(" bays"), decimals=0),),
    "charger": (Scale(1.0, tr(" chargers"), decimals=0),),
    "vehicle": (Scale(1.0, tr(" vehicles"), decimals=0),),
    "lamp": (Scale(1.0, tr(" lamps"), decimals=0),),
    "count": (Scale(1.0, tr("", context="count"), decimals=0),),
    "km": (Scale(1.0, tr(" km")),),
    "bed": (Scale(1.0, tr(" beds"), decimals=0),),
    "place": (Scale(1.0, tr(" places"), decimals=0),),
    "m²": (Scale(1.0, tr(" m²"), decimals=0),),
    "m²/year": (Scale(1.0, tr(" m² a year"), decimals=0),),
    "m²/person": (Scale(1.0, tr(" m² per person")),),
    "m²/place": (Scale(1.0, tr(" m² per place")),),
    "m²/household": (Scale(0.01, tr(" m² per 100 households")),),
    "bed/person": (Scale(1e-3, tr(" beds per 1,000 people")),),
    "place/person": (Scale(1e-3, tr(" places per 1,000 people")),),
    "staff/person": (
        Scale(1e-3, tr(" staff per 1,000 people"), 1e-3),
        Scale(1e-4, tr(" staff per 10,000 people")),
    ),
    "children/woman": (Scale(1.0, tr(" children per woman"), decimals=2),),
    "males/female": (Scale(1.0, tr(" males per female"), decimals=3),),
    "age": (Scale(1.0, tr(" years of age")),),
    "year": (Scale(1.0, tr(" years")),),
    "yuan": (Scale(1e6, tr(" million yuan"), 1e6), Scale(1.0, tr(" yuan"), decimals=0)),
    "yuan/year": (
        Scale(1e6, tr(" million yuan a year"), 1e6),
        Scale(1.0, tr(" yuan a year"), decimals=0),
    ),
    "yuan/person": (Scale(1.0, tr(" yuan per person"), decimals=0),),
    "L/person/day": (Scale(1.0, tr(" L per person a day")),),
    "kg/person/day": (Scale(1.0, tr(" kg per person a day"), decimals=2),),
    "person/job": (Scale(1.0, tr(" persons a job"), decimals=1),),
    "m³/day": (Scale(1.0, tr(" m³ a day"), decimals=0),),
    "t/day": (Scale(1.0, tr(" t a day"), decimals=0),),
}
_UNSCALED: Final = {
    "log/log": tr("log per log"),
    "log/share": tr("log per share"),
    "share": tr("share"),
    "share/year": tr("share a year"),
    "males/female": tr("males per female"),
}

_MYRIADS: Final = {
    *("person", "household", "home", "m²", "yuan", "m³/day", "job", "person-time"),
    *("person/year", "home/year", "m²/year", "yuan/year", "job/year", "person-time/year"),
}


def canonical(unit: str) -> str:
    """The quantity a unit word measures, itself where it is not known; so much of a thing for one of it is a share."""
    kind = units.base(unit)[0] if units.is_known(unit) else unit
    half = len(kind) // 2
    return "share" if kind[half : half + 1] == "/" and kind[:half] == kind[half + 1 :] else kind


def in_canonical(value: float, unit: str) -> float:
    """A value in the canonical unit of its quantity; unchanged where the unit is not known."""
    return value * units.base(unit)[1] if units.is_known(unit) else value


def quantity(value: float | None, unit: str, language: Language, *, exact: bool = False) -> str:
    """A value with its unit in words; exact: as a plan prints it, otherwise as precise as a model's result is."""
    if value is None or not isfinite(value):
        return MISSING
    scale, number = _scaled(value, unit, language, exact=exact)
    return number + (scale.words.in_(language) if scale else _raw_unit(unit, language))


def unit_words(unit: str, language: Language) -> str:
    """The words for a unit in which a number stands unscaled."""
    if unit in _UNSCALED:
        return _UNSCALED[unit].in_(language)
    scale = next((one for one in _SCALES.get(unit, ()) if one.size == 1.0), None)
    return scale.words.in_(language).strip() if scale else _raw_unit(unit, language).strip()


def unit_in(unit: str, language: Language) -> str:
    """A unit as a reader of the language writes it: no m² among Chinese characters."""
    known = units.in_language(unit, language)
    if language == "zh" and has_chinese(known):
        return known.replace("m²", "平方米").replace("m³", "立方米")
    return known


def span(low: float | None, high: float | None, unit: str, language: Language) -> str:
    """A range with its unit said once, written in the scale of its upper end."""
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return MISSING
    scale, upper = _scaled(high, unit, language, exact=False)
    if scale is None:
        return through(grouped(low, 1), f"{upper}{_raw_unit(unit, language)}", language)
    return through(_rounded(in_canonical(low, unit), scale), f"{upper}{scale.words.in_(language)}", language)


def through(low: str, high: str, language: Language) -> str:
    """A range of two written numbers: with a dash, or with a word where a dash would stand beside a minus."""
    return low + ("–" if not low.startswith("−") else tr(" to ").in_(language)) + high


def estimate(values: tuple[float | None, float | None, float | None], unit: str, language: Language) -> tuple[str, str]:
    """A median with its unit, and its band, which says the unit again only where it is written in another scale."""
    low, median, high = values
    middle, band = quantity(median, unit, language), span(low, high, unit, language)
    if median is None or high is None or not isfinite(median):
        return middle, band
    of_median, _ = _scaled(median, unit, language, exact=False)
    of_high, _ = _scaled(high, unit, language, exact=False)
    words = of_high.words.in_(language) if of_high else _raw_unit(unit, language)
    return middle, band.removesuffix(words) if of_median == of_high else band


def points(value: float, unit: str, language: Language) -> str:
    """A difference of two values in words: shares differ by percentage points."""
    if canonical(unit) == "share":
        number = grouped(100.0 * in_canonical(value, unit), 1)
        return number + (tr(" point") if number == "1.0" else tr(" points")).in_(language)
    return quantity(value, unit, language)


def grouped(value: float, decimals: int, *, exact: bool = False) -> str:
    """A number with thousands separators; exact: without zeros at the end."""
    text = f"{value:,.{decimals}f}"
    if exact and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith("-") and not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace("-", "−")


def about(value: float) -> float:
    """A number to three significant figures."""
    if value == 0.0 or not isfinite(value):
        return value
    return round(value, 2 - floor(log10(abs(value))))


def percent(probability: float) -> str:
    """A probability in whole percent that never rounds a doubt away: <1% and >99% stay what they are."""
    if 0.0 < probability < 0.01:
        return "<1%"
    if 0.99 < probability < 1.0:
        return ">99%"
    return f"{100.0 * probability:.0f}%"


def percent_error(error: float) -> str:
    """A standard error of a probability in percentage points, as `± 1`."""
    size = 100.0 * error
    if size >= 0.95:
        return f"± {size:.0f}"
    return f"± {size:.1f}" if size >= 0.05 else "± <0.1"


def _scaled(value: float, unit: str, language: Language, *, exact: bool) -> tuple[Scale | None, str]:
    kind, size = canonical(unit), in_canonical(value, unit)
    scale = _scale(kind, abs(size), language)
    if scale is None:
        return None, grouped(value, 4 if exact else 1, exact=True)
    return scale, _rounded(size, scale, exact=exact)


def _rounded(size: float, scale: Scale, *, exact: bool = False) -> str:
    number = size / scale.size
    if exact:
        return grouped(number, 4, exact=True)
    whole = len(f"{abs(number):.0f}")
    if whole > 4 or (whole == 4 and scale.decimals == 0):
        number = round(number, min(4 - whole, -2) if whole > 4 else -1)
    return grouped(number, max(min(scale.decimals, 4 - whole), 0))


def scale(unit: str, size: float, language: Language) -> Scale | None:
    """How a quantity of that size is written, `size` in its canonical unit; None where the unit is not known."""
    return _scale(canonical(unit), abs(size), language)


def _scale(kind: str, size: float, language: Language) -> Scale | None:
    scales = _SCALES.get(kind)
    if scales is None:
        return None
    scale = next((one for one in scales if size >= one.least), scales[-1])
    if language == "zh" and kind in _MYRIADS:  # Chinese counts in 万 and 亿 where English has thousands and millions
        for least, word in ((1e8, "亿"), (1e4, "万")):
            if size >= least:
                return Scale(least, Text(word + scale.words.zh, scale.words.en), decimals=2)
    return scale


def _raw_unit(unit: str, language: Language) -> str:
    if language == "en":
        unit = units.of_plans().get(unit, unit)
    unit = unit_in(unit, language)
    return f" {unit}" if unit and (language == "en" or unit[0].isascii()) else unit
