"""What can be taken away: the report of the state that is shown."""

import tempfile
from pathlib import Path

from starlette.responses import Response

from sim.common.language import Language
from sim.output import report
from sim.output.live.asked import State
from sim.output.live.desk import Desk


def report_name(state: State) -> str:
    """The name of the file."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in state.scenario)
    return f"{plain}{'-changed' if state.values else ''}.html"


def report_of(desk: Desk, state: State, language: Language) -> bytes:
    """The report in one file."""
    done = desk.report(state, lambda: None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        report.write(done.tables, path, language)
        return path.read_bytes()


def report_answer(desk: Desk, state: State, language: Language) -> Response:
    """The same as something to be saved."""
    headers = {"content-disposition": f'attachment; filename="{report_name(state)}"'}
    return Response(report_of(desk, state, language), media_type="text/html", headers=headers)
