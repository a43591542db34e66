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


def is_cached() -> bool:
    """Whether compiled kernels of an earlier run are on this machine, where Numba keeps them."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    folder = Path(chosen) if chosen else Path(__file__).parent / "__pycache__"
    return any(folder.rglob("year.lanes_year*.nbi"))
