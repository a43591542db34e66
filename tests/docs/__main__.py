"""Bring up to date what the pages quote: output of their commands, and tables of the model page."""

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import PAGES, ROOT, read, replaced, shown
from tests.docs.reader import follow
from tests.docs.tables import filled

MODEL = ROOT / "docs" / "model.md"


def refresh(name: str) -> list[str]:
    """Follow a page and write its output blocks anew, unless a command of it fails; what did not work."""
    page = read(name)
    with tempfile.TemporaryDirectory() as folder:
        told = follow(page, Path(folder).resolve())
    if told.problems:
        return [f"{name}: {problem}" for problem in told.problems]
    heads = {step.span: step.head for step in page.steps}
    new = {span: shown(printed, heads[span]) for span, printed in told.printed.items()}
    page.path.write_text(replaced(page, new), encoding="utf-8")
    return [f"{name}: {problem}" for problem in told.skipped]


def main() -> int:
    """Refresh every page; 1 if a page could not be brought up to date in full."""
    MODEL.write_text(filled(MODEL.read_text(encoding="utf-8")), encoding="utf-8")
    problems = [problem for name in PAGES for problem in refresh(name)]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
