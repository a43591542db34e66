"""What the strongest factors do, in a sentence each."""

from collections.abc import Sequence
from math import isfinite
from typing import Final

from sim.common.language import Text, in_each
from sim.common.numbers import quantity
from sim.common.quickclass import quickclass
from sim.common.typography import sentence
from sim.questions.texts import tr

_LEAST: Final = 0.05
"""Factors with an index below this share of the largest are not spoken of."""


@quickclass(frozen=True, slots=True)
class Strength:
    """How strong a factor is: its leading index, half the interval, and the result at its top less at its bottom.

    floor: the index that chance alone may give (NaN: not known).
    """

    name: Text
    value: float
    half: float
    shift: float
    floor: float


def sentences(found: Sequence[Strength], output: Text, unit: str, method: str, most: int) -> tuple[Text, ...]:
    """A sentence for each of the strongest factors, the strongest first."""
    ranked = sorted(found, key=lambda strength: -strength.value)
    told = [one for one in ranked[:most] if _stands_out(one) and one.value >= _LEAST * ranked[0].value]
    if not told:
        return (tr("no factor stands out from what chance alone would give"),)
    return tuple(_sentence(one, output, unit, method) for one in told)


def _stands_out(one: Strength) -> bool:
    return one.value > 0.0 and not one.value <= one.floor


def _sentence(one: Strength, output: Text, unit: str, method: str) -> Text:
    how = _how_much(one, unit, method, output)
    if one.shift == 0.0 or method == "swing":
        said = tr("{name} {how}.", name=one.name, how=how)
    elif one.shift > 0.0:
        said = tr(
            "{name} {how}; from its low end to its high end it raises the result by {change} on average.",
            name=one.name,
            how=how,
            change=_size(one.shift, unit),
        )
    else:
        said = tr(
            "{name} {how}; from its low end to its high end it lowers the result by {change} on average.",
            name=one.name,
            how=how,
            change=_size(one.shift, unit),
        )
    return Text(said.zh, sentence(said.en))


def _size(value: float, unit: str) -> Text:
    return in_each(lambda language: quantity(abs(value), "points" if unit == "share" else unit, language))


def _how_much(one: Strength, unit: str, method: str, result: Text) -> Text:
    if method in ("sobol", "fast", "anova"):
        error = f" (± {100 * one.half:.0f})" if isfinite(one.half) and method == "sobol" else ""
        share = f"{100 * min(max(one.value, 0.0), 1.0):.0f}%{error}"
        return tr("has a part in about {share} of the differences in {result}", share=share, result=result)
    if method == "variance":
        share = f"{100 * min(max(one.value, 0.0), 1.0):.0f}% (± {100 * one.half:.0f})"
        return tr("alone explains about {share} of the differences in {result}", share=share, result=result)
    size = _size(one.value, unit)
    if method == "swing" and one.shift >= 0.0:
        return tr("alone, from its low end to its high end, raises {result} by {size}", result=result, size=size)
    if method == "swing":
        return tr("alone, from its low end to its high end, lowers {result} by {size}", result=result, size=size)
    if method == "morris":
        return tr("alone moves {result} by about {size}", result=result, size=size)
    error = f" ± {one.half:.2f}" if isfinite(one.half) else ""
    index = f"{one.value:.2f}{error}"
    return tr("shifts the distribution of {result} ({method} index {index})", result=result, method=method, index=index)
