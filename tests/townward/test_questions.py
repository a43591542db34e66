"""Questions from Python have the answers of the commands."""

from pathlib import Path

import pytest

import townward
from sim.questions.seek.ask import seek
from sim.questions.seek.folder import record
from tests.questions.seek.cases import JOBS, PILOT, beside, question


def test_what_it_takes_is_what_the_command_says() -> None:
    target, vary = beside("city", 1.02), f"{JOBS}=0:10"
    answer = townward.seek("jieshou/pilot.yaml", [target], [vary], probability=0.5, draws=20, jobs=1)
    assert answer.status == "found"
    assert record(answer) == record(seek(question(PILOT, [target], [vary], 0.5, 20)))


def test_a_sweep_is_kept_and_asked(tmp_path: Path) -> None:
    folder = townward.sweep("jieshou/sweeps/one-by-one.yaml", tmp_path / "sweep", draws=2, jobs=1)
    counts = townward.query(folder, "select (select count(*) from members) m, (select count(*) from outputs) o")
    assert counts.iloc[0].tolist() == [13, 13]
    with pytest.raises(townward.InvalidInput, match="the question is wrong"):
        townward.query(folder, "select nothing")
