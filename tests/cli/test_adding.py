"""What policies add, worked out beside a run: the same whenever it is begun, and left when nobody waits for it."""

from collections.abc import Callable
from concurrent.futures import CancelledError

import pytest

from sim.cli.adding import adding
from sim.run import contributions as own
from sim.scenario import scenario
from tests.scenarios import JIESHOU


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_is_found_whether_a_thread_was_free_for_it_or_not(jobs: int) -> None:
    of = scenario(JIESHOU / "pilot.yaml", ("draws=10", "horizon=2022", "test_year=2022"))
    with adding(of, jobs, True) as work:
        work.begin()
        found = work.found("en")
    assert found == own.contributions(of)


def test_where_nobody_asked_nothing_is_begun() -> None:
    with adding(scenario(JIESHOU / "pilot.yaml"), 2, False) as work:
        work.begin()
        assert not work.is_asked


def test_it_is_left_when_the_run_was_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, tell: Callable[[float], None], **__: object) -> None:
        while True:
            tell(0.5)

    monkeypatch.setattr(own, "contributions", endless)
    with adding(scenario(JIESHOU / "pilot.yaml"), 2, True) as work:
        work.begin()
    with pytest.raises(CancelledError):
        work.found("en")
