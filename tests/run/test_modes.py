"""Modes of the model: in each, what it does not go by moves nobody, to the last digit."""

from pathlib import Path

import numpy as np

from sim.model.arrays import Array
from sim.run.experiment import unmoved
from sim.run.lanes import Wanted
from sim.run.scenario_run import ready
from sim.scenario import scenario
from tests.scenarios import JIESHOU

WANTED = [Wanted(measure, 0, 2025) for measure in ("resident", "urban", "homes", "urban_jobs")]


def people(folder: Path, mode: str, *policies: str) -> Array:
    """Residents, urban residents, homes and jobs in 2025 [measure, draw]."""
    file = folder / "own.yaml"
    used = f"policies: [{', '.join(policies)}]\n" if policies else ""
    file.write_text(f"name: own\nextends: {JIESHOU / mode}.yaml\nhorizon: 2026\n{used}", "utf-8")
    return unmoved(ready(scenario(file)).case, WANTED, range(4)).astype(np.float64)


def test_people_follow_homes_and_not_jobs(tmp_path: Path) -> None:
    mode = "people-follow-homes"
    before = people(tmp_path, mode)
    jobs = people(tmp_path, mode, "{use: industrial-park-jobs, from: 2021, amount: 9000}")
    homes = people(tmp_path, mode, "{use: public-rental, from: 2021, amount: 2000}")
    assert (jobs[:3] == before[:3]).all()
    assert (jobs[3] > before[3]).all()
    assert (homes[0] > before[0]).all()


def test_people_follow_jobs_and_not_homes(tmp_path: Path) -> None:
    mode = "people-follow-jobs"
    before = people(tmp_path, mode)
    homes = people(tmp_path, mode, "{use: public-rental, from: 2021, amount: 2000}")
    jobs = people(tmp_path, mode, "{use: industrial-park-jobs, from: 2021, amount: 9000}")
    assert (homes[:2] == before[:2]).all()
    assert (homes[2] > before[2]).all()
    assert (jobs[0] > before[0]).all()


def test_people_come_with_net_jobs_by_the_coefficient_in_the_next_year(tmp_path: Path) -> None:
    wanted = [Wanted(one, 0, year) for year in (2021, 2022) for one in ("resident", "city", "new_jobs_net", "job_gap")]

    def of(families: float) -> Array:
        file = tmp_path / "own.yaml"
        file.write_text(
            f"name: own\nextends: {JIESHOU}/people-follow-jobs.yaml\nhorizon: 2026\nset:\n"
            f"  jobs.families: {{value: {families}, dist: {{certain: {{}}}}}}\n  pull.jobs: 0\n",
            "utf-8",
        )
        case = ready(scenario(file, ("policies.industrial-park-jobs.amount=10000",))).case
        return unmoved(case, wanted, range(4)).astype(np.float64)

    none, some, many = of(0.0), of(0.5), of(2.0)
    net = none[2]
    np.testing.assert_array_equal(none[:2], many[:2])  # they come in the year after the jobs
    np.testing.assert_allclose(many[4] - none[4], 2.0 * net, rtol=0.05)
    np.testing.assert_allclose(some[4] - none[4], 0.5 * net, rtol=0.05)
    np.testing.assert_allclose(many[5] - none[5], many[4] - none[4], rtol=0.05)  # to the county seat
    np.testing.assert_allclose(many[3], 0.0, atol=1e-6)  # every job has its worker
    np.testing.assert_allclose(some[3], none[3] / 2.0, rtol=1e-6)
