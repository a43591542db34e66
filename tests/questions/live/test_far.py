"""How far a run is that a page waits for: the pace of its own years, and where the scenario stands."""

from pathlib import Path

import pytest

from sim.questions.live import far, opened
from sim.questions.live.far import Far
from sim.questions.live.opened import PREVIEW, Shelf
from tests.scenarios import JIESHOU

FILE = JIESHOU / "trend.yaml"


def test_what_is_left_goes_by_the_pace_since_the_first_years(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((20.0, 22.0, 23.0))  # the first years came late: kernels were compiled before
    monkeypatch.setattr(far.time, "monotonic", lambda: next(moments))
    at = Far()
    assert (at.share, at.left) == (0.0, None)
    at.tell(100, 1000)
    assert (at.share, at.left) == (0.1, None)
    at.tell(500, 1000)
    assert at.left == pytest.approx(2.0 * 0.5 / 0.4)
    at.tell(1000, 1000)
    assert (at.share, at.left) == (1.0, 0.0)


def test_a_scenario_is_being_opened_then_a_look_then_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "SOON", 0)
    shelf, seen = Shelf({"trend": FILE}, PREVIEW + 20, 1), []
    real = opened.Opened

    def standing(far: Far) -> bool:
        found = shelf.far("trend")
        return found is not None and found[0] is far

    def watched(file: Path, draws: int, jobs: int, far: Far, known: object = None) -> opened.Opened:
        seen.append((far.share, standing(far)))
        found = real(file, draws, jobs, far)
        seen.append((far.share, standing(far)))
        return found

    monkeypatch.setattr(opened, "Opened", watched)
    assert shelf.far("trend") is None
    shelf.whole("trend")
    assert shelf.far("trend") is None
    assert seen == [(0.0, True), (1.0, True)] * 2
