"""A reader who does what a page says, in an empty folder."""

import contextlib
import io
import os
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shlex import split

from sim.cli import main
from sim.common.paths import library
from tests.docs.pages import CENSUS, ROOT, Page, Step
from tests.output.live.browser import served

TABLES = ROOT.parent / "shared" / "data" / "census"
NOT_RUN = (
    r"git clone .+",
    r"cd \w+",
    r"python3? -m venv \.venv",
    r"\. \.venv/bin/activate",
    r'(python3? -m )?pip install (--no-compile )?(--constraint constraints\.txt )?(\.|"\.\[web,office\]")',
)
"""Commands that prepare a machine: recognised, not run."""


@dataclass
class Told:
    """What came of a page: what each output block should show, by its place; what was not run, and why."""

    printed: dict[tuple[int, int], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def follow(page: Page, folder: Path) -> Told:
    """Do everything that the page says, in its order."""
    told, printed = Told(), ""
    with _in(folder, page.language):
        for step in page.steps:
            if step.mark == CENSUS and not _tables(folder):
                told.skipped.append(f"no county tables of the censuses at {TABLES}: {step.text.strip()}")
                printed = ""
            elif step.file:
                path = folder / step.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step.text, encoding="utf-8")
            elif step.kind in {"sh", "python"}:
                printed = _run(step, told)
            elif step.is_output and printed:
                told.printed[step.span] = printed
    return told


def _run(step: Step, told: Told) -> str:
    if step.kind == "python":
        return _script(step.text, told)
    printed = ""
    for command in step.commands:
        code, text = _command(command)
        printed += text
        if code != step.exit:
            told.problems.append(f"`{command}` left with {code}, expected {step.exit}: {text[-2000:]}")
    return printed


def _command(command: str) -> tuple[int, str]:
    """Exit code and text of one command; one that prepares a machine is only recognised."""
    words = split(command)
    if words[:2] == ["townward", "serve"]:
        return _served(words[2:])
    if words[0] == "townward":
        return _townward(words[1:])
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        os.environ[name] = value
        return 0, ""
    if _is_make(words) or any(re.fullmatch(pattern, command) for pattern in NOT_RUN):
        return 0, ""
    return 127, f"the test does not know the command {command}"


def _townward(arguments: list[str]) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as left:
            code = left.code
    printed = out.getvalue() + ("" if code == 0 else err.getvalue())
    return int(code or 0), printed.replace(str(library()), "…")


def _served(arguments: list[str]) -> tuple[int, str]:
    """A page that is opened and ended again, at the port that the machine gives."""
    with served(Path.cwd(), *arguments) as address:
        return (0 if address else 1), ""


def _is_make(words: list[str]) -> bool:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    rest = [word for word in words if not re.fullmatch(r"[A-Z_]+=\S+", word)]
    return rest[:1] == ["make"] and set(rest[1:]) <= targets


def _script(text: str, told: Told) -> str:
    """What a script prints, which knows nothing of those before it. In this process: starting one takes seconds."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(text, "script", "exec"), {"__name__": "__main__"})
        except Exception:  # noqa: BLE001 - whatever a page's script raises is a problem of the page
            told.problems.append(f"a script failed: {traceback.format_exc()[-2000:]}")
    return out.getvalue()


def _tables(folder: Path) -> bool:
    """Put the county tables into the folder, where the page says the reader has them."""
    if not TABLES.is_dir():
        return False
    for table in TABLES.glob("counties_*.csv"):
        with contextlib.suppress(FileExistsError):
            (folder / table.name).symlink_to(table)
    return True


@contextlib.contextmanager
def _in(folder: Path, language: str) -> Iterator[None]:
    """In that folder, with the page's language and nothing of the tester's own settings."""
    kept = dict(os.environ)
    for name in ("TOWNWARD_LIBRARY", "TOWNWARD_DEBUG", "LC_ALL", "LC_MESSAGES"):
        os.environ.pop(name, None)
    os.environ |= {"TOWNWARD_LANG": language, "NO_COLOR": "1"}
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
