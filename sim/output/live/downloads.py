"""What can be taken away: the report of the state shown, as a page, a brief to print, a workbook or a document."""

import tempfile
from pathlib import Path
from typing import Final, get_args

from starlette.responses import Response

from sim.common.language import Language
from sim.output.live.asked import State
from sim.output.live.desk import Desk
from sim.output.saved_report import Form, write_tables

_TYPES: Final = {
    "html": "text/html",
    "brief": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def form_of(word: str | None) -> Form:
    """The form of that name; a page where there is none."""
    return next((one for one in get_args(Form) if one == word), "html")


def report(desk: Desk, state: State, form: Form, language: Language) -> Response:
    """The report as a file. Raises InvalidInput where the extra of its form is not installed."""
    done = desk.report(state, lambda: None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{'html' if form == 'brief' else form}"
        write_tables(done.tables, path, form, language)
        content = path.read_bytes()
    headers = {"content-disposition": f'attachment; filename="{_name(state, form)}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)


def _name(state: State, form: Form) -> str:
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in state.scenario)
    ending = "-brief.html" if form == "brief" else f".{form}"
    return f"{plain}{'-changed' if state.values else ''}{ending}"
