"""The frequencies of FAST's curves, which its design and its analysis share."""

from typing import Final

import numpy as np

from sim.model.arrays import Array

HARMONICS: Final = 4
"""Terms of a factor's Fourier series."""


def frequencies(size: int, factors: int) -> tuple[int, Array]:
    """The frequency of a curve's own factor, and those of the others (Saltelli et al. 1999)."""
    own = (size - 1) // (2 * HARMONICS)
    most = own // (2 * HARMONICS)
    others = factors - 1
    if most >= others:
        return own, np.floor(np.linspace(1.0, most, others))
    return own, (np.arange(others) % most + 1).astype(np.float64)
