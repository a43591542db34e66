"""The cost of a batch: its disk is that of the files it will write, its time that of its own counties."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.questions.census_sweep import estimate as estimates
from sim.questions.census_sweep.answer import publish_answer
from sim.questions.census_sweep.batch import opened, table
from sim.questions.census_sweep.block import Counties, Outlooks
from sim.questions.census_sweep.county import Asked
from sim.questions.census_sweep.estimate import estimate
from sim.questions.sweep import runner
from sim.questions.sweep.estimate import side_by_side
from tests.questions.census_sweep.tables import census, county

FEW = Asked(draws=3, horizon=2026)


def of_many(folder: Path, number: int) -> Path:
    return census(folder, *(county(f"3412{i:02d}", 10 + i) for i in range(number)))


def test_the_files_take_about_what_was_said_and_not_more(tmp_path: Path) -> None:
    of = table(of_many(tmp_path, 60), FEW)
    cost = estimate(of, 2)
    batch = opened(of, tmp_path / "out")
    runner.run(batch, runner.Means(), lambda now: None)
    publish_answer(batch, "zh")
    files = sum(path.stat().st_size for path in batch.folder.rglob("*") if path.is_file())
    assert 0.7 * cost.disk < files < 1.2 * cost.disk
    assert (cost.members, cost.draws) == (60, 3)
    assert cost.memory > 1e8


def test_the_time_grows_with_the_counties_and_is_shared_by_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(estimates.time, "perf_counter", lambda: float(next(clock)))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    of = table(of_many(tmp_path, 60), FEW)
    one, many = estimate(of, 1), estimate(of, 4)
    assert many.seconds == pytest.approx(one.seconds / 2.0)
    assert one.seconds == pytest.approx(60.0 / 3.0)  # three at a time, each time a second on this clock


def test_counties_from_all_over_the_table_are_run_and_slow_ones_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = table(of_many(tmp_path, 60), FEW)
    ran: list[str] = []
    real = Counties.run

    def noted(own: Counties) -> Outlooks:
        ran.extend(member.row.code for member in own.members)
        return real(own)

    monkeypatch.setattr(Counties, "run", noted)
    estimate(of, 1)
    assert ran == [f"3412{i:02d}" for i in range(2, 60, 5)]
    ran.clear()
    monkeypatch.setattr(estimates, "_ENOUGH", 0.0)
    estimate(of, 1)
    assert ran == ["341202"]


def test_a_table_of_one_county_has_a_cost_too(tmp_path: Path) -> None:
    of = table(of_many(tmp_path, 1), FEW)
    assert estimate(of, 8).seconds > 0.0
    assert estimate(replace(of, asked=replace(FEW, draws=1)), 8).disk > 1000.0


@pytest.mark.parametrize(("jobs", "blocks", "working"), [(1, 9, 1), (2, 9, 2), (2, 1, 1), (64, 999, 4), (2, 0, 1)])
def test_no_more_processes_work_than_there_are_blocks_or_processors(
    jobs: int, blocks: int, working: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert side_by_side(jobs, blocks) == working
