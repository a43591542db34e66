"""What a user names is a plain file of a bounded size, or it is refused and not waited for."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.plain import content
from sim.evidence.figures.figures import read_figures
from sim.places.census.table import read_table
from sim.places.history import read_history
from sim.places.inputs import away_rows
from sim.questions.checkup.last import read_last
from sim.questions.sweep import folder as sweep_folder
from tests.questions.checkup.scenes import FRAME

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "census": ("any_2020.csv", read_table),
    "history": ("history.csv", read_history),
    "away": ("away.csv", away_rows),
    "figures": ("figures.csv", lambda path: read_figures(path, FRAME)),
    "check-up": ("checkup.json", lambda path: read_last(path.parent, "any", FRAME)),
    "sweep": ("sweep.json", lambda path: sweep_folder.manifest(path.parent)),
    "block": ("outputs/00000.parquet", lambda path: sweep_folder.kept(path.parent.parent, "outputs")),
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
@pytest.mark.parametrize("kind", READERS)
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    name, read = READERS[kind]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    with pytest.raises(InvalidInput, match="this is a pipe or device"):
        read(path)


def test_what_has_no_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="this is a pipe or device"):
        content(Path(os.devnull))
    (tmp_path / "large").write_bytes(bytes(3 << 20))
    with pytest.raises(InvalidInput, match="larger than 2 MiB"):
        content(tmp_path / "large", 2 << 20)
    assert len(content(tmp_path / "large")) == 3 << 20
    with pytest.raises(InvalidInput, match="this is a folder"):
        content(tmp_path)
    with pytest.raises(InvalidInput, match="no such file"):
        content(tmp_path / "none")
    with pytest.raises(InvalidInput):
        content(tmp_path / "a\0b")
