"""Questions to a sweep in SQL."""

from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from sim.errors import fault
from sim.sweep.store import FAILURES, MEMBERS, OUTPUTS, kept, manifest

_NO_FAILURES: Final = "SELECT 0::BIGINT AS member, ''::VARCHAR AS error, ''::VARCHAR AS settings WHERE false"


def query(folder: Path, sql: str) -> pd.DataFrame:
    """The answer to a question in SQL, of the views members, outputs and failures of a sweep's folder.

    The folder is only read, and no other file is. Raises InvalidInput where it is no sweep's, or with what is wrong in the question.
    """
    with connected(folder) as connection:
        try:
            answer: pd.DataFrame = connection.sql(sql).df()
        except (duckdb.Error, AttributeError) as problem:
            said = str(problem).split("\n\n")[0] if isinstance(problem, duckdb.Error) else "it answers nothing"
            raise fault("select", "", f"查询有误:{said}", f"the question is wrong: {said}") from None
    return answer


def connected(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the views of a sweep's folder; it can read these files and no others."""
    record = manifest(folder)
    connection = duckdb.connect()
    _view(connection, "members", f"SELECT * FROM {_files([folder / MEMBERS])}")
    outputs, failures = kept(folder, OUTPUTS), kept(folder, FAILURES)
    columns = ", ".join(f"0::DOUBLE AS \"{output['column']}\"" for output in record["outputs"])
    nothing = f"SELECT 0::BIGINT AS member, {columns} WHERE false"
    _view(connection, "outputs", f"SELECT * FROM {_files(outputs)}" if outputs else nothing)
    _view(connection, "failures", f"SELECT * FROM {_files(failures)}" if failures else _NO_FAILURES)
    connection.execute("SET enable_external_access = false")
    return connection


def _view(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """A table, not a view: the files are read now, so that nothing else need be."""
    connection.execute(f"CREATE TABLE {name} AS {sql}")


def _files(files: list[Path]) -> str:
    names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{names}])"
