"""Random numbers as a function of (seed, site, draw, year), so that scenarios share their noise.

Each site (the name of a place in the model that needs chance) has its own Philox stream, keyed by the
seed and the site's name. In it every draw owns a fixed stretch of numbers, one a year; asking for draws
10…20 or for draw 15 alone therefore gives the same numbers (Salmon et al. 2011, doi:10.1145/2063384.2063405).
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Array
from sim.model.compiled import STRICT, kernel, rule

STRETCH = 128
"""Numbers that a draw owns at a site: the longest run, in years."""

_PER_COUNTER = 4
_ROUNDS = 10
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_ADD_0, _ADD_1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_ZERO, _ELEVEN = np.uint64(0), np.uint64(11)


def _key(seed: int, site: str) -> NDArray[np.uint64]:
    digest = hashlib.blake2b(f"{seed}/{site}".encode(), digest_size=16).digest()
    return np.frombuffer(digest, dtype=np.uint64).copy()


def stream(seed: int, site: str) -> np.random.Philox:
    """The random bits of a site, from their beginning."""
    return np.random.Philox(key=_key(seed, site))


def uniforms(seed: int, site: str, draws: range, years: int = 1) -> Array:
    """Uniform numbers in (0, 1), shape [draw, year], the same however the draws are asked for.

    Raises ValueError if `years` is over STRETCH.
    """
    if years > STRETCH:
        raise ValueError(f"a run of {years} years is longer than the {STRETCH} that a draw owns")
    numbers = np.empty((len(draws), years))
    _fill(_key(seed, site), draws.start, numbers, np.empty(_PER_COUNTER, dtype=np.uint64))
    return numbers


@kernel(STRICT)
def _fill(key: NDArray[np.uint64], first: int, numbers: Array, bits: NDArray[np.uint64]) -> None:
    """Write the numbers of draws from `first` on [draw, year], as `stream` has them at their places. bits: space."""
    for draw in range(numbers.shape[0]):
        for year in range(numbers.shape[1]):
            place = year % _PER_COUNTER
            if place == 0:
                counter = (first + draw) * (STRETCH // _PER_COUNTER) + year // _PER_COUNTER + 1
                philox(np.uint64(counter), key[0], key[1], bits)
            numbers[draw, year] = np.maximum((bits[place] >> _ELEVEN) * 2.0**-53, 2.0**-54)


@rule
def philox(counter: np.uint64, key_0: np.uint64, key_1: np.uint64, bits: NDArray[np.uint64]) -> None:
    """Philox4x64-10 (Salmon et al. 2011) of a counter and a key: four random words."""
    word_0, word_1, word_2, word_3 = counter, _ZERO, _ZERO, _ZERO
    for _ in range(_ROUNDS):
        high_0, low_0 = upper(_MULTIPLY_0, word_0), _MULTIPLY_0 * word_0
        high_1, low_1 = upper(_MULTIPLY_1, word_2), _MULTIPLY_1 * word_2
        word_0, word_1, word_2, word_3 = high_1 ^ word_1 ^ key_0, low_1, high_0 ^ word_3 ^ key_1, low_0
        key_0, key_1 = key_0 + _ADD_0, key_1 + _ADD_1
    bits[0], bits[1], bits[2], bits[3] = word_0, word_1, word_2, word_3


@rule
def upper(one: np.uint64, other: np.uint64) -> np.uint64:
    """The upper half of a product of two words."""
    one_low, one_high, other_low, other_high = one & _LOW, one >> _HALF, other & _LOW, other >> _HALF
    middle = one_high * other_low + ((one_low * other_low) >> _HALF)
    return one_high * other_high + (middle >> _HALF) + ((one_low * other_high + (middle & _LOW)) >> _HALF)
