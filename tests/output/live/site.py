"""The live page's server in this process, with a client that asks as the page does."""

from functools import cache
from typing import Any

from starlette.testclient import TestClient

from sim.output.live.guard import HEADER
from sim.output.live.server import application
from sim.questions.live.opened import Shelf
from tests.scenarios import JIESHOU

TOKEN = "a-token-of-the-tests"
PORT = 8310
HOST = f"127.0.0.1:{PORT}"
OWN = {"host": HOST, HEADER: TOKEN}
DRAWS = 200
JOBS = "policies.industrial-park-jobs.intensity"


@cache
def client(*, read_only: bool = False) -> TestClient:
    """A client of a server with the pilot and the trend of Jieshou."""
    shelf = shelf_of()
    return TestClient(application(shelf, TOKEN, PORT, read_only=read_only), base_url=f"http://{HOST}")


@cache
def shelf_of() -> Shelf:
    shelf = Shelf({}, DRAWS, 1)
    for name in ("pilot", "trend"):
        shelf.add(name, JIESHOU / f"{name}.yaml")
    return shelf


def get(path: str, **words: Any) -> Any:
    """The answer to a question of the page, which has to be given."""
    answer = client().get(path, params={"lang": "en", **words}, headers=OWN)
    assert answer.status_code == 200, answer.text
    return answer.json()
