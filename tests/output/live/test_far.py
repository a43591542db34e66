"""How far a scenario is that is being opened, in words of both languages."""

import pytest

from sim.output.live import far
from sim.questions.live.far import Far
from tests.output.live.site import get


def test_what_is_there_says_nothing() -> None:
    get("/api/scenario/pilot")
    for name in ("pilot", "nothing"):
        assert get(f"/api/opening/{name}") == {"standing": "there", "said": ""}


def test_each_step_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far, "is_cached", lambda: False)
    at = Far()
    assert "compiling" in far.told((at, False), "en")["said"]
    monkeypatch.setattr(far, "is_cached", lambda: True)
    assert far.told((at, False), "en") == {"standing": "opening", "said": "its files are read …"}
    at.share, at.left = 0.42, 7.4
    assert far.told((at, True), "en") == {"standing": "look", "said": "42% simulated, about 7 s left"}
    assert far.told((at, True), "zh")["said"] == "已模拟 42%，约剩 7 秒"
    at.left = 0.2
    assert far.told((at, True), "en")["said"] == "42% simulated, about 1 s left"
    at.share = 1.0
    assert far.told((at, True), "en")["said"].startswith("simulated;")
