"""A batch over a census table as a folder, kept like a sweep: a file for each block of counties once it is whole."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim import __version__
from sim.common.errors import Fault, InvalidInput, fault
from sim.common.errors import Place as Where
from sim.common.paths import library
from sim.common.plain import content
from sim.common.program import code
from sim.common.quickclass import quickclass
from sim.places.census import CensusRow, read_rows
from sim.places.census.surroundings import CENTRES
from sim.questions.census_sweep.block import OUTPUTS as COLUMNS
from sim.questions.census_sweep.block import Counties, Member, Outlooks, failures_table, outputs_table, years_table
from sim.questions.census_sweep.county import Asked
from sim.questions.census_sweep.goal import Goal, goal_of
from sim.questions.sweep.folder import (
    FAILURES,
    MANIFEST,
    MEMBERS,
    OUTPUTS,
    YEARS,
    is_of,
    manifest,
    mark,
    still_there,
    whole,
)
from sim.questions.sweep.place import Place, here
from sim.questions.sweep.store import changed, clean
from sim.questions.texts import tr
from sim.run.folder import bytes_file, file_hash, json_file, parquet, publish

BLOCK: Final = 24
"""Counties of a block: some seconds of work at 100 draws each, which is all that a killed batch loses."""
CENSUS: Final = "census"
"""The folder of a batch with the table that it was run on."""
LONGEST: Final = 80
"""Years that a batch may run at most."""


@quickclass(frozen=True, slots=True)
class Table:
    """A census table ready to be run: its usable counties with their targets, and what is wrong with the others."""

    file: Path
    members: tuple[Member, ...]
    unread: tuple[Fault, ...]
    asked: Asked
    given: Goal | None

    @property
    def unread_rows(self) -> int:
        """How many rows cannot be used."""
        return len({fault.place.line for fault in self.unread})


def table(file: Path, asked: Asked, given: Goal | None = None, year: int | None = None) -> Table:
    """The counties of a census table. given: a target for all of them; year: of the census, else from the file's name.

    Raises InvalidInput where no row can be used, or the years do not follow each other.
    """
    rows, unread = read_rows(file, year)
    members = tuple(Member(number, row, goal_of(row.code, given)) for number, row in enumerate(rows))
    _check_years(rows[0].year, members, asked)
    return Table(file, members, unread, asked, given)


def _check_years(base: int, members: Sequence[Member], asked: Asked) -> None:
    faults = []
    if not base < asked.horizon <= base + LONGEST:
        text = tr("{horizon}, expected {base}…{longest}", horizon=asked.horizon, base=base + 1, longest=base + LONGEST)
        faults.append(Fault(Where("--horizon"), "", text))
    for year in sorted({member.goal.year for member in members}):
        if not base < year <= asked.horizon:
            text = tr(
                "the target's year {year} must be in {base}…{horizon}", year=year, base=base + 1, horizon=asked.horizon
            )
            faults.append(Fault(Where("--target"), "", text))
    if faults:
        raise InvalidInput(faults)


@quickclass(frozen=True, slots=True)
class CensusBatch:
    """The folder of a batch that has been begun."""

    folder: Path
    table: Table

    @property
    def members(self) -> int:
        """How many counties it has."""
        return len(self.table.members)

    def missing(self) -> list[range]:
        """Blocks that have not been written yet, or are not whole."""
        blocks = [range(first, min(first + BLOCK, self.members)) for first in range(0, self.members, BLOCK)]
        return [block for block in blocks if not self._is_done(block)]

    def _is_done(self, block: range) -> bool:
        name = self.name(block)
        return whole(self.folder, name, block, (*COLUMNS, "status")) and is_of(self.folder / YEARS / name, self.folder)

    def name(self, block: range) -> str:
        """The name of a block's files."""
        return f"{block.start // BLOCK:05d}.parquet"

    def place(self) -> Place:
        """The files that every county's numbers rest on besides its row."""
        return here(_national())

    def piece(self, block: range, place: Place | None) -> Counties:
        """A block as a piece of work; place: the files to look at first, where another machine may do it."""
        return Counties(self.table.members[block.start : block.stop], self.table.asked, place)

    def write(self, block: Outlooks, first: int) -> None:
        """Write a block: its failures, its outlooks by year, and then, which marks it as done, its outlooks."""
        still_there(self.folder)
        name = self.name(range(first, first))
        if block.failures:
            publish(self.folder / FAILURES, {name: parquet(failures_table(block), mark(self.folder))})
        by_year = years_table(block, self.table.members[0].row.year)
        publish(self.folder / YEARS, {name: parquet(by_year, mark(self.folder))})
        publish(self.folder / OUTPUTS, {name: parquet(outputs_table(block), mark(self.folder))})


