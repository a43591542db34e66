"""A scenario whose run takes long is shown on few draws first, and on all of them as soon as they are run."""

import numpy as np
import pytest

from sim.questions.live import opened
from sim.questions.live.far import Far
from sim.questions.live.opened import PREVIEW, Shelf, lane_years
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.scenarios import JIESHOU

DRAWS = PREVIEW + 20
FILE = JIESHOU / "trend.yaml"


def test_the_first_look_gives_way_to_all_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "SOON", 0)
    shelf = Shelf({"trend": FILE}, DRAWS, 1)
    look = shelf.opened("trend")
    assert len(look.saved.ensemble.draws) == PREVIEW
    whole = shelf.whole("trend")
    assert shelf.opened("trend") is whole is not look
    assert (look.is_first, whole.is_first, len(whole.saved.ensemble.draws)) == (False, False, DRAWS)
    assert np.array_equal(whole.saved.ensemble.values, run(whole.as_is, 1).ensemble.values, equal_nan=True)
    assert [knob.key for knob in look.knobs] == [knob.key for knob in whole.knobs]


def test_a_scenario_whose_run_is_short_is_resolved_once_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    real = opened.resolve

    def counting(*given: object) -> object:
        asked.append(given)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(opened, "resolve", counting)
    found = Shelf({"trend": FILE}, 20, 1).opened("trend")
    assert [len(given) for given in asked] == [2, 3]  # and once with the policies that it could use
    assert found.as_is.draws == 20


def test_a_short_run_is_waited_for_and_one_that_fails_meanwhile_stays_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf({"trend": FILE}, 20, 1)
    assert shelf.opened("trend") is shelf.whole("trend")
    monkeypatch.setattr(opened, "SOON", lane_years(scenario(FILE, ["draws=20"])) - 1)
    again = Shelf({"trend": FILE}, 20, 1)
    files = again.files
    real = opened.Opened

    def gone(file: object, draws: int, jobs: int, far: Far, known: object = None) -> opened.Opened:
        if draws != PREVIEW:
            raise OSError("the file is gone")
        return real(files["trend"], draws, jobs, far)

    monkeypatch.setattr(opened, "Opened", gone)
    look = again.opened("trend")
    assert again.whole("trend") is look
    assert not look.is_first
