"""How every kernel is compiled."""

import os
from pathlib import Path
from typing import Any, Final

OPTIONS: Final[dict[str, Any]] = {
    "cache": True,
    "nogil": True,
    # sums may be taken in any order, so that they use vector instructions; nothing else is relaxed
    "fastmath": {"reassoc", "contract", "nsz"},
}

INLINED: Final[dict[str, Any]] = {**OPTIONS, "forceinline": True}
"""Of what only kernels call: a function of its own would be compiled twice, and which copy is used, whose sums may be
taken in another order, would depend on whether this process compiled it or found it in the cache."""


def is_cached() -> bool:
    """Whether compiled kernels of an earlier run are on this machine, where Numba keeps them."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    folder = Path(chosen) if chosen else Path(__file__).parent / "__pycache__"
    return any(folder.rglob("year.lanes_year*.nbi"))
