"""The atlas on the live page's server: shown to its own page alone, and a county of it opens as a scenario."""

from functools import cache

from starlette.testclient import TestClient

from sim.output.live.server import application
from sim.questions.live.opened import Shelf
from tests.output.atlas.batches import PLACES, atlas
from tests.output.live.site import HOST, OWN, PORT, TOKEN

JSON = {**OWN, "content-type": "application/json"}


@cache
def client() -> TestClient:
    return TestClient(application(Shelf({}, 20, 1), TOKEN, PORT, atlas=atlas()), base_url=f"http://{HOST}")


def test_the_page_is_there_and_what_it_shows_needs_the_token() -> None:
    page = client().get("/atlas", params={"lang": "zh"}, headers={"host": HOST})
    assert page.status_code == 200
    assert '<html lang="zh-CN">' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in ("atlas.js", "atlas.css"):
        assert f"/app/{name}" in page.text
        assert client().get(f"/app/{name}", headers=OWN).status_code == 200
    assert client().get("/api/atlas", headers={"host": HOST}).status_code == 401
    assert client().get("/api/atlas", headers=OWN).json()["counties"]["code"] == list(PLACES)
    foreign = {"host": "example.org"}
    assert client().get("/atlas", headers=foreign).status_code == 421


def test_a_county_opens_as_a_scenario_once() -> None:
    first, again = (client().post("/api/county", json={"code": "341282"}, headers=JSON) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    found = client().get(f"/api/scenario/{first.json()['name']}", params={"lang": "en"}, headers=OWN).json()
    assert (found["place"], found["draws"]) == ("Jieshou", 20)


def test_what_is_no_county_is_refused() -> None:
    for code in ("999999", "../../etc/passwd", None, {"a": 1}):
        answer = client().post("/api/county", json={"code": code}, headers=JSON)
        assert answer.status_code == 422
        assert "no county of the batch" in answer.json()["faults"][0]["message"]
    assert client().post("/api/county", content="code=341282", headers=OWN).status_code == 415
