"""The folder of a sweep as its readers see it; nothing here knows the model, so that a question is answered at once."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from sim.common.errors import fault

MANIFEST: Final = "sweep.json"
MEMBERS, POINTS = "members.parquet", "points.parquet"
OUTPUTS, FAILURES = "outputs", "failures"


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sweep's folder. Raises InvalidInput where there is none."""
    file = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise fault(str(file), "", f"不是扫描结果文件夹:{problem}", f"not the folder of a sweep: {problem}") from None
    return content


def read_table(files: Path | Sequence[Path]) -> pd.DataFrame:
    """Rows of one Parquet file or of several of one kind, in their order."""
    several = [files] if isinstance(files, Path) else list(files)
    with duckdb.connect() as connection:
        table: pd.DataFrame = connection.read_parquet([str(file) for file in several]).df()
    return table


def kept(folder: Path, kind: str) -> list[Path]:
    """The files of a kind (outputs or failures) that are whole, in the order of their members."""
    return sorted((folder / kind).glob("*.parquet"))
