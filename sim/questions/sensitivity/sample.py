"""The members that indices are computed from, and their mean results at both ends of each factor."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.sensitivity.designed import alone, effects

_TAIL: Final = 0.2
"""How much of a factor's range is an end."""


@quickclass(frozen=True, slots=True)
class Sample:
    """Members with a result: points in the unit cube, the same by value for listed and whole factors, and results."""

    kind: str
    points: Array
    scaled: Array
    outcome: Array

    def given(self) -> "Sample":
        """Members that are independent of each other: of Saltelli's blocks the first and the last."""
        if self.kind != "saltelli":
            return self
        size = self.points.shape[1] + 2
        rows = np.arange(len(self.outcome)) % size % (size - 1) == 0
        return Sample("latin", self.points[rows], self.scaled[rows], self.outcome[rows])


def scaled_of(factors: Sequence[dict[str, Any]], points: Array, values: Array) -> Array:
    """Where members stand from end to end of each factor: by value where values are listed or whole."""
    scaled = points.copy()
    for column, factor in enumerate(factors):
        if factor.get("ends") is not None:
            low, high = factor["ends"]
            scaled[:, column] = (values[:, column] - low) / (high - low) if high > low else 0.0
    return scaled


def tornado_of(sample: Sample, factors: Sequence[tuple[str, Text]]) -> pd.DataFrame:
    """A row for each factor: factor, name_zh, name_en, low, high [unit of the output]."""
    ends = [_ends(sample, column) for column in range(len(factors))]
    rows = [(key, name.zh, name.en, *end) for (key, name), end in zip(factors, ends, strict=True)]
    return pd.DataFrame(rows, columns=["factor", "name_zh", "name_en", "low", "high"])


def _ends(sample: Sample, column: int) -> tuple[float, float]:
    """Mean results at the low and at the high end of a factor, with the other factors as they are elsewhere.

    morris: half the mean effect to either side of all members; fast: only the factor's own curve covers the others
    evenly.
    """
    at, outcome = sample.points[:, column], sample.outcome
    if sample.kind == "morris":
        reach = 0.5 * float(effects(sample.scaled, outcome)[:, column].mean())
        middle = float(outcome.mean())
        return middle - reach, middle + reach
    if sample.kind == "one_at_a_time":
        own = alone(sample.points, column)
        at, outcome = at[own], outcome[own]
    if sample.kind == "fast":
        own = np.arange(len(at)) // (len(at) // sample.points.shape[1]) == column
        at, outcome = at[own], outcome[own]
    tail = -np.inf if sample.kind == "one_at_a_time" else _TAIL
    lowest, highest = at <= max(tail, at.min()), at >= min(1.0 - tail, at.max())
    return float(outcome[lowest].mean()), float(outcome[highest].mean())
