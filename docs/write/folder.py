"""A folder of census tables and later figures, as `make closure` and `make since-2020` take it."""

from pathlib import Path
from typing import Final

import pandas as pd

from docs.write.closure_sums import MEASURES
from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import Text

CENSUSES: Final = (2010, 2020)
CENSUS: Final = tuple(f"census/{kind}_{year}.csv" for kind in ("counties", "provinces") for year in CENSUSES)
LATER: Final = "later.csv"
_UNITS: Final = {"万人": 1e4, "百万人": 1e6, "人": 1.0, "%": 1.0, "‰": 1.0}
COLUMNS: Final = ("code", "region_zh", "year", "measure", "value", "unit")


def with_tables(data: Path) -> Path:
    """The folder, where all its tables are there. Raises: InvalidInput with every one that is not."""
    missing = [name for name in (*CENSUS, LATER) if not (data / name).is_file()]
    if missing:
        raise InvalidInput([_said(data / name, "没有这个文件", "no such file") for name in missing])
    return data


def later_figures(data: Path) -> pd.DataFrame:
    """The folder's published figures of the years since the census. Raises: InvalidInput."""
    path = data / LATER
    try:
        found = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError) as problem:
        raise fault(str(path), "", Text(f"读不出表格:{problem}", f"not a table: {problem}")) from None
    absent = [column for column in COLUMNS if column not in found.columns]
    if absent:
        names = ", ".join(absent)
        raise fault(str(path), "", Text(f"缺少列:{names}", f"columns are missing: {names}"))
    return _as_numbers(found, path)


def published(later: pd.DataFrame, code: str, residents: float, urban: float) -> dict[tuple[str, int], float]:
    """Published measures by measure and year, residents and urban share as changes since the census.

    residents [persons], urban [%]: of the census.
    """
    own = later.loc[(later["code"] == code) & later["measure"].isin(MEASURES) & later["unit"].isin(_UNITS)]
    found: dict[tuple[str, int], float] = {}
    for measure, year, value, unit in own[["measure", "year", "value", "unit"]].itertuples(index=False):
        number = float(value) * _UNITS[unit]
        if measure == "resident_pop":
            number = 100.0 * (number / residents - 1.0)
        if measure == "urbanization_rate":
            number -= urban
        found[str(measure), int(year)] = number
    return found


def _as_numbers(found: pd.DataFrame, path: Path) -> pd.DataFrame:
    numbers = {name: pd.to_numeric(found[name], errors="coerce") for name in ("year", "value")}
    wrong = [
        _said(path, f"{name} 不是数:{found[name][i]!r}", f"{name} is no number: {found[name][i]!r}", i + 2)
        for name, own in numbers.items()
        for i in found.index[own.isna()]
    ]
    if wrong:
        raise InvalidInput(wrong)
    return found.assign(year=numbers["year"].astype(int), value=numbers["value"])


def _said(path: Path, zh: str, en: str, line: int = 0) -> Fault:
    return Fault(Place(str(path), line), "", Text(zh, en))
