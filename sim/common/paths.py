"""Where the library of regions, plans, policies and calibrations lies."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.common.errors import Place

VARIABLE: Final = "TOWNWARD_LIBRARY"


def shown(path: Path) -> str:
    """A path as people should read it: relative to this folder or to the library where it lies below one of them."""
    whole = path.resolve()
    for root in (Path.cwd(), library()):
        if whole.is_relative_to(root.resolve()):
            return whole.relative_to(root.resolve()).as_posix()
    return path.as_posix()


def shown_place(place: Place) -> str:
    """A place in a file as people should read it: `file:line:column` with the file as `shown` gives it."""
    return str(replace(place, file=shown(Path(place.file))))


def library() -> Path:
    """The folder that holds `scenarios/` and `calibration/`.

    The environment variable TOWNWARD_LIBRARY if set; else the data inside an installed wheel; else the
    root of the source tree.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent
