"""Every attack that the page's server is to stand: each is refused, and what the page itself asks is not."""

import asyncio
import json

import pytest
from starlette.requests import Request
from starlette.types import Message, Scope

from sim.output.live import guard
from sim.output.live.guard import HEADER, LARGEST
from sim.output.live.server import application
from tests.output.live.site import HOST, OWN, PORT, TOKEN, client, shelf_of

JSON = {**OWN, "content-type": "application/json"}
_ASKED = (
    *("/api/scenarios", "/api/scenario/pilot", "/api/opening/pilot", "/api/answer?scenario=pilot"),
    *("/api/report?scenario=pilot", "/api/seek/none"),
)
_SENT = ("/api/save", "/api/seek", "/api/seek/none/cancel")


def test_the_page_itself_is_answered() -> None:
    assert client().get("/", headers={"host": HOST, "sec-fetch-site": "none"}).status_code == 200
    for host in (f"localhost:{PORT}", f"[::1]:{PORT}", HOST):
        own = {**OWN, "host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
        assert client().get("/api/scenarios", headers=own).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "localhost", ""])
def test_a_foreign_host_is_refused_everywhere(host: str) -> None:
    """Another name for this machine is how a web site would reach it (DNS rebinding)."""
    for path in ("/", "/app/main.js", "/api/scenarios"):
        assert client().get(path, headers={**OWN, "host": host}).status_code == 421


def test_a_second_host_is_refused() -> None:
    """Of two, servers and what stands before them may each believe another."""
    for hosts in ((HOST, "evil.example"), ("evil.example", HOST), (HOST, HOST)):
        headers = [*((b"host", one.encode()) for one in hosts), (HEADER.encode(), TOKEN.encode())]
        scope: Scope = {"type": "http", "path": "/api/scenarios", "method": "GET", "headers": headers}
        assert statuses(scope) == [421]


def statuses(scope: Scope) -> list[int]:
    """What the server answers to a request as it arrived."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application(shelf_of(), TOKEN, PORT)(scope, receive, send))
    return [one["status"] for one in sent if one["type"] == "http.response.start"]


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.05)

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def asked() -> None:
        await guard.body(Request({"type": "http", "method": "POST", "headers": []}, receive))

    with pytest.raises(guard.BodyError) as ended:
        asyncio.run(asked())
    assert ended.value.status == 408


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_origin_is_refused(headers: dict[str, str]) -> None:
    assert client().get("/api/scenarios", headers={**OWN, **headers}).status_code == 403
    assert client().post("/api/save", headers={**JSON, **headers}, content="{}").status_code == 403
    if "origin" in headers or headers["sec-fetch-site"] != "none":
        assert client().get("/app/main.js", headers={"host": HOST, **headers}).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ü"])
def test_without_the_token_nothing_is_said(token: str) -> None:
    for path in (*_ASKED, "/api/nothing"):
        answer = client().get(path, headers={"host": HOST, HEADER: token.encode("latin-1")})
        assert answer.status_code == 401
        assert answer.json() == {"refused": "token"}
    for path in _SENT:
        headers = {"host": HOST, "content-type": "application/json", HEADER: token.encode("latin-1")}
        assert client().post(path, headers=headers, content="{}").status_code == 401
    assert client().get(f"/api/scenarios?token={TOKEN}", headers={"host": HOST}).status_code == 401


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_is_no_json(kind: str) -> None:
    """Forms of other sites can send these types without being asked."""
    for path in _SENT:
        assert client().post(path, headers={**OWN, "content-type": kind}, content="{}").status_code == 415


def test_a_large_body_is_refused_said_or_not() -> None:
    large = json.dumps({"name": "x" * LARGEST})
    assert client().post("/api/save", headers=JSON, content=large).status_code == 413
    parts = (large[at : at + 999].encode() for at in range(0, len(large), 999))
    unsaid = client().post("/api/save", headers=JSON, content=parts)
    assert unsaid.status_code == 413
    assert client().post("/api/save", headers={**JSON, "content-length": "-1"}, content="{}").status_code == 413


@pytest.mark.parametrize(
    "content", ["", "[]", "1", "{", '{"moves": NaN}', '{"moves": {"a": Infinity}}', "[" * 20_000, "\xff"]
)
def test_what_is_no_json_object_is_refused(content: str) -> None:
    for path in _SENT[:2]:
        assert client().post(path, headers=JSON, content=content.encode("latin-1")).status_code == 400


@pytest.mark.parametrize("number", ["NaN", "nan", "Infinity", "-inf", "1e999", "", "0x10", "1;2"])
def test_a_lever_takes_finite_numbers_only(number: str) -> None:
    move = f"policies.industrial-park-jobs.intensity:{number}"
    answer = client().get("/api/answer", params={"scenario": "pilot", "move": move}, headers=OWN)
    assert answer.status_code == 422
    assert answer.json()["faults"]


@pytest.mark.parametrize(
    "path",
    [
        *("/app/../guard.py", "/app/..%2fguard.py", "/app/%2e%2e/guard.py", "/../../etc/passwd", "/app//etc/passwd"),
        *("/app/index.html", "/app/", "/api/scenario/../../pilot", "/api/scenario/%2e%2e%2fpilot", "/api/scenario/"),
        *("/api/report?scenario=../pilot", "/api/seek/..%2f..%2fetc"),
    ],
)
def test_no_path_reaches_the_disk(path: str) -> None:
    answer = client().get(path, headers=OWN)
    assert answer.status_code in (404, 422)
    assert b"root:" not in answer.content
    assert b"import" not in answer.content


def test_a_form_of_a_report_names_no_file() -> None:
    answer = client().get("/api/report", params={"scenario": "trend", "form": "../../x"}, headers=OWN)
    assert answer.headers["content-disposition"] == 'attachment; filename="trend.html"'


@pytest.mark.parametrize("name", ["../pilot", "/etc/passwd", "pilot.yaml", "nothing", "x" * 9_000])
def test_scenarios_are_known_by_name_alone(name: str) -> None:
    answer = client().get("/api/answer", params={"scenario": name}, headers=OWN)
    assert answer.status_code == 422


def test_every_answer_keeps_the_page_apart() -> None:
    for path, headers in (("/", {"host": HOST}), ("/api/scenarios", OWN), ("/api/scenarios", {"host": HOST})):
        said = client().get(path, headers=headers).headers
        assert said["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in said["content-security-policy"]
        assert said["x-content-type-options"] == "nosniff"
        assert said["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in said
        assert "server" not in said
    assert client().get("/api/scenarios", headers=OWN).headers["cache-control"] == "no-store"


def test_other_methods_are_not_there() -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert client().request(method, "/api/scenarios", headers=OWN).status_code == 405
    assert client().get("/api/save", headers=OWN).status_code == 405
