"""Names of counties and prefectures in pinyin, for readers of English and for searching."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from sim.common.errors import fault
from sim.common.paths import library
from sim.places.texts import tr

FILE: Final = Path("calibration") / "place_names.csv"


@cache
def known() -> dict[str, str]:
    """Pinyin by Chinese name, as 界首市: Jieshou. Raises InvalidInput on a damaged table."""
    path = library() / FILE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["zh"]: row["en"] for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError, TypeError) as problem:
        raise fault(str(path), "", tr("cannot read the table of names: {problem}", problem=problem)) from None


def pinyin(name: str) -> str:
    """A place's name in pinyin, without what kind of place it is; the name itself where it is not known."""
    return known().get(name.strip(), name)
