"""What a page asks its reader to do, in order: files to write, commands to run, output to expect.

A fenced block is preceded by at most one comment that says what it is:

    <!-- file: PATH -->           the block is written to PATH, as the reader is told to
    <!-- output -->               the block is what the commands just above print
    <!-- output head=N -->        … its first N lines, then a line of …
    <!-- exit: N -->              the commands leave with that exit code
    <!-- needs census table -->   the commands need the county tables of the censuses

Blocks of `sh` are commands and blocks of `python` are scripts; every other block is for reading.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.paths import ROOT

PAGES = (
    "README.md",
    "README.zh.md",
    "docs/tutorial.md",
    "docs/tutorial.zh.md",
    "docs/serve.md",
    "docs/serve.zh.md",
    "docs/seek.md",
    "docs/seek.zh.md",
    "docs/discover.md",
    "docs/discover.zh.md",
    "docs/checkup.md",
    "docs/checkup.zh.md",
    "docs/calibrate-study.md",
    "docs/calibrate-study.zh.md",
    "docs/crosscheck.md",
    "docs/crosscheck.zh.md",
    "docs/notebook.md",
    "docs/notebook.zh.md",
    "docs/plan-lines.md",
    "docs/plan-lines.zh.md",
)
CENSUS = "needs census table"
CUT = "…"

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*?) -->\n\n?)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Step:
    """A fenced block: its language, its text, the comment before it, and where its text lies in the page."""

    kind: str
    text: str
    mark: str
    span: tuple[int, int]

    @property
    def file(self) -> str | None:
        """The file that the block is to be written to."""
        return self.mark.removeprefix("file: ") if self.mark.startswith("file: ") else None

    @property
    def is_output(self) -> bool:
        """Whether the block shows what was printed."""
        return self.mark.partition(" ")[0] == "output"

    @property
    def head(self) -> int | None:
        """How many lines of the output are shown; None: all."""
        found = re.fullmatch(r"output head=(\d+)", self.mark)
        return int(found[1]) if found else None

    @property
    def exit(self) -> int:
        """The exit code that the commands leave with."""
        return int(self.mark.removeprefix("exit: ")) if self.mark.startswith("exit: ") else 0

    @property
    def commands(self) -> list[str]:
        """The commands of the block, a line each, without comments and blank lines."""
        lines = [line.strip() for line in self.text.replace("\\\n", " ").splitlines()]
        return [line for line in lines if line and not line.startswith("#")]


@dataclass
class Page:
    """A page and its steps."""

    path: Path
    text: str
    steps: list[Step] = field(default_factory=list)

    @property
    def language(self) -> str:
        """zh or en, by the page's name."""
        return "zh" if self.path.name.endswith(".zh.md") else "en"


def read(name: str) -> Page:
    """A page of the project."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    return Page(path, text, steps(text))


def steps(text: str) -> list[Step]:
    """The fenced blocks of a page in their order."""
    return [Step(m["kind"], m["text"], m["mark"] or "", m.span("text")) for m in _BLOCK.finditer(text)]


def shown(printed: str, head: int | None) -> str:
    """What a page shows of what was printed."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    if head is not None and len(lines) > head:
        lines = [*lines[:head], CUT]
    return "\n".join(lines) + "\n"


def replaced(page: Page, outputs: dict[tuple[int, int], str]) -> str:
    """The page with the text of some blocks replaced, by their place."""
    text = page.text
    for (start, end), new in sorted(outputs.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text
