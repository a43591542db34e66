"""How many people jobs bring to town: what `pull.jobs` stands for, measured on real counties."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from sim.run.ensemble import Ensemble, simulate
from sim.run.scenario_run import ready
from sim.scenario import scenario

FEWEST, MOST = 0.3, 0.6
"""Workers who move in for a net new job: the range that `pull.jobs` is set for."""


@cache
def done(county: str, jobs: str = "") -> Ensemble:
    """Sixteen draws of a county to 2030, with jobs of policies as said."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "jobs.yaml"
        more = f"set:\n  jobs.new: {jobs}\n" if jobs else ""
        file.write_text(f"name: jobs\nregion: {county}\nhorizon: 2030\n{more}", "utf-8")
        return simulate(ready(scenario(file)).case, range(16))


def per_job(county: str, jobs: str, measure: str) -> float:
    """People of a measure in 2030 beyond those without the jobs, for each net job added until then."""
    with_jobs, without = done(county, jobs), done(county)
    gained = with_jobs.of(measure)[-1].astype(np.float64) - without.of(measure)[-1]
    return float(np.median(gained / with_jobs.of("new_jobs_net").astype(np.float64).sum(axis=0)))


@pytest.mark.parametrize("county", ["jieshou", "hanyin", "linzhou", "ledu"])
def test_a_net_job_brings_some_045_workers_within_ten_years(county: str) -> None:
    once = "{set: 2000, from: 2021, to: 2021}"
    assert FEWEST <= per_job(county, once, "urban_labour_force") <= MOST
    assert per_job(county, once, "urban") > per_job(county, once, "urban_labour_force")


@pytest.mark.parametrize("county", ["jieshou", "hanyin", "linzhou", "ledu"])
def test_jobs_of_every_year_bring_as_many_people_before_all_have_come(county: str) -> None:
    assert FEWEST <= per_job(county, "{set: 2000, from: 2021}", "urban") <= MOST


def test_people_follow_jobs_from_villages_and_from_away() -> None:
    once = "{set: 2000, from: 2021, to: 2021}"
    assert per_job("jieshou", once, "rural") < 0.0
    assert per_job("jieshou", once, "away") < 0.0
    assert per_job("jieshou", once, "resident") < per_job("jieshou", once, "urban")


def test_jobs_of_the_year_itself_move_nobody_yet() -> None:
    once = done("jieshou", "{set: 2000, from: 2021, to: 2021}")
    np.testing.assert_array_equal(once.of("urban")[1], done("jieshou").of("urban")[1])
    assert (once.of("urban")[2] > done("jieshou").of("urban")[2]).all()
