"""A server of its own process: slow clients and closed tabs hinder nobody, and one that is killed leaves no half."""

import json
import shutil
import signal
import socket
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from sim.cli.serve import _listening
from sim.output.live.guard import HEADER
from sim.scenario import scenario
from tests.output.live.browser import started
from tests.scenarios import JIESHOU

ANSWER = "/api/answer?scenario=trend&stage=all&move=away.return_to_city:1.1"


def test_slow_clients_and_closed_tabs_hinder_nobody_and_a_killed_server_loses_nothing(tmp_path: Path) -> None:
    shutil.copytree(JIESHOU, tmp_path / "jieshou")
    with started(tmp_path, "jieshou/trend.yaml", "--draws", "20") as (address, process):
        site, token = urlsplit(address), address.partition("token=")[2]

        def ask(path: str, content: dict[str, object] | None = None) -> dict[str, object]:
            data = None if content is None else json.dumps(content).encode()
            headers = {HEADER: token, "content-type": "application/json"}
            request = urllib.request.Request(f"http://{site.netloc}{path}", data, headers)
            with urllib.request.urlopen(request, timeout=60) as answer:
                found: dict[str, object] = json.loads(answer.read())
                return found

        slow = socket.create_connection((str(site.hostname), int(site.port or 0)))
        head = f"POST /api/save HTTP/1.1\r\nHost: {site.netloc}\r\n{HEADER}: {token}\r\n"
        slow.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{".encode())
        closed = socket.create_connection((str(site.hostname), int(site.port or 0)))
        closed.sendall(f"GET {ANSWER} HTTP/1.1\r\nHost: {site.netloc}\r\n{HEADER}: {token}\r\n\r\n".encode())
        closed.close()
        assert ask("/api/scenarios")["scenarios"]
        assert ask(ANSWER)["targets"]
        moves = {"away.return_to_city": 1.2}
        assert ask("/api/save", {"scenario": "trend", "moves": moves, "name": "mine"})["name"] == "mine"
        process.send_signal(signal.SIGKILL)
        slow.close()
    assert scenario(tmp_path / "jieshou" / "mine.yaml").name == "mine"
    left = sorted(path.name for path in (tmp_path / "jieshou").iterdir())
    assert left == sorted([*(path.name for path in JIESHOU.iterdir()), "mine.yaml"])


def test_small_answers_wait_for_nobody() -> None:
    """asyncio switches Nagle's delay off where a socket names its protocol: head and body are written apart."""
    with _listening(0) as made, socket.create_connection(made.getsockname()), made.accept()[0] as accepted:
        assert accepted.proto == socket.IPPROTO_TCP


def test_nobody_but_this_machine_can_reach_it() -> None:
    with _listening(0) as made:
        assert made.getsockname()[0] == "127.0.0.1"
