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
