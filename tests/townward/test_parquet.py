"""Every Parquet file that the program writes is read by `pandas.read_parquet` in an installation with `parquet`."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

import townward
from sim.cli.main import townward as command
from tests.scenarios import JIESHOU

pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")


def test_pandas_reads_what_runs_and_sweeps_write(tmp_path: Path) -> None:
    run = [str(JIESHOU / "trend.yaml"), "--draws", "20", "--set", "horizon=2026", "--keep-draws"]
    assert CliRunner().invoke(command, ["run", *run, "-o", str(tmp_path / "run")]).exit_code == 0
    townward.sweep("jieshou/sweeps/one-by-one.yaml", tmp_path / "sweep", draws=2, jobs=1)
    found = sorted(tmp_path.rglob("*.parquet"))
    assert {"series.parquet", "pyramid.parquet", "draws.parquet"} <= {path.name for path in found}
    assert any(path.is_relative_to(tmp_path / "sweep") for path in found)
    for path in found:
        with duckdb.connect() as connection:
            expected = connection.execute("select * from read_parquet(?)", [str(path)]).df()
        pd.testing.assert_frame_equal(pd.read_parquet(path), expected, check_dtype=False)
