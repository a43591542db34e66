"""A run tells how far it is, and is the same whether anybody listens."""

import io
import sys
import time

import numpy as np
import pytest

from sim.cli import options
from sim.cli.options import ticking
from sim.questions.seek.ask import seek
from sim.questions.seek.read import Options, read
from sim.run.contributions import contributions
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.scenarios import JIESHOU


def test_the_years_that_are_done_are_told_and_nothing_changes() -> None:
    asked = scenario(JIESHOU / "trend.yaml", ["draws=60", "horizon=2024", "test_year=2023", "plan=null"])
    told: list[tuple[int, int]] = []
    watched = run(asked, 2, lambda done, whole: told.append((done, whole)))
    assert told == sorted(told)
    assert told[-1] == (60 * 4, 60 * 4)
    np.testing.assert_array_equal(watched.ensemble.values, run(asked, 2).ensemble.values)


def test_contributions_and_a_search_tell_the_share_that_is_done() -> None:
    asked = scenario(JIESHOU / "pilot.yaml", ["draws=20", "test_year=2022", "plan=null"])
    told: list[float] = []
    watched = contributions(asked, draws=4, tell=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert watched == contributions(asked, draws=4)
    levers = ("away.return_to_city.times=0.5:2", "transfer.rural_to_city.times=0.5:2")
    options = Options(("urbanization_rate>=60%@2022",), levers, (), 0.8, 8, None, ())
    steps: list[tuple[int, float]] = []
    seek(read(JIESHOU / "trend.yaml", options), report=lambda tried, share: steps.append((tried, share)))
    assert steps == sorted(steps)
    assert 0.0 < steps[0][1] < steps[-1][1] <= 1.0 + 1e-9


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_years_and_time_left_are_said_after_two_seconds_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, clock = Terminal(), [0.0]
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with ticking("en") as watch:
        watch(1500, 15000)
        assert shown.getvalue() == ""
        clock[0] = options.PATIENCE + 1.0
        watch(7500, 15000)
        assert shown.getvalue() == "\r7,500 of 15,000 years simulated, about 3 s left"
    assert shown.getvalue().endswith(" \r")
    nobody = io.StringIO()
    monkeypatch.setattr(sys, "stderr", nobody)
    with ticking("en") as watch:
        clock[0] += 9.0
        watch(7500, 15000)
    assert nobody.getvalue() == ""


def test_what_went_before_the_first_of_the_work_is_not_taken_for_its_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, clock = Terminal(), [0.0]
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with ticking("en") as watch:
        clock[0] = 40.0  # kernels were compiled
        watch(100, 10_000)
        assert shown.getvalue() == ""
        clock[0] = 41.0
        watch(1_100, 10_000)
        assert shown.getvalue().endswith("about 9 s left")
