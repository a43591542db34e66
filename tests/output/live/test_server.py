"""What the page asks and is told, without a browser."""

import time

import pytest
from starlette.testclient import TestClient

from sim.common.language import LANGUAGES
from sim.output.live.server import application
from sim.questions.live import opened
from sim.questions.live.opened import Shelf
from tests.output.live.site import DRAWS, HOST, JOBS, OWN, PORT, TOKEN, client, get
from tests.scenarios import JIESHOU

JSON = {**OWN, "content-type": "application/json"}


def test_scenarios_and_words_are_there_in_both_languages() -> None:
    said = {language: get("/api/scenarios", lang=language) for language in LANGUAGES}
    assert [one["name"] for one in said["en"]["scenarios"]] == ["pilot", "trend"]
    assert said["zh"]["scenarios"][0]["title"] == "试点方案"
    assert said["zh"]["words"].keys() == said["en"]["words"].keys()


def test_a_scenario_has_levers_with_range_unit_and_source() -> None:
    found = get("/api/scenario/pilot")
    assert found["draws"] == DRAWS
    jobs = next(card for card in found["cards"] if card["id"] == "industrial-park-jobs")
    assert jobs["used"]
    assert [knob["title"] for knob in jobs["knobs"]] == ["Strength", "Size", "First year"]
    assert jobs["evidence"]
    assert jobs["place"].endswith("pilot.yaml:6:11")
    knobs = [knob for group in found["rates"] for knob in group["knobs"]]
    assert len(knobs) > 50
    assert all(knob["low"] < knob["high"] and knob["source"] and knob["place"] for knob in knobs)
    assert any(not card["used"] and card["knobs"] for card in found["cards"])
    assert any(card["missing"] for card in found["cards"])


def test_an_answer_goes_from_preview_to_all_years() -> None:
    move = f"{JOBS}:1.8"
    quick, full, years = (
        get("/api/answer", scenario="pilot", stage=stage, move=move) for stage in ("preview", "all", "years")
    )
    assert [row["id"] for row in quick["targets"]] == [row["id"] for row in full["targets"]]
    assert "figure" not in quick
    assert years["figure"]["data"]
    rate = {name: answer["targets"][0] for name, answer in (("all", full), ("years", years))}
    assert rate["all"]["chance"] == rate["years"]["chance"]
    assert (rate["all"]["first"], bool(rate["years"]["first"])) == ("", True)
    assert rate["years"]["change"]["median"].startswith("+")
    words = {"scenario": "pilot", "stage": "preview", "move": move, "lang": "en"}
    timing = client().get("/api/answer", params=words, headers=OWN).headers["server-timing"]
    assert float(timing.removeprefix("answer;dur=")) > 0.0


def test_the_same_question_has_the_same_answer() -> None:
    words = {"scenario": "pilot", "stage": "all", "move": f"{JOBS}:1.3"}
    assert get("/api/answer", **words) == get("/api/answer", **words)


def test_a_newer_question_wins() -> None:
    ask = {"scenario": "pilot", "stage": "all", "page": "p", "move": f"{JOBS}:1.41"}
    assert get("/api/answer", **ask, number=7)
    stale = client().get("/api/answer", params={**ask, "number": 6, "move": f"{JOBS}:1.42"}, headers=OWN)
    assert stale.status_code == 409
    other = client().get("/api/answer", params={**ask, "number": 1, "page": "q"}, headers=OWN)
    assert other.status_code == 200


def test_two_scenarios_stand_side_by_side_with_paired_differences() -> None:
    found = get("/api/answer", scenario="pilot", stage="years", beside="trend")
    row = found["targets"][0]
    assert found["paired"]
    assert row["beside"]["median"]
    assert row["apart"]["median"]
    assert any("Trend" in trace.get("name", "") for trace in found["figure"]["data"])


