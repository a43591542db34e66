"""A batch over a table: kept like a sweep, one row a county, the reasons of those that fail."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from sim.common.errors import InvalidInput
from sim.evidence.calibrate import learning
from sim.places.census import CensusRow
from sim.questions.census_sweep import block as blocks
from sim.questions.census_sweep.answer import STATUSES, counted, publish_answer
from sim.questions.census_sweep.batch import CensusBatch, opened, table
from sim.questions.census_sweep.county import Asked
from sim.questions.census_sweep.goal import parse_goal
from sim.questions.sweep import runner
from sim.questions.sweep.folder import read_table
from sim.questions.sweep.patience import TIME_LIMIT
from sim.questions.sweep.query import query
from sim.questions.sweep.runner import Means
from tests.questions.census_sweep.tables import CODES, census, county
from tests.questions.sweep.sweeps import contents

FEW = Asked(draws=4, horizon=2026)


def silent(now: runner.Progress) -> None:
    """Nobody watches."""


def run(file: Path, folder: Path, jobs: int = 0) -> CensusBatch:
    batch = opened(table(file, FEW), folder)
    runner.run(batch, Means(jobs), silent)
    return batch


def fail(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, said: str) -> None:
    """Let a function of counties' rows fail for the third county."""
    real = getattr(module, name)

    def failing(row: CensusRow, *others: Any) -> Any:
        if row.code == CODES[2]:
            raise ValueError(said)
        return real(row, *others)

    monkeypatch.setattr(module, name, failing)


@pytest.fixture
def blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.questions.census_sweep.batch.BLOCK", 2)


@pytest.mark.usefixtures("blocks_of_two")
def test_it_goes_on_where_it_was_and_ends_in_the_same_bytes_on_any_number_of_processes(tmp_path: Path) -> None:
    file = census(tmp_path)
    publish_answer(run(file, tmp_path / "one"), "zh")
    whole = contents(tmp_path / "one")
    assert {"sweep.json", "members.parquet", "counties.parquet", "counties.csv", "outputs/00002.parquet"} <= set(whole)
    (tmp_path / "one" / "outputs" / "00001.parquet").unlink()
    again = opened(table(file, FEW), tmp_path / "one")
    assert [list(block) for block in again.missing()] == [[2, 3]]
    runner.run(again, Means(), silent)
    assert contents(tmp_path / "one") == whole
    publish_answer(run(file, tmp_path / "two", jobs=2), "zh")
    assert contents(tmp_path / "two") == whole


def test_there_is_a_row_for_each_county_in_the_order_of_the_table(tmp_path: Path) -> None:
    file = census(tmp_path)
    found = publish_answer(run(file, tmp_path / "out"), "en")
    assert found["code"].tolist() == list(CODES)
    assert (found["rate_low"] <= found["rate_median"]).all()
    assert (found["rate_median"] <= found["rate_high"]).all()
    assert found["target"].tolist() == [0.65, 0.65, 0.6, 0.65, 0.63]
    assert found["target_of"].tolist() == ["province", "province", "province", "nation", "province"]
    assert set(found["status"]) <= set(STATUSES[:-1])
    assert sum(counted(found).values()) == 5
    pd.testing.assert_frame_equal(read_table(tmp_path / "out" / "counties.parquet"), found, check_dtype=False)


def test_the_csv_opens_in_a_chinese_spreadsheet_and_is_in_per_cent(tmp_path: Path) -> None:
    batch = run(census(tmp_path), tmp_path / "out")
    found = publish_answer(batch, "zh")
    file = tmp_path / "out" / "counties.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    shown = pd.read_csv(file, dtype={"区划代码": str})
    assert shown["区划代码"].tolist() == list(CODES)
    assert shown["城镇化率（%）"].tolist() == [round(100.0 * rate, 2) for rate in found["rate"]]
    assert shown["目标年常住人口 中位（人）"].tolist() == [round(value) for value in found["residents_then"]]
    publish_answer(batch, "en")
    assert "probability (%)" in pd.read_csv(file).columns


