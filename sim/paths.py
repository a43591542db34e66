"""Where the library of regions, plans, policies and calibrations lies."""

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "TOWNWARD_LIBRARY"


def library() -> Path:
    """The folder that holds `scenarios/` and `calibration/`.

    The environment variable TOWNWARD_LIBRARY if set; else the data inside an installed wheel; else the
    root of the source tree.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    package = Path(__file__).resolve().parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent
