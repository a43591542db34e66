"""Searches of a page: ended by the one who asked, and by nobody asking any more."""

import time

from sim.questions.live.seeking import Job, Searches
from tests.questions.live.pilot import JOBS, opened


def over(job: Job) -> Job:
    for _ in range(600):
        if job.standing != "running":
            return job
        time.sleep(0.05)
    raise AssertionError("the search is still running")


def test_a_search_ends_when_its_tab_is_closed() -> None:
    """Who closes a tab asks no more; the clock of the test leaps over the wait."""
    moments = iter([0.0, 0.0, 0.0, 0.0])
    searches = Searches(clock=lambda: next(moments, 1000.0))
    of = opened()
    assert over(searches.begin(of, of.moved({JOBS: 1.2}), "T205", 0.9)).standing == "cancelled"


def test_a_search_that_is_ended_has_no_answer() -> None:
    of = opened()
    searches = Searches()
    job = searches.begin(of, of.moved({JOBS: 1.2}), "T205", 0.9)
    searches.end()
    assert over(job).standing == "cancelled"
    assert job.answer is None
    assert searches.job(job.id) is job
    assert searches.job("another") is None
