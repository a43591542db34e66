"""The design of a run: Sobol points whose columns are scrambled one by one, keyed by name.

Directions: S. Joe and F. Y. Kuo (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM
Journal on Scientific Computing 30(5): 2635–2654, doi:10.1137/070709359; they are those of `scipy.stats.qmc.Sobol`.
"""

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Array
from sim.model.draws.rng import stream

Digits = NDArray[np.uint32]

Columns = tuple[tuple[str, int], ...]
"""The columns of a design: the name of each, and its dimension of the Sobol sequence, from 1."""

DIRECTIONS: Final = Path(__file__).with_name("directions.csv")
"""Of each dimension but the first: its polynomial, as the bits of a number, and the first of its direction numbers."""

_BITS: Final = 32


@lru_cache(maxsize=1)
def points(seed: int, columns: Columns, draws: range) -> Array:
    """Points in (0, 1), shape [draw, column]; read only.

    A column depends on the seed, its own name and its own dimension, and on no other column; draw i is the same
    point whichever range it is asked in. The last answer is kept: all regions of a case, and all counties of a batch,
    ask for the same.
    """
    keys = np.stack([_key(seed, name) for name, _ in columns], axis=1)
    own = _scrambled(directions([dimension for _, dimension in columns]), keys)
    found: Array = ((sequence(own, draws) ^ keys[_BITS]).astype(np.float64) + 0.5) / 2.0**_BITS
    found.flags.writeable = False
    return found


def directions(dimensions: Sequence[int]) -> Digits:
    """Direction numbers of dimensions from 1, the highest digit first [digit, dimension].

    Raises ValueError for a dimension that the table does not have.
    """
    if max(dimensions) > len(_table()) + 1:
        raise ValueError(f"there is no dimension {max(dimensions)}")
    rows = [(1, ()) if one == 1 else _table()[one - 2] for one in dimensions]
    polynomials, degrees = np.array([row[0] for row in rows]), np.array([len(row[1]) for row in rows])
    found = np.zeros((_BITS, len(rows)), dtype=np.uint32)
    for column, (_, first) in enumerate(rows):
        given = first or (1,) * _BITS
        found[: len(given), column] = np.array(given, dtype=np.uint32) << np.arange(
            _BITS - 1, _BITS - 1 - len(given), -1
        )
    for digit in range(1, _BITS):
        for back in range(1, min(digit, int(degrees.max())) + 1):
            follows = (back <= degrees) & (degrees <= digit)
            taken = follows & (polynomials >> np.maximum(degrees - back, 0) & 1 == 1)
            found[digit] ^= np.where(taken, found[digit - back], np.uint32(0))
            found[digit] ^= np.where(follows & (back == degrees), found[digit - back] >> np.uint32(back), np.uint32(0))
    return found


def sequence(of: Digits, draws: range) -> Digits:
    """Points as binary digits [draw, dimension]. of: direction numbers [digit, dimension].

    Each point is the one before it with one direction added, as Gray's code counts (Antonov and Saleev 1979,
    doi:10.1016/0041-5553(79)90085-5).
    """
    found = np.empty((len(draws), of.shape[1]), dtype=np.uint32)
    if not len(draws):
        return found
    gray = draws.start ^ draws.start >> 1
    found[0] = np.bitwise_xor.reduce(of[[digit for digit in range(_BITS) if gray >> digit & 1]], axis=0)
    number = np.arange(draws.start + 1, draws.stop)
    found[1:] = of[np.bitwise_count((number & -number) - 1)]
    return np.bitwise_xor.accumulate(found, axis=0, out=found)


@cache
def _table() -> tuple[tuple[int, tuple[int, ...]], ...]:
    with DIRECTIONS.open(encoding="utf-8", newline="") as file:
        return tuple(
            (int(row["polynomial"]), tuple(int(one) for one in row["first"].split())) for row in csv.DictReader(file)
        )


def _key(seed: int, name: str) -> Digits:
    """The random bits of a column: what each digit is turned into, and last the shift [digit + 1]."""
    key: Digits = (stream(seed, f"design/{name}").random_raw(_BITS + 1) >> np.uint64(32)).astype(np.uint32)
    return key


def _scrambled(plain: Digits, keys: Digits) -> Digits:
    """Direction numbers [digit, column] after a random linear scramble, by which all their points are scrambled.

    A digit stays in its place and moves random ones of those after it (Matoušek 1998, doi:10.1006/jcom.1998.0489), so
    that every box of the net still holds as many points. keys [digit + 1, column].
    """
    scrambled = np.zeros_like(plain)
    for place in range(_BITS):
        one = np.uint32(1 << (_BITS - 1 - place))
        turned = one | (keys[place] & (one - np.uint32(1)))
        scrambled ^= np.where(plain & one, turned, np.uint32(0))
    return scrambled