def test_what_is_set_beside_has_all_its_draws_where_that_which_it_stands_beside_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opened, "SOON", 0)
    shelf = Shelf({name: JIESHOU / f"{name}.yaml" for name in ("pilot", "trend")}, opened.PREVIEW + 20, 1)
    shelf.whole("pilot")
    page = TestClient(application(shelf, TOKEN, PORT), base_url=f"http://{HOST}")
    found = page.get("/api/answer?scenario=pilot&stage=years&beside=trend", headers=OWN).json()
    assert not shelf.opened("trend").is_first
    assert found["paired"]
    assert found["targets"][0]["apart"]["median"]


def test_every_pane_is_shown_for_a_region_and_year() -> None:
    panes = get("/api/scenario/pilot")["panes"]
    for pane in panes:
        found = get("/api/answer", scenario="pilot", stage="whole", pane=pane["id"], year=2031)
        assert found["markup"], pane
        assert "<script" not in found["markup"]
    ages = get("/api/answer", scenario="pilot", stage="whole", pane="ages", year=2031)
    assert "2031" in ages["figures"]["pyramid"]["layout"]["meta"]["title"]


def test_faults_are_said_by_lever_in_the_readers_language() -> None:
    ask = {"scenario": "pilot", "stage": "all", "move": "away.return_to_city:150", "lang": "zh"}
    answer = client().get("/api/answer", params=ask, headers=OWN)
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert fault["key"] == "away.return_to_city"
    assert fault["message"] == "150 应在 0…50% 之内"


def test_a_page_that_is_read_only_saves_nothing() -> None:
    content = {"scenario": "pilot", "moves": {JOBS: 1.5}, "name": "x"}
    assert client(read_only=True).post("/api/save", json=content, headers=JSON).status_code == 403


def test_a_name_that_cannot_be_saved_is_told_in_plain_words() -> None:
    content = {"scenario": "pilot", "moves": {JOBS: 1.5}, "name": "../x"}
    (fault,) = client().post("/api/save", json=content, headers=JSON).json()["faults"]
    assert not fault["message"].startswith("save")


def test_a_report_of_the_state_is_one_file() -> None:
    answer = client().get("/api/report", params={"scenario": "pilot", "move": f"{JOBS}:1.8"}, headers=OWN)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="pilot-changed.html"'
    assert b"<!DOCTYPE html>" in answer.content
    book = client().get("/api/report", params={"scenario": "trend", "form": "xlsx"}, headers=OWN)
    assert book.headers["content-disposition"] == 'attachment; filename="trend.xlsx"'
    assert book.content.startswith(b"PK")


def test_what_would_it_take_is_sought_and_can_be_ended() -> None:
    ask = {"scenario": "pilot", "moves": {"away.return_to_city": 1.2}, "target": "T205", "probability": 0.5}
    begun = client().post("/api/seek", json=ask, headers=JSON)
    assert begun.status_code == 202
    found = until_over(begun.json()["job"])
    assert found["standing"] == "done"
    assert found["sentences"]
    assert found["moves"].keys() == {"away.return_to_city"}
    again = client().post("/api/seek", json=ask | {"moves": {JOBS: 1.2}}, headers=JSON).json()["job"]
    client().post(f"/api/seek/{again}/cancel", json={}, headers=JSON)
    assert until_over(again)["standing"] in ("cancelled", "done")


def until_over(job: str) -> dict[str, object]:
    for _ in range(600):
        found: dict[str, object] = get(f"/api/seek/{job}")
        if found["standing"] != "running":
            return found
        time.sleep(0.1)
    raise AssertionError("the search is still running")


def test_what_cannot_be_sought_is_said() -> None:
    for change in ({"moves": {}}, {"target": "T999"}, {"probability": 2}, {"probability": "much"}, {"moves": [1]}):
        ask = {"scenario": "pilot", "moves": {JOBS: 1.2}, "target": "T205", "probability": 0.5} | change
        answer = client().post("/api/seek", json=ask, headers=JSON)
        assert answer.status_code == 422
        assert answer.json()["faults"]
    assert client().get("/api/seek/nothing", headers=OWN).status_code == 404
