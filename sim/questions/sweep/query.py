"""Questions to a sweep in SQL."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.parquet import DAMAGED, mark_of
from sim.questions.sweep.folder import (
    FAILURES,
    MANIFEST,
    MEMBERS,
    OUTPUTS,
    YEARS,
    damaged,
    inside,
    kept,
    manifest,
    mark,
)
from sim.questions.texts import tr

_FAILURE_COLUMNS: Final = {"member": "BIGINT", "error": "VARCHAR", "settings": "VARCHAR"}


def query(folder: Path, sql: str) -> pd.DataFrame:
    """The answer to a question in SQL, of the views members, outputs and failures of a sweep's folder.

    A batch over counties has years too. The folder is only read, and no other file is. Raises InvalidInput where it is
    no sweep's, or with what is wrong in the question.
    """
    with connected(folder) as connection:
        try:
            answer: pd.DataFrame = connection.sql(sql).df()
        except (AttributeError, *DAMAGED) as problem:
            said = (
                "it answers nothing"
                if isinstance(problem, AttributeError)
                else str(problem).split("\n\n")[0].replace("\n", "; ")
            )
            raise fault("select", "", tr("the question is wrong: {said}", said=said)) from None
    return answer


def connected(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the tables of a sweep's folder; it can read no file."""
    record = manifest(folder)
    connection = duckdb.connect()
    columns = [str(output["column"]) for output in record["outputs"]]
    inside(folder, [folder / MEMBERS])
    _fill(connection, "members", [folder / MEMBERS], {})
    _fill(connection, "outputs", kept(folder, OUTPUTS), {"member": "BIGINT"} | dict.fromkeys(columns, "DOUBLE"))
    if kept(folder, YEARS):
        _fill(connection, "years", kept(folder, YEARS), {})
    _fill(connection, "failures", kept(folder, FAILURES), _FAILURE_COLUMNS)
    _with_columns(connection, folder / OUTPUTS, "outputs", columns)
    _with_columns(connection, folder / MEMBERS, "members", [str(factor["key"]) for factor in record["factors"]])
    _of_the_sweep(connection, folder, int(record["members"]))
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
    """A table of the rows of files, or an empty one of these columns; a table, so that no file is read later."""
    try:
        if files:
            connection.read_parquet([str(file) for file in files], hive_partitioning=False).create(name)
            return
        described = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns.items())
        connection.execute(f"CREATE TABLE {name} ({described})")
    except DAMAGED as problem:
        raise damaged(files or [Path(MANIFEST)], problem) from None


def _with_columns(connection: duckdb.DuckDBPyConnection, file: Path, table: str, columns: Sequence[str]) -> None:
    """Raise InvalidInput where a table lacks a column that the manifest speaks of."""
    there = {str(row[0]) for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    if not {"member", *columns} <= there:
        raise InvalidInput([Fault(Place(str(file)), "", tr("is not of the sweep in {manifest}", manifest=MANIFEST))])


def _of_the_sweep(connection: duckdb.DuckDBPyConnection, folder: Path, members: int) -> None:
    """Raise InvalidInput for a block of another sweep, or one whose members are not those of this."""
    own = mark(folder)
    foreign = [file for kind in (OUTPUTS, YEARS, FAILURES) for file in kept(folder, kind) if mark_of(file) != own]
    strange = connection.execute(
        "SELECT count(*) FROM (SELECT member FROM outputs UNION ALL SELECT member FROM failures)"
        " GROUP BY member HAVING count(*) > 1 OR member < 0 OR member >= ? LIMIT 1",
        [members],
    ).fetchall()
    wrong = foreign or ([folder / OUTPUTS] if strange else [])
    if wrong:
        problem = tr("is not of the sweep in {manifest}", manifest=MANIFEST)
        raise InvalidInput([Fault(Place(str(file)), "", problem) for file in wrong])


def _quoted(name: str) -> str:
    """A name as SQL takes it, whatever signs it holds: anybody may have made the manifest."""
    return '"' + name.replace('"', '""') + '"'
