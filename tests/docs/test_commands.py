"""Every command of the pages works, and what the pages quote is what it prints."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, Step, read, shown, steps
from tests.docs.reader import _command, _is_make, follow

REFRESH = "run `make docs` and read what changed"


LONG = (
    *("docs/tutorial.md", "docs/seek.md", "docs/discover.md", "docs/checkup.zh.md", "docs/notebook.zh.md"),
    *("docs/calibrate-study.md", "docs/crosscheck.md"),
)
"""Pages whose other language says the same commands: followed by `make docs`, and here where slow tests run."""


def other(name: str) -> str:
    """The same page in the other language."""
    return name.replace(".zh.md", ".md") if name.endswith(".zh.md") else name.replace(".md", ".zh.md")


@pytest.mark.parametrize("name", LONG)
def test_both_languages_ask_for_the_same(name: str) -> None:
    """So that what is followed in one language holds for the other."""

    def asked(page: str) -> list[str]:
        lines = [line for step in read(page).steps for line in said(step)]
        return [re.sub(r"[^\x00-\x7f]+", "…", line) for line in lines if line and not line.startswith("export ")]

    def said(step: Step) -> list[str]:
        return step.commands if step.kind == "sh" else [step.file or ""]

    assert other(name) in PAGES
    assert other(name) not in LONG
    assert asked(name) == asked(other(name))


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in PAGES])
def test_a_page_does_what_it_says(name: str, tmp_path: Path) -> None:
    page = read(name)
    told = follow(page, tmp_path)
    assert not told.problems, "\n".join(told.problems)
    quoted = {step.span: step for step in page.steps if step.is_output}
    assert quoted or any("townward serve" in step.text for step in page.steps)
    for span, printed in told.printed.items():
        assert quoted[span].text == shown(printed, quoted[span].head), REFRESH
    if set(quoted) - set(told.printed):
        assert told.skipped, "an output block stands under no command"
        pytest.skip("; ".join(told.skipped))


@pytest.mark.parametrize("name", PAGES)
def test_every_command_block_is_marked_as_one(name: str) -> None:
    """A command in a block of another language would never be run."""
    for step in read(name).steps:
        assert step.kind in {"sh", "python", "yaml", "text"}
        if step.kind in {"yaml", "text"} and not step.is_output:
            assert "townward " not in step.text
        if step.kind == "yaml":
            assert step.file, step.text


def test_blocks_are_found_with_their_marks() -> None:
    text = (
        "a\n\n```sh\nmake x\n```\n\n<!-- output head=2 -->\n```text\n1\n2\n…\n```\n"
        "<!-- file: a/b.yaml -->\n\n```yaml\nc: 1\n```\n"
    )
    first, second, third = steps(text)
    assert first.commands == ["make x"]
    assert (second.head, second.is_output) == (2, True)
    assert (third.file, third.text) == ("a/b.yaml", "c: 1\n")
    assert shown("1\n2 \n3\n", second.head) == second.text
    assert shown("1\n2\n", None) == "1\n2\n"


def test_unknown_commands_and_targets_are_not_let_through() -> None:
    assert _command("rm -rf /")[0] == 127
    assert _is_make(["TOWNWARD_LANG=zh", "make", "demo"])
    assert not _is_make(["make", "coffee"])
    assert _command("make coffee")[0] == 127


def test_a_failing_command_is_a_problem(tmp_path: Path) -> None:
    page = read("README.md")
    page.steps = [Step("sh", "townward validate nothing.yaml\n", "", (0, 0))]
    assert follow(page, tmp_path).problems
    page.steps = [Step("sh", "townward validate nothing.yaml\n", "exit: 3", (0, 0))]
    assert not follow(page, tmp_path).problems
