"""What all draws would give, from a few of them: the effect on a draw, fitted to where that draw was before."""

from typing import Final

import numpy as np

from sim.model.arrays import Array, Flags

PARTS: Final = 10
"""Parts of the few draws, of which each is left out once to see how far the answer hangs on it."""
_POWERS: Final = 3
"""Of 1 + y + y²."""
_TINY: Final = 1e-12
"""Keeps the fit solvable where all outcomes are the same."""


def carried(before: Array, after: Array) -> Array:
    """A moved outcome of all draws [draw], from all before and the first few after the move.

    The effect (after − before) of the few draws is fitted to 1 + y + y², y the outcome before, and added to every
    draw with what the fit left over, taken round and round. The few keep their own outcomes.
    """
    every: Flags = np.ones((1, len(after)), dtype=bool)
    found: Array = _carried(before, after, every)[0]
    return found


def without_each(before: Array, after: Array) -> Array:
    """The same with each part of the few draws left out in turn [part, draw]."""
    position = np.arange(len(after)) % PARTS
    return _carried(before, after, position[np.newaxis] != np.arange(PARTS)[:, np.newaxis])


def jackknife(values: Array) -> float:
    """The standard error of what was worked out once without each part, from those results [part]."""
    n = len(values)
    return float(np.sqrt((n - 1) / n * ((values - values.mean()) ** 2).sum()))


def _carried(before: Array, after: Array, kept: Flags) -> Array:
    """kept: which of the few draws count [case, few]."""
    n_few, n_all = len(after), len(before)
    spread = float(before.std())
    at = (before - before.mean()) / spread if spread > 0.0 else np.zeros_like(before)
    powers = np.vander(at, _POWERS, increasing=True)
    own, effect, weight = powers[:n_few], after - before[:n_few], kept.astype(np.float64)
    squares = np.einsum("cf,fi,fj->cij", weight, own, own) + _TINY * n_few * np.eye(_POWERS)
    sums = weight @ (own * effect[:, np.newaxis])
    fit = np.linalg.solve(squares, sums[..., np.newaxis])[..., 0]
    fitted = fit @ powers.T
    found: Array = before + fitted
    for case, chosen in enumerate(kept):
        found[case] += np.resize((effect - fitted[case, :n_few])[chosen], n_all)
    if kept.all():
        found[:, :n_few] = after
    return found
