"""Space for what is kept of every draw: in memory, or in a temporary file where that is much.

A file is mapped, and what memory its pages take is let go of as a run goes on, so that memory does not grow with draws.
"""

import ctypes
import mmap
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Array, Integers, Kept

IN_MEMORY: Final = 100_000_000
"""What one array takes in memory at most [byte]."""
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
_HELD: Final = {_TRIM_THRESHOLD: 256 << 20, _TOP_PAD: 64 << 20, _MMAP_THRESHOLD: 32 << 20}
"""What glibc holds of memory that is given back, takes ahead, and takes from the system alone [byte]."""


@cache
def hold() -> None:
    """Let the memory that a block of draws gives back be there for the next one, where glibc is.

    A page that the system gives anew is cleared first: for all that a block takes, as long as a sixth of its years.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            for parameter, size in _HELD.items():
                libc.mallopt(parameter, size)


def kept_space(shape: tuple[int, ...]) -> Kept:
    """Zeros in single precision."""
    return _space(shape, np.float32)


def space(shape: tuple[int, ...]) -> Array:
    """Zeros."""
    return _space(shape, np.float64)


def let_go(values: NDArray[Any]) -> None:
    """Let go of the memory of an array that is a file's, or a view of one; what was written stays."""
    owner: Any = values
    while isinstance(owner, np.ndarray):
        owner = owner.base
    owner = owner.obj if isinstance(owner, memoryview) else owner
    if sys.platform == "linux" and isinstance(owner, mmap.mmap):
        owner.madvise(mmap.MADV_DONTNEED)


def picked(values: Kept, draws: Integers) -> Kept:
    """Some of the draws, by position. values: [measure, …, draw]."""
    found = kept_space((*values.shape[:-1], len(draws)))
    for own, out in zip(values, found, strict=True):
        np.take(own, draws, axis=-1, out=out)
        let_go(found)
        let_go(values)
    return found


def _space(shape: tuple[int, ...], kind: type[Any]) -> NDArray[Any]:
    size = prod(shape) * np.dtype(kind).itemsize
    mapped = _mapped(size) if size > IN_MEMORY else None
    return np.zeros(shape, kind) if mapped is None else np.frombuffer(mapped, kind).reshape(shape)


def _mapped(size: int) -> mmap.mmap | None:
    """A file of zeros that is gone when nobody has it; None where there is no room, or memory cannot be let go of."""
    if sys.platform != "linux":
        return None
    with suppress(OSError), tempfile.TemporaryFile() as file:
        # writing to a page that the disk has no room for would end the process
        os.posix_fallocate(file.fileno(), 0, size)
        return mmap.mmap(file.fileno(), size)
    return None
