"""Questions in SQL."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.questions.sweep import runner, store
from sim.questions.sweep.query import query
from tests.questions.sweep.sweeps import small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sweep")
    factors = {"fertility.tfr": {"low": 1, "high": 6}, "fertility.tfr.times": {"low": 0.5, "high": 5}}
    sweep = small(home, factors, {"kind": "grid", "size": 2})
    runner.run(store.opened(sweep, home / "out"), runner.Means(), lambda now: None)
    return home / "out"


def test_members_outputs_and_failures_are_tables(folder: Path) -> None:
    assert len(query(folder, "select * from members")) == 4
    joined = query(
        folder,
        'select "fertility.tfr" * "fertility.tfr.times" as tfr, births_2022_median as births '
        "from outputs join members using (member) order by tfr",
    )
    assert joined["tfr"].tolist() == [0.5, 3.0, 5.0]
    assert joined["births"].is_monotonic_increasing
    failed = query(folder, "from failures")
    assert failed["member"].tolist() == [3]
    assert "outside the allowed" in failed["error"][0]


def test_a_sweep_that_has_only_begun_has_empty_tables(tmp_path: Path) -> None:
    store.opened(small(tmp_path), tmp_path / "out")
    assert list(query(tmp_path / "out", "from outputs").columns) == [
        "member",
        "urbanization_rate_2023_mean",
        "urbanization_rate_2023_median",
        "urbanization_rate_2023_q10",
        "births_2022_median",
    ]
    assert len(query(tmp_path / "out", "from failures")) == 0
    assert len(query(tmp_path / "out", "from members")) == 6


@pytest.mark.parametrize(
    "sql", ["select nothing from outputs", "selec", "from read_csv('/etc/passwd')", "copy members to '/tmp/x.csv'", ""]
)
def test_a_wrong_question_is_a_message(folder: Path, sql: str) -> None:
    with pytest.raises(InvalidInput, match="question is wrong"):
        query(folder, sql)


def test_another_folder_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not the folder of a sweep"):
        query(tmp_path, "select 1")
