"""A short run of the mutated files; `make fuzz` runs long."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.__main__ import page
from tests.fuzz.attempt import Answer, attempt
from tests.fuzz.ground import KINDS
from tests.fuzz.mutate import mutated
from tests.fuzz.trial import Trial, trials

CHECKED = tuple(replace(kind, run=()) for kind in KINDS[:10])
MANY = 30


@pytest.fixture
def back() -> Iterator[None]:
    """To the folder that the tests were started in."""
    before = Path.cwd()
    yield
    os.chdir(before)


@pytest.mark.usefixtures("back")
def test_mutated_files_are_refused_or_accepted_in_time_and_never_break(tmp_path: Path) -> None:
    done = list(islice(trials(tmp_path, 7, CHECKED), MANY))
    assert [(one.kind, one.change, one.broken) for one in done if one.broken] == []
    assert sum(one.is_slow for one in done) <= 1  # of a shared machine
    assert 0.3 * MANY < sum(not one.is_accepted for one in done) < MANY


def test_the_same_seed_makes_the_same_files() -> None:
    content = KINDS[0].file.encode() * 9
    first, again, other = (mutated(content, "a.csv", Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_what_leaves_a_command_is_broken_and_an_exit_code_is_not() -> None:
    assert not attempt(("validate", "/none.yaml")).is_broken
    assert Answer(None, "ValueError", 0.1).is_broken
    assert Answer(1, "internal error", 0.1).is_broken


def test_the_page_counts_and_names_what_fell() -> None:
    good = Answer(0, "valid", 0.1)
    done = [
        Trial("plan", 0, "× 10000", good, Answer(0, "ran", 1.0), ""),
        Trial("plan", 1, "byte 3", Answer(3, "no", 1.5), None, ""),
        Trial("rates", 2, "cut", good, Answer(1, "internal error (X)", 0.3), ""),
        Trial("rates", 3, "cut", good, Answer(3, "refused late", 0.3), "births 2030: -1"),
    ]
    said = page(done, 1, 2.0)
    assert "4 inputs in 2 minutes" in said
    assert "## Tracebacks: 1" in said
    assert "## Refused only when run: 1" in said
    assert "## Slow: 1" in said
    assert "## Impossible numbers: 1" in said
    assert "nothing said: 1" in said
