"""Questions in SQL."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sim.common.errors import InvalidInput
from sim.common.parquet import marked
from sim.questions.sensitivity import analyse
from sim.questions.sweep import runner, store
from sim.questions.sweep.folder import mark as store_mark
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


def _changed(folder: Path, change: Any) -> None:
    record = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    change(record)
    (folder / "sweep.json").write_text(json.dumps(record), encoding="utf-8")


def test_the_name_of_a_column_is_never_sql(tmp_path: Path) -> None:
    store.opened(small(tmp_path), tmp_path / "out")
    stolen = tmp_path / "stolen.csv"
    copied = f"copy (select content from read_text('{tmp_path / 'small.yaml'}')) to '{stolen}'"
    bad = f'a" double); {copied}; create table y("b'
    _changed(tmp_path / "out", lambda record: record["outputs"][0].update(column=bad))
    assert bad in query(tmp_path / "out", "from outputs").columns
    assert not stolen.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "from record",
        "from glob('*')",
        "attach 'x.db'",
        "install httpfs",
    ],
)
def test_a_question_opens_no_door(folder: Path, sql: str) -> None:
    with pytest.raises(InvalidInput, match="question is wrong"):
        query(folder, sql)


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "out")
    duckdb.sql(f"COPY (SELECT 7 AS secret) TO '{tmp_path / 'secret.parquet'}' (FORMAT parquet)")
    for name in ("members.parquet", "outputs/00000.parquet"):
        shutil.rmtree(tmp_path / "out")
        shutil.copytree(folder, tmp_path / "out")
        (tmp_path / "out" / name).unlink()
        (tmp_path / "out" / name).symlink_to(tmp_path / "secret.parquet")
        with pytest.raises(InvalidInput, match="leads out of the folder"):
            query(tmp_path / "out", "select 1")


@pytest.mark.parametrize("text", ["[]", "{}", "null", "3", '{"outputs": 3}', "[" * 100_000, '{"census": 2020}', "\x00"])
def test_a_manifest_of_another_layout_is_a_message(folder: Path, tmp_path: Path, text: str) -> None:
    shutil.copytree(folder, tmp_path / "out")
    (tmp_path / "out" / "sweep.json").write_text(text, encoding="utf-8")
    for ask in (lambda: query(tmp_path / "out", "select 1"), lambda: analyse(tmp_path / "out")):
        with pytest.raises(InvalidInput, match="not the folder of a sweep"):
            ask()


@pytest.mark.parametrize("key", ["title", "design", "members", "block", "factors", "outputs"])
@pytest.mark.parametrize("value", [None, [], {}, "x", -1, [None], [{}]])
def test_a_damaged_key_of_a_manifest_is_a_message(folder: Path, tmp_path: Path, key: str, value: object) -> None:
    shutil.copytree(folder, tmp_path / "out")
    _changed(tmp_path / "out", lambda record: record.update({key: value}))
    with pytest.raises(InvalidInput):
        analyse(tmp_path / "out")


def test_a_block_of_another_sweep_or_with_other_members_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "out")
    _changed(tmp_path / "out", lambda record: record.update({"title": {"zh": "x", "en": "x"}}))
    with pytest.raises(InvalidInput, match="is not of the sweep"):
        query(tmp_path / "out", "select 1")
    shutil.copytree(folder, tmp_path / "again")
    block, own = tmp_path / "again" / "outputs" / "00000.parquet", store_mark(folder)
    changed = f"(select * replace (member + 9 as member) from '{folder / 'outputs' / '00000.parquet'}')"
    with duckdb.connect() as connection:
        connection.execute(f"copy {changed} to '{block}' (format parquet{marked(own)})")
    with pytest.raises(InvalidInput, match="is not of the sweep"):
        query(tmp_path / "again", "select 1")


@pytest.mark.parametrize("column", ["member", "births_2022_median"])
def test_a_block_with_a_column_of_another_name_is_refused(folder: Path, tmp_path: Path, column: str) -> None:
    shutil.copytree(folder, tmp_path / "out")
    block = tmp_path / "out" / "outputs" / "00000.parquet"
    changed = f"(select * exclude ({column}), {column} as other from '{folder / 'outputs' / '00000.parquet'}')"
    with duckdb.connect() as connection:
        connection.execute(f"copy {changed} to '{block}' (format parquet{marked(store_mark(folder))})")
    with pytest.raises(InvalidInput, match="is not of the sweep"):
        query(tmp_path / "out", "select 1")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(200) + b"PAR1"])
@pytest.mark.parametrize("name", ["members.parquet", "outputs/00000.parquet", "failures/00000.parquet"])
def test_a_damaged_table_is_named(folder: Path, tmp_path: Path, name: str, content: bytes) -> None:
    shutil.copytree(folder, tmp_path / "out")
    (tmp_path / "out" / name).write_bytes(content)
    with pytest.raises(InvalidInput, match=name):
        query(tmp_path / "out", "select 1")
