"""What the strongest factors do, in a sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from sim.common.language import LANGUAGES, Language, Text
from sim.common.numbers import quantity
from sim.common.typography import sentence
from sim.questions.texts import tr

_LEAST: Final = 0.05
"""Factors with an index below this share of the largest are not spoken of."""


@dataclass(frozen=True, slots=True)
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
    return tuple(Text(*(_sentence(one, output, unit, method, language) for language in LANGUAGES)) for one in told)


def _stands_out(one: Strength) -> bool:
    return one.value > 0.0 and not one.value <= one.floor


def _sentence(one: Strength, output: Text, unit: str, method: str, language: Language) -> str:
    name, result = one.name.in_(language), output.in_(language)
    how = _how_much(one, unit, method, result, language)
    if one.shift == 0.0 or method == "swing":
        return f"“{name}”{how}。" if language == "zh" else sentence(f"{name} {how}.")
    change = quantity(abs(one.shift), "points" if unit == "share" else unit, language)
    if language == "zh":
        return f"“{name}”{how};由低端到高端,结果平均{'提高' if one.shift > 0 else '降低'} {change}。"
    verb = "raises" if one.shift > 0 else "lowers"
    return sentence(f"{name} {how}; from its low end to its high end it {verb} the result by {change} on average.")


def _how_much(one: Strength, unit: str, method: str, result: str, language: Language) -> str:
    if method in ("sobol", "fast", "anova"):
        error = f" (± {100 * one.half:.0f})" if isfinite(one.half) and method == "sobol" else ""
        share = f"{100 * min(max(one.value, 0.0), 1.0):.0f}%{error}"
        return (
            f"牵动“{result}”各成员间差异的约 {share}"
            if language == "zh"
            else f"has a part in about {share} of the differences in {result}"
        )
    if method == "variance":
        share = f"{100 * min(max(one.value, 0.0), 1.0):.0f}% (± {100 * one.half:.0f})"
        return (
            f"单独解释“{result}”各成员间差异的约 {share}"
            if language == "zh"
            else f"alone explains about {share} of the differences in {result}"
        )
    if method == "swing":
        size = quantity(one.value, "points" if unit == "share" else unit, language)
        if language == "zh":
            return f"单独由低端到高端,使“{result}”{'提高' if one.shift >= 0 else '降低'} {size}"
        return f"alone, from its low end to its high end, {'raises' if one.shift >= 0 else 'lowers'} {result} by {size}"
    if method == "morris":
        size = quantity(one.value, "points" if unit == "share" else unit, language)
        return f"单独变动可使“{result}”变化约 {size}" if language == "zh" else f"alone moves {result} by about {size}"
    error = f" ± {one.half:.2f}" if isfinite(one.half) else ""
    index = f"{one.value:.2f}{error}"
    return (
        f"对“{result}”的分布影响显著({method} 指数 {index})"
        if language == "zh"
        else f"shifts the distribution of {result} ({method} index {index})"
    )
