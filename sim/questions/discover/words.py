"""Factors, limits and failures in words."""

import re
from collections.abc import Sequence
from math import ceil, floor, inf, log10
from typing import Final

from sim.common.language import NOTHING, Language, Text, in_each, joined
from sim.common.numbers import percent, quantity
from sim.common.typography import sentence
from sim.questions.discover.box import Box
from sim.questions.discover.cases import TIMES, Varied
from sim.questions.discover.question import EVEN, Criterion
from sim.questions.texts import tr

_STATISTICS: Final = {
    "mean": tr("mean"),
    **{
        key: tr("{share}% quantile", share=share)
        for key, share in (("q025", 2.5), ("q10", 10), ("q25", 25), ("q75", 75), ("q90", 90), ("q975", 97.5))
    },
}

_LEADING: Final = re.compile(r"^[×+]?\s*[−-]?[\d,.]+")


def value(factor: Varied, number: float, language: Language) -> str:
    """A value of a factor with its unit."""
    if factor.is_year:
        return tr("{number:.0f}", number=number).in_(language)
    if factor.unit == TIMES:
        return f"× {number:.4g}"
    return quantity(number, factor.unit, language, exact=True) if factor.unit else f"{number:.4g}"


def extent(factor: Varied, low: float, high: float, language: Language) -> str:
    """Which values of a factor lie above `low` and up to `high`, without its name."""
    if factor.levels:
        return _levels(factor, low, high, language)
    bottom, top = (value(factor, limit, language) if abs(limit) < inf else "" for limit in (low, high))
    if bottom and top:
        return tr("between {bottom} and {top}", bottom=bottom, top=top).in_(language)
    if top:
        return tr("under {top}", top=top).in_(language)
    return tr("over {bottom}", bottom=bottom).in_(language)


def _levels(factor: Varied, low: float, high: float, language: Language) -> str:
    inside = [level for level in factor.levels if low < level <= high]
    if not inside:
        return "—"
    first, last = (value(factor, level, language) for level in (inside[0], inside[-1]))
    if len(inside) == 1:
        return tr("{first}", first=first).in_(language)
    if inside[0] == factor.levels[0]:
        least = tr("{last} or earlier", last=last) if factor.is_year else tr("{last} or less", last=last)
        return least.in_(language)
    if inside[-1] == factor.levels[-1]:
        most = tr("{first} or later", first=first) if factor.is_year else tr("{first} or more", first=first)
        return most.in_(language)
    return tr("from {first} to {last}", first=first, last=last).in_(language)


def conditions(box: Box, factors: Sequence[Varied], language: Language) -> str:
    """The limits of a box as one clause."""
    said = []
    for column in box.columns:
        factor = factors[column]
        where = extent(factor, box.low[column], box.high[column], language)
        said.append(tr("“{factor}” is {where}", factor=factor.name, where=where))
    clauses = [joined(said[:-1], ",且", ", "), said[-1]] if len(said) > 1 else said
    return joined(clauses, ",且", " and ").in_(language)


def opening(text: str) -> str:
    """A text as it stands at the beginning, with a capital also within quotation marks."""
    return f"“{sentence(text[1:])}" if text.startswith("“") else sentence(text)


def failure(criterion: Criterion) -> Text:
    """What a failure is, as a clause."""
    if criterion.target is not None and criterion.limit == EVEN and criterion.side == "below":
        return tr("the target “{target}” is missed", target=criterion.target)
    limit = {language: quantity(criterion.limit, criterion.unit, language, exact=True) for language in ("zh", "en")}
    under = tr("under {limit}", limit=in_each(lambda language: limit[language]))
    way = under if criterion.side == "below" else tr("over {limit}", limit=in_each(lambda language: limit[language]))
    if criterion.target is not None:
        return tr("the probability of reaching “{target}” is {way}", target=criterion.target, way=way)
    statistic = _STATISTICS.get(criterion.statistic)
    part = tr(" ({statistic})", statistic=statistic) if statistic else NOTHING
    return tr("“{title}”{part} is {way}", title=criterion.title, part=part, way=way)


def definition(criterion: Criterion) -> Text:
    """What it means that one case misses a target; empty where nothing needs to be said."""
    if criterion.target is None or criterion.limit != EVEN or criterion.side != "below":
        return NOTHING
    odds = percent(criterion.limit)
    return tr(" (its probability is under {odds})", odds=odds)


def ticks(
    factor: Varied, low: float, high: float, language: Language
) -> tuple[tuple[float, ...], tuple[str, ...], str]:
    """Where an axis of a factor has ticks, their words, and the unit that these leave out."""
    if factor.levels:
        every = -(-len(factor.levels) // 6)
        at: tuple[float, ...] = factor.levels[::every]
    else:
        at = _round_values(low, high)
    said = [value(factor, tick, language) for tick in at]
    if factor.is_year:
        return at, tuple(f"{tick:.0f}" for tick in at), ""
    parts = [_LEADING.match(words) for words in said]
    units_ = {words[part.end() :].strip() for words, part in zip(said, parts, strict=True) if part is not None}
    if len(units_) != 1 or None in parts:
        return at, tuple(said), ""
    return at, tuple(part.group().strip() for part in parts if part is not None), units_.pop()


def _round_values(low: float, high: float) -> tuple[float, ...]:
    """About five round values from low to high."""
    if high <= low:
        return (low,)
    rough = (high - low) / 4.0
    power = 10.0 ** floor(log10(rough))
    step = min((power * digit for digit in (1.0, 2.0, 2.5, 5.0, 10.0)), key=lambda one: abs(one - rough))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(float(f"{number * step:.10g}") for number in range(first, last + 1))
