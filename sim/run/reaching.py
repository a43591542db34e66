"""Whether outcomes reach a target, how likely, and what that is called."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.model.arrays import Array, Flags
from sim.scenario.resolved import Target

WORDS: Final = ((0.95, "certain"), (0.8, "likely"), (0.5, "possible"), (0.2, "unlikely"), (0.0, "out of reach"))
BAND: Final = (0.1, 0.5, 0.9)
PROMISES: Final = (0.5, 0.8, 0.95)
"""How sure a value is that could be promised."""


def word(probability: float, error: float = 0.0) -> str:
    """What a probability is called; nothing is certain whose own error (one standard error) reaches below 95%."""
    found = next(name for floor, name in WORDS if probability >= floor)
    return "likely" if found == "certain" and probability - error < WORDS[0][0] else found


def probability(reached: Flags) -> tuple[float, float]:
    """Share of draws that reach a target, and its Monte Carlo error (one standard error) [1].

    The error takes half a success and half a failure more than were seen, so that it is not 0 at 0 or 1.
    """
    n = len(reached)
    seen = float(reached.mean())
    smoothed = (reached.sum() + 0.5) / (n + 1.0)
    return seen, float(np.sqrt(smoothed * (1.0 - smoothed) / n))


def reaches(outcome: Array, target: Target) -> Flags:
    """Whether each outcome meets the target, shape of `outcome`. Raises ValueError for a target without a value."""
    if target.value is None or target.op is None:
        raise ValueError(f"target {target.id} has no value to reach")
    if target.op == "at_least":
        return outcome >= target.value - target.tolerance
    if target.op == "at_most":
        return outcome <= target.value + target.tolerance
    return np.abs(outcome - target.value) <= max(target.tolerance, 1e-9)


def promised(outcome: Array, target: Target) -> tuple[float, float, float] | None:
    """The value that the draws reach, or stay within, with 50, 80 and 95%; None where the target is a point."""
    if target.op not in ("at_least", "at_most"):
        return None
    shares = PROMISES if target.op == "at_most" else tuple(1.0 - share for share in PROMISES)
    even, likely, certain = (float(value) for value in np.quantile(outcome, shares))
    return even, likely, certain


def shortfall(median: float, target: Target) -> float:
    """What the median is short of a target, in its unit; 0 where it is met."""
    value = float(target.value or 0.0)
    if target.op == "at_least":
        return max(value - median, 0.0)
    if target.op == "at_most":
        return max(median - value, 0.0)
    return max(abs(median - value) - target.tolerance, 0.0)


def first_year(by_year: Array, target: Target, years: Sequence[int]) -> int | None:
    """The first year whose median reaches the target, the base year left out. by_year: [year, draw]."""
    medians = np.median(by_year[1:], axis=1)
    return next((y for y, m in zip(years[1:], medians, strict=True) if reaches(np.array([m]), target)[0]), None)
