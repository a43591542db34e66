"""How Parquet files are written, what one can be wrong with, and the mark that says which answer it is a part of."""

from functools import cache
from pathlib import Path
from typing import Final

import duckdb

DAMAGED: Final = (duckdb.Error, RuntimeError, UnicodeDecodeError)
"""What reading a damaged file raises: a name that is no text is told by neither a class of its own nor duckdb's."""
_KEY: Final = "answer"


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def writing() -> duckdb.DuckDBPyConnection:
    """A connection to write files by, to be closed after; what it sees is its own.

    The database behind it is kept: to begin one takes most of the time of a small file.
    """
    return _database().cursor()


def marked(mark: str) -> str:
    """The option of COPY that writes a mark (letters and digits) into a file; empty without one."""
    return f", KV_METADATA {{{_KEY}: '{mark}'}}" if mark else ""


def mark_of(file: Path) -> str:
    """The mark of a file; empty where it has none. Raises what DAMAGED names."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "select value from parquet_kv_metadata(?) where key = ?", [str(file), _KEY.encode()]
        ).fetchone()
    return "" if found is None else bytes(found[0]).decode("ascii", "replace")
