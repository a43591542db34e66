"""Random numbers as a function of (seed, site, draw, year), so that scenarios share their noise.

Each site (the name of a place in the model that needs chance) has its own Philox stream, keyed by the
seed and the site's name. In it every draw owns a fixed stretch of numbers, one a year; asking for draws
10…20 or for draw 15 alone therefore gives the same numbers (Salmon et al. 2011, doi:10.1145/2063384.2063405).
"""

import hashlib

import numpy as np

from sim.model.arrays import Array

STRETCH = 128
"""Numbers that a draw owns at a site: the longest run, in years."""

_PER_COUNTER = 4


def stream(seed: int, site: str) -> np.random.Philox:
    """The random bits of a site, from their beginning."""
    digest = hashlib.blake2b(f"{seed}/{site}".encode(), digest_size=16).digest()
    return np.random.Philox(key=np.frombuffer(digest, dtype=np.uint64).copy())


def uniforms(seed: int, site: str, draws: range, years: int = 1) -> Array:
    """Uniform numbers in (0, 1), shape [draw, year], the same however the draws are asked for.

    Raises ValueError if `years` is over STRETCH.
    """
    if years > STRETCH:
        raise ValueError(f"a run of {years} years is longer than the {STRETCH} that a draw owns")
    bits = stream(seed, site)
    bits.advance(draws.start * (STRETCH // _PER_COUNTER))
    numbers = np.random.Generator(bits).random((len(draws), STRETCH))[:, :years]
    tiny = 2.0**-54
    return np.ascontiguousarray(np.maximum(numbers, tiny))
