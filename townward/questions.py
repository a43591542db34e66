"""Questions asked of many runs: what would it take, and sweeps."""

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.questions.seek.ask import Answer
from sim.questions.seek.ask import seek as sought
from sim.questions.seek.read import Options, read
from sim.questions.sweep import runner, store
from sim.questions.sweep.query import query as asked
from sim.questions.sweep.read import read as read_sweep
from townward.runs import Changes, located, words_of


def seek(
    file: str | Path,
    targets: Sequence[str] = (),
    vary: Sequence[str] = (),
    *,
    probability: float | None = None,
    changes: Changes = (),
    draws: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
) -> Answer:
    """The least change of some levers that makes targets likely enough.

    file: a scenario, or a seek file that says it all; targets, vary: as `--target` and `--vary` say them. Raises
    InvalidInput with every fault.
    """
    options = Options(tuple(targets), tuple(vary), (), probability, draws, seed, tuple(words_of(changes)))
    return sought(read(located(file), options), jobs or os.cpu_count() or 1)


def sweep(file: str | Path, folder: str | Path, *, draws: int | None = None, jobs: int | None = None) -> Path:
    """Run every member of a sweep that its folder does not hold yet; the folder, for `query`.

    Raises InvalidInput with every fault.
    """
    kept = store.opened(read_sweep(located(file), draws), Path(folder))
    runner.run(kept, runner.Means(jobs or os.cpu_count() or 1), lambda progress: None)
    return Path(folder)


def query(folder: str | Path, sql: str) -> pd.DataFrame:
    """The answer to a question in SQL, of the views members, outputs and failures of a sweep's folder."""
    return asked(Path(folder), sql)
