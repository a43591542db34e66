"""Every Parquet file that the program writes is read by `pandas.read_parquet`, with nothing installed besides."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

import townward
from sim.questions.census_sweep import block as blocks
from sim.questions.census_sweep.answer import publish_answer
from sim.questions.sweep.block import Block, failures_table
from sim.run.folder import parquet
from tests.questions.census_sweep.tables import census
from tests.questions.census_sweep.test_batch import fail
from tests.questions.census_sweep.test_batch import run as batch
from tests.scenarios import JIESHOU


def assert_read(path: Path) -> None:
    """pandas reads of a file what DuckDB does, without a warning (which would fail the test)."""
    with duckdb.connect() as connection:
        expected = connection.execute("select * from read_parquet(?)", [str(path)]).df()
    found = pd.read_parquet(path)
    texts = {name: "str" for name in expected if expected[name].dtype == "str"}  # None and NaN are both missing
    pd.testing.assert_frame_equal(found.astype(texts), expected, check_dtype=False)


def test_pandas_reads_what_a_run_writes_and_the_run_does_without_what_it_reads_by(tmp_path: Path) -> None:
    asked = ["run", str(JIESHOU / "trend.yaml"), "--draws", "20", "--set", "horizon=2026", "--keep-draws", "-o", "run"]
    code = f"import sys, sim.cli\nsys.argv[1:] = {asked!r}\ntry: sim.cli.main()\n"
    code += "finally: print('fastparquet' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "False"
    found = sorted(tmp_path.rglob("*.parquet"))
    assert [path.name for path in found] == ["draws.parquet", "pyramid.parquet", "series.parquet"]
    for path in found:
        assert_read(path)


def test_pandas_reads_what_a_sweep_writes(tmp_path: Path) -> None:
    townward.sweep("jieshou/sweeps/one-by-one.yaml", tmp_path, draws=2, jobs=1)
    failed = failures_table(
        Block(np.array([0]), np.zeros((1, 1)), ((3, "ValueError: 没有此数", "--set 'away.return_to_city.times=2'"),))
    )
    parquet(failed, "0123456789abcdef")(tmp_path / "failures.parquet")
    found = sorted(tmp_path.rglob("*.parquet"))
    assert {path.name for path in found} == {"failures.parquet", "members.parquet", "00000.parquet", "points.parquet"}
    for path in found:
        assert_read(path)


def test_pandas_reads_what_a_batch_over_a_census_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, blocks, "outlook", "模型没有给出数")
    publish_answer(batch(census(tmp_path), tmp_path / "out"), "zh")
    found = sorted(tmp_path.rglob("*.parquet"))
    kinds = {path.parent.name if path.stem.isdigit() else path.stem for path in found}
    assert kinds == {"counties", "members", "failures", "outputs", "years"}
    for path in found:
        assert_read(path)


@pytest.mark.parametrize("rows", [0, 3, 300_000])
def test_pandas_reads_every_kind_of_column(tmp_path: Path, rows: int) -> None:
    """Also where nothing is known of a column, and of more rows than a row group has."""

    def of(*values: object, dtype: object) -> Any:
        return pd.array([values[i % len(values)] for i in range(rows)], dtype=dtype)  # type: ignore[call-overload]

    table = pd.DataFrame(
        {
            "text 中文": of("县城", "", None, "a'b", dtype="str"),
            "many texts": of(*(f"县{i}" for i in range(100_000)), dtype="str"),
            "category": pd.Categorical(of("城镇", "乡村", None, dtype="str")),
            "list": [[["甲"], [], ["乙", "丙"]][i % 3] for i in range(rows)],
            "uint8": of(0, 255, dtype=np.uint8),
            "int32": of(-1, 2**31 - 1, dtype=np.int32),
            "int64": of(-1, 2**53, dtype=np.int64),
            "whole or missing": of(1, None, 3, dtype="Int32"),
            "yes or no": of(True, False, dtype=bool),
            "float32": of(0.1, np.nan, 3.4e38, dtype=np.float32),
            "float64": of(0.1, np.nan, 1e300, dtype=np.float64),
            "none known": of(np.nan, dtype=np.float64),
        }
    )
    parquet(table)(tmp_path / "all.parquet")
    assert_read(tmp_path / "all.parquet")
