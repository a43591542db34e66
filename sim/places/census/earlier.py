"""A region's row in the table of another census: codes and names change between censuses, and so do boundaries."""

from pathlib import Path
from typing import Final

from sim.common.errors import fault
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.places.census.read import list_regions, read_row
from sim.places.census.row import CensusRow
from sim.places.census.stem import plain, stem
from sim.places.census.table import CensusRegion
from sim.places.texts import tr

LEAST_RATIO: Final = 0.65
MOST_RATIO: Final = 1.6


@quickclass(frozen=True, slots=True)
class Earlier:
    """The region's row of another census, or None where the two are not of one area; and what was noticed."""

    row: CensusRow | None
    notes: tuple[Text, ...]


def earlier_row(path: Path, row: CensusRow) -> Earlier:
    """The row of the same area in another table, and what was noticed.

    By code and name's stem, else by the whole name within the province, since codes change hands, else by its code
    alone, else by the stem; the notes say by what, where it is not both.
    Where the ratio of later to earlier residents is outside LEAST_RATIO…MOST_RATIO, the boundary may have moved and the
    row is not used. InvalidInput: no row or several fit, or the table is of the same year.
    """
    found, notes = _same_area(path, row)
    other = read_row(path, found.code)
    if other.year == row.year:
        raise fault(
            str(path),
            "year",
            tr("the same census year as the other table, {year}", year=row.year),
        )
    later, before = (row, other) if row.year > other.year else (other, row)
    ratio = later.resident / before.resident
    if LEAST_RATIO <= ratio <= MOST_RATIO:
        return Earlier(other, notes)
    return Earlier(None, (*notes, _moved(before, later, ratio)))


def _same_area(path: Path, row: CensusRow) -> tuple[CensusRegion, tuple[Text, ...]]:
    regions = list_regions(path)
    same_code = next((one for one in regions if one.code == row.code), None)
    if same_code is not None and _alike(same_code, row):
        return same_code, ()
    alike = _alike if same_code is None else _named_alike
    named = [one for one in regions if one.code[:2] == row.code[:2] and alike(one, row)]
    nearby = [one for one in named if one.code[:4] == row.code[:4]]
    candidates = nearby if len(named) > 1 and nearby else named
    if len(candidates) == 1:
        return candidates[0], (_by_name(candidates[0], same_code),)
    if same_code is not None:
        return same_code, (_by_code(same_code),)
    if not candidates:
        raise fault(str(path), row.code, tr("{name}: neither its code nor its name is here", name=row.name))
    listed = ", ".join(f"{one.code} {one.name}" for one in candidates)
    raise fault(str(path), row.code, tr("{name}: several fit ({listed})", name=row.name, listed=listed))


def _alike(one: CensusRegion, row: CensusRow) -> bool:
    return stem(plain(one.name)) == stem(plain(row.name))


def _named_alike(one: CensusRegion, row: CensusRow) -> bool:
    return plain(one.name) == plain(row.name)


def _by_name(found: CensusRegion, holder: CensusRegion | None) -> Text:
    said = tr(
        "there it is {name} (code {code}), taken as the same area by its name in the province",
        name=found.name,
        code=found.code,
    )
    if holder is None:
        return said
    return tr(
        "{said}; {code}, its code here, is that of {name} there: codes have changed hands",
        said=said,
        code=holder.code,
        name=holder.name,
    )


def _by_code(found: CensusRegion) -> Text:
    return tr(
        "there it is {name}, taken as the same area by its code ({code}) alone: check that it was only renamed",
        name=found.name,
        code=found.code,
    )


def _moved(before: CensusRow, later: CensusRow, ratio: float) -> Text:
    return tr(
        "{resident:.0f} residents in {year} and {later:.0f} in {year_2} (ratio {ratio:.2f}): the "
        "boundary may have moved, so nothing is fitted to the pair and rates learnt across "
        "counties are used",
        resident=before.resident,
        year=before.year,
        later=later.resident,
        year_2=later.year,
        ratio=ratio,
    )