def _national() -> tuple[Path, ...]:
    return tuple(sorted(path for path in (library() / "calibration" / "national").iterdir() if path.is_file()))


def opened(of: Table, folder: Path) -> CensusBatch:
    """The folder of a batch, begun now or before.

    Raises InvalidInput where the folder holds another batch, or one whose inputs, program or questions have changed.
    """
    now = _identity(of)
    if not (folder / MANIFEST).is_file():
        if (folder / OUTPUTS).exists():
            raise fault(
                str(folder),
                "",
                tr("the folder holds results but no {manifest}; choose another one (-o)", manifest=MANIFEST),
            )
        publish(folder, {MEMBERS: parquet(members_table(of))})
        _keep_table(of.file, folder)
        columns = [{"column": column} for column in (*COLUMNS, "status")]
        record = now | {
            "members": len(of.members),
            "design_hash": {MEMBERS: file_hash(folder / MEMBERS)},
            "factors": [],
            "outputs": columns,
        }
        publish(folder, {MANIFEST: json_file(record)})
    clean(folder)
    faults = changed(manifest(folder), now, folder)
    if faults:
        raise InvalidInput(faults)
    return CensusBatch(folder, of)


def _keep_table(file: Path, folder: Path) -> None:
    """Copy the census table, and coordinates beside it, so that each county can be run by itself later."""
    kept = {one.name: content(one) for one in (file, file.with_name(CENTRES)) if one.is_file()}
    publish(folder / CENSUS, {name: bytes_file(found) for name, found in kept.items()})


def _identity(of: Table) -> dict[str, Any]:
    """What must not change while a batch is under way."""
    inputs = {path.relative_to(library()).as_posix(): file_hash(path) for path in _national()}
    return {
        "program": "townward",
        "version": __version__,
        "code": code(),
        "sweep": of.file.stem,
        "design": {"kind": "grid", "over": "counties"},
        "census": of.members[0].row.year,
        "asked": asdict(of.asked),
        "target": None if of.given is None else {"rate": of.given.rate, "year": of.given.year},
        "block": BLOCK,
        "inputs": {of.file.name: file_hash(of.file)} | inputs,
    }


def members_table(of: Table) -> pd.DataFrame:
    """The counties as a table: what the census says of each, and what it is held against."""
    rows = [member.row for member in of.members]
    goals = [member.goal for member in of.members]
    return pd.DataFrame(
        {
            "member": [member.number for member in of.members],
            "code": [row.code for row in rows],
            "name": [row.name for row in rows],
            "province": [_text(row, "province") for row in rows],
            "prefecture": [_text(row, "prefecture") for row in rows],
            "census_year": [row.year for row in rows],
            "residents": [row.resident for row in rows],
            "rate": [row.urbanization_rate for row in rows],
            "target": [goal.rate for goal in goals],
            "target_year": [goal.year for goal in goals],
            "target_of": [goal.scope for goal in goals],
            "horizon": of.asked.horizon,
        }
    )


def _text(row: CensusRow, name: str) -> str:
    return str(getattr(row, name) or "")
