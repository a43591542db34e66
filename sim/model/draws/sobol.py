"""The design of a run: Sobol points whose columns are scrambled one by one, keyed by name."""

import warnings
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.model.arrays import Array
from sim.model.draws.rng import stream

Digits = NDArray[np.uint32]

Columns = tuple[tuple[str, int], ...]
"""The columns of a design: the name of each, and its dimension of the Sobol sequence, from 1."""

_BITS: Final = 32


@lru_cache(maxsize=1)
def points(seed: int, columns: Columns, draws: range) -> Array:
    """Points in (0, 1), shape [draw, column]; read only.

    A column depends on the seed, its own name and its own dimension, and on no other column; draw i is the same
    point whichever range it is asked in. The last answer is kept: all regions of a case, and all counties of a batch,
    ask for the same.
    """
    plain = _plain(columns, draws)
    keys = np.stack([_key(seed, name) for name, _ in columns], axis=1)
    found: Array = (_scrambled(plain, keys, draws).astype(np.float64) + 0.5) / 2.0**_BITS
    found.flags.writeable = False
    return found


def _plain(columns: Columns, draws: range) -> Digits:
    """Binary digits of the Sobol sequence as it is, shape [draw, column]."""
    dimensions = [dimension for _, dimension in columns]
    sampler = qmc.Sobol(max(dimensions), scramble=False, bits=_BITS)
    if draws.start:
        sampler.fast_forward(draws.start)
    with warnings.catch_warnings():
        # a number of draws that is no power of two is the user's choice; any prefix stays valid
        warnings.simplefilter("ignore", UserWarning)
        plain = sampler.random(len(draws))
    digits: Digits = (plain[:, np.array(dimensions) - 1] * 2.0**_BITS).astype(np.uint32)
    return digits


def _key(seed: int, name: str) -> Digits:
    """The random bits of a column: what each digit is turned into, and last the shift [digit + 1]."""
    key: Digits = (stream(seed, f"design/{name}").random_raw(_BITS + 1) >> np.uint64(32)).astype(np.uint32)
    return key


def _scrambled(plain: Digits, keys: Digits, draws: range) -> Digits:
    """The digits after a random linear scramble and a digital shift, shape of `plain`.

    A digit stays in its place and moves random ones of those after it (Matoušek 1998, doi:10.1006/jcom.1998.0489), so
    that every box of the net still holds as many points. keys [digit + 1, column].
    """
    scrambled = np.broadcast_to(keys[_BITS], plain.shape).copy()
    for place in range((draws.stop - 1).bit_length()):  # a draw has no further digits than its number
        one = np.uint32(1 << (_BITS - 1 - place))
        turned = one | (keys[place] & (one - np.uint32(1)))
        scrambled ^= np.where(plain & one, turned, np.uint32(0))
    return scrambled
