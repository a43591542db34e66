"""The folder of a sweep as its readers see it; nothing here knows the model, so that a question is answered at once.

A folder may come from somebody else: what is in it is looked at before it is used.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd

from sim.common import plain
from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.parquet import DAMAGED, mark_of
from sim.questions.sweep.record import faults_of
from sim.questions.texts import tr

MANIFEST: Final = "sweep.json"
MEMBERS, POINTS = "members.parquet", "points.parquet"
OUTPUTS, FAILURES, YEARS = "outputs", "failures", "years"


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sweep's folder. Raises InvalidInput where there is none, or it is not of the layout."""
    file = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(plain.content(file))
    except InvalidInput as none:
        raise fault(str(file), "", tr("not the folder of a sweep: {said}", said=none.faults[0].problem)) from None
    except (ValueError, RecursionError) as problem:
        raise fault(str(file), "", tr("not the folder of a sweep: {problem}", problem=problem)) from None
    where = Place(str(file))
    wrong = [
        Fault(where, path, tr("not the folder of a sweep: {said}", said=said)) for path, said in faults_of(content)
    ]
    if wrong:
        raise InvalidInput(wrong)
    return content


def read_table(files: Path | Sequence[Path]) -> pd.DataFrame:
    """Rows of one Parquet file or of several of one kind, in their order. Raises InvalidInput where one is damaged."""
    several = [files] if isinstance(files, Path) else list(files)
    with duckdb.connect() as connection:
        try:
            table: pd.DataFrame = connection.read_parquet([str(file) for file in several], hive_partitioning=False).df()
        except DAMAGED as problem:
            raise damaged(several, problem) from None
    return table


def damaged(files: Sequence[Path], problem: Exception) -> InvalidInput:
    """What to say of Parquet files that cannot be read together: the first that cannot be read at all is named."""
    if len(files) > 1:
        for file in files:
            try:
                read_table(file)
            except InvalidInput as found:
                return found
    said = str(problem).splitlines()[0]
    text = tr("is no whole Parquet file ({said}); run the same sweep again, and it is made anew", said=said)
    return InvalidInput([Fault(Place(str(files[0])), "", text)])


def design(folder: Path, name: str, record: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The members' values or points [member, factor], by a manifest. Raises InvalidInput where they do not fit it."""
    table = read_table(folder / name)
    wanted = ["member", *(str(factor["key"]) for factor in record["factors"])]
    numeric = all(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes)
    if list(table.columns) != wanted or len(table) != record["members"] or not numeric:
        raise InvalidInput(
            [Fault(Place(str(folder / name)), "", tr("is not of the sweep in {manifest}", manifest=MANIFEST))]
        )
    return table.drop(columns="member").to_numpy(dtype=np.float64)


def mark(folder: Path) -> str:
    """What every block of this batch carries: a block of another one is none of it."""
    return sha256(plain.content(folder / MANIFEST)).hexdigest()[:16]


def whole(folder: Path, name: str, members: range, columns: Sequence[str]) -> bool:
    """Whether a block is done: its files are of this batch, can be read, and hold each of its members once."""
    if not is_of(folder / OUTPUTS / name, folder):
        return False
    try:
        table = read_table(folder / OUTPUTS / name)
        failed = read_table(folder / FAILURES / name) if (folder / FAILURES / name).is_file() else table[:0]
        found = sorted([*table["member"], *failed["member"]])
    except (InvalidInput, KeyError, *DAMAGED):
        return False
    return list(table.columns) == ["member", *columns] and found == list(members)


def is_of(file: Path, folder: Path) -> bool:
    """Whether a file is there and carries the mark of this batch."""
    try:
        return file.is_file() and mark_of(file) == mark(folder)
    except (InvalidInput, *DAMAGED):
        return False


def kept(folder: Path, kind: str) -> list[Path]:
    """The files of a kind (outputs, years or failures) that are whole, in the order of their members.

    Raises InvalidInput where one of them lies elsewhere: a link out of the folder.
    """
    files = sorted((folder / kind).glob("*.parquet"))
    inside(folder, files)
    return files


def still_there(folder: Path) -> None:
    """Raise InvalidInput where the folder of a batch was removed while it was run."""
    if not (folder / MANIFEST).is_file():
        text = tr("the folder was removed while the sweep was run: its results are lost; run the same command again")
        raise InvalidInput([Fault(Place(str(folder)), "", text)])


def batch_files(folder: Path) -> list[Path]:
    """What a batch itself keeps in its folder."""
    blocks = (file for kind in (OUTPUTS, YEARS, FAILURES) for file in kept(folder, kind))
    return [folder / MANIFEST, folder / MEMBERS, folder / POINTS, *blocks]


def inside(folder: Path, files: Sequence[Path]) -> None:
    """Raise InvalidInput where a file is a link that leads out of the folder, or a pipe or device."""
    root = folder.resolve()
    for file in files:
        if file.exists() and not file.is_file():
            plain.content(file, 0)
    out = [file for file in files if not file.resolve().is_relative_to(root)]
    if out:
        raise InvalidInput([Fault(Place(str(file)), "", tr("leads out of the folder")) for file in out])