def test_it_can_be_asked_in_sql(tmp_path: Path) -> None:
    run(census(tmp_path), tmp_path / "out")
    sql = "select province, avg(probability) as p from members join outputs using (member) group by 1"
    assert query(tmp_path / "out", sql)["province"].tolist() == ["安徽省"]
    assert len(query(tmp_path / "out", "from failures")) == 0


def test_a_county_that_cannot_be_built_leaves_the_others_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is expected of counties is found together where all can be built, and else of each alone: the same."""
    of = table(census(tmp_path), FEW)
    whole = blocks.Counties(of.members, FEW).run()
    fail(monkeypatch, learning, "base_year", "no such county")
    found = blocks.Counties(of.members, FEW).run()
    assert found.found == tuple(one for one in whole.found if one[0] != 2)
    assert found.failures == ((2, "ValueError: no such county", f"--code {CODES[2]}"),)


def test_a_county_that_cannot_be_run_is_listed_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, blocks, "outlook", "the model gives no number")
    batch = run(census(tmp_path), tmp_path / "out")
    found = publish_answer(batch, "en")
    assert found["status"].tolist()[2] == "failed"
    assert found["error"].tolist() == ["", "", "ValueError: the model gives no number", "", ""]
    assert found["rate_median"].isna().tolist() == [False, False, True, False, False]
    assert query(tmp_path / "out", "from failures")["settings"].tolist() == [f"--code {CODES[2]}"]
    assert runner.failures(batch) == 1


def test_rows_that_cannot_be_read_are_listed_with_their_line(tmp_path: Path) -> None:
    bad = county("510199", 20) | {"urban": "many"}
    file = census(tmp_path, county("341299", 20), bad, county("430199", 20))
    batch = run(file, tmp_path / "out")
    assert (batch.members, batch.table.unread_rows) == (2, 1)
    publish_answer(batch, "en")
    text = (tmp_path / "out" / "unread.csv").read_text("utf-8-sig")
    assert "counties_2020.csv:3:" in text
    assert "'many', expected a number" in text


def test_halves_hold_every_county_once(tmp_path: Path) -> None:
    whole = blocks.Counties(table(census(tmp_path), FEW).members, FEW)
    first, second = whole.halves()
    assert (*first.members, *second.members) == whole.members
    assert first.run().joined(second.run()) == whole.run()
    given_up = whole.given_up(TIME_LIMIT)
    assert [(number, error) for number, error, _ in given_up.failures] == [(i, TIME_LIMIT) for i in range(5)]


def test_what_has_changed_is_refused_by_name(tmp_path: Path) -> None:
    file, folder = census(tmp_path), tmp_path / "out"
    run(file, folder)
    with pytest.raises(InvalidInput, match="asked"):
        opened(table(file, replace(FEW, draws=5)), folder)
    with pytest.raises(InvalidInput, match="target"):
        opened(table(file, FEW, parse_goal("50%@2026")), folder)
    census(tmp_path, county("341299", 20))
    with pytest.raises(InvalidInput, match=r"counties_2020\.csv: has changed"):
        opened(table(file, FEW), folder)
    (tmp_path / "other" / "outputs").mkdir(parents=True)
    with pytest.raises(InvalidInput, match="holds results but no"):
        opened(table(file, FEW), tmp_path / "other")


def test_years_that_do_not_follow_each_other_are_refused(tmp_path: Path) -> None:
    file = census(tmp_path)
    with pytest.raises(InvalidInput, match=r"2019, expected 2021…2100") as caught:
        table(file, replace(FEW, horizon=2019))
    assert "2025 must be in" in str(caught.value)
    with pytest.raises(InvalidInput, match=r"2024 must be in|2025 must be in 2021…2024"):
        table(file, replace(FEW, horizon=2024))
    with pytest.raises(InvalidInput, match="2040 must be in"):
        table(file, FEW, parse_goal("50%@2040"))
    with pytest.raises(InvalidInput, match="--year"):
        table(census(tmp_path).rename(tmp_path / "counties.csv"), FEW)
