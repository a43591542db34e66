"""Two levers: which of their combinations are enough."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.questions.seek.lever import Lever
from sim.questions.seek.response import Response

SIZE: Final = 11
"""Values of each lever."""


@quickclass(frozen=True, slots=True)
class Region:
    """Two levers on a grid.

    x, y: their values; probability: of the goal that is hardest to meet there [y, x] (NaN where a setting is not
    allowed); margin: 0 or more where every goal is likely enough, in spreads [y, x].
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    probability: tuple[tuple[float, ...], ...]
    margin: tuple[tuple[float, ...], ...]

    @property
    def share(self) -> float:
        """The share of the grid on which every goal is likely enough [1]."""
        cells = [value >= 0.0 for row in self.margin for value in row]
        return sum(cells) / len(cells)


def region(response: Response, levers: tuple[Lever, Lever]) -> Region:
    """The grid of two levers."""
    x, y = (_values(lever) for lever in levers)
    at = np.stack([axis.ravel() for axis in np.meshgrid(x, y)], axis=1)
    margin = response.least(at).reshape(len(y), len(x))
    likely = response.hardest(at)[1].reshape(len(y), len(x))
    return Region(
        tuple(map(float, x)),
        tuple(map(float, y)),
        tuple(tuple(map(float, row)) for row in likely),
        tuple(tuple(map(float, row)) for row in margin),
    )


def _values(lever: Lever) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if lever.is_integer and lever.width < SIZE:
        return np.arange(lever.low, lever.high + 1.0)
    even = np.linspace(lever.low, lever.high, SIZE)
    return np.unique(np.round(even)) if lever.is_integer else even
