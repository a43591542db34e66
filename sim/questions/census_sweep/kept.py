"""A batch over a census table as its folder keeps it: what was asked, a row a county, and a row a county and year.

A folder may come from somebody else: what is in it is looked at before it is used.
"""

from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.common.errors import fault
from sim.common.quickclass import quickclass
from sim.questions.census_sweep.answer import STATUSES, counties
from sim.questions.census_sweep.batch import CENSUS
from sim.questions.census_sweep.block import OUTPUTS as COLUMNS
from sim.questions.census_sweep.county import YEARS as BY_YEAR
from sim.questions.sweep.folder import MANIFEST, MEMBERS, OUTPUTS, YEARS, inside, kept, manifest, read_table
from sim.questions.texts import tr

_WORDS: Final = ("code", "name", "province", "prefecture", "target_of", "status")
_NUMBERS: Final = ("census_year", "residents", "rate", "target", "target_year", "horizon", *COLUMNS)
MOST: Final = 10_000
"""Counties of a batch at most that are shown together."""


@quickclass(frozen=True, slots=True)
class KeptBatch:
    """A batch that was run, or is being run.

    counties: as `counties` of `answer`, by member; years: member, year, and YEARS of `county`, of those that were run.
    """

    folder: Path
    census_year: int
    horizon: int
    draws: int
    counties: pd.DataFrame
    years: pd.DataFrame

    @property
    def census(self) -> Path:
        """The census table that it was run on. Raises InvalidInput where the folder holds none."""
        tables = sorted(path for path in (self.folder / CENSUS).glob("*.csv") if path.name != "centres.csv")
        inside(self.folder, tables)
        if len(tables) != 1:
            raise fault(str(self.folder / CENSUS), "", tr("holds no census table"))
        return tables[0]


def kept_batch(folder: Path) -> KeptBatch:
    """A batch over counties by its folder.

    Raises InvalidInput where it is none, nothing has been run yet, it has no years (it was made by an earlier version),
    or a table is not of its layout.
    """
    record = manifest(folder)
    if "census" not in record:
        raise fault(
            str(folder), "", tr("is a sweep of one scenario; a batch is made by: townward sweep --census TABLE")
        )
    files = kept(folder, OUTPUTS)
    by_year = kept(folder, YEARS)
    if not files:
        raise fault(str(folder), "", tr("no county has been run yet"))
    if not by_year:
        raise fault(str(folder), "", tr("was made by an earlier version and holds no years: run it again elsewhere"))
    inside(folder, [folder / MEMBERS])
    years = read_table(by_year)
    try:
        found = counties(folder)
        _check(found, _WORDS, _NUMBERS)
        _check(years, (), ("member", "year", *BY_YEAR))
        return _kept(folder, record, found, years)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise fault(str(folder / MANIFEST), "", tr("is no batch over counties: {problem}", problem=problem)) from None


def _kept(folder: Path, record: dict[str, Any], found: pd.DataFrame, years: pd.DataFrame) -> KeptBatch:
    asked = record["asked"]
    return KeptBatch(folder, int(record["census"]), int(asked["horizon"]), int(asked["draws"]), found, years)


def _check(table: pd.DataFrame, words: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    """Raise ValueError where columns are missing or hold something else, or members are too many."""
    missing = [name for name in (*words, *numbers) if name not in table.columns]
    wrong = [name for name in numbers if name in table.columns and not pd.api.types.is_numeric_dtype(table[name])]
    if missing or wrong:
        raise ValueError(f"columns {', '.join(missing or wrong)}")
    if "status" in words and not set(table["status"]) <= set(STATUSES):
        raise ValueError("column status")
    if "code" in table.columns and len(table) > MOST:
        raise ValueError(f"{len(table)} counties, at most {MOST}")
