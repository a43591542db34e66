"""A block of members: their results, and those that failed with what they were asked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from sim.common.errors import InvalidInput
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Integers, Kept
from sim.model.people.step import Broken
from sim.questions.sweep.place import Place
from sim.questions.sweep.plan import Output, Sweep
from sim.questions.sweep.template import Template, described, factor_columns, resolved, template
from sim.run.ensemble import simulate
from sim.run.experiment import out_of_range, outcomes
from sim.run.lanes import Wanted
from sim.run.reaching import reaches
from sim.run.results import summary
from sim.run.scenario_run import ready
from sim.run.tables import QUANTILES

_QUANTILES: Final = {"median": 0.5, "q025": 0.025, "q10": 0.1, "q25": 0.25, "q75": 0.75, "q90": 0.9, "q975": 0.975}
_SLICE: Final = 4_000_000
"""Outcomes held at once, so that memory stays flat with many draws."""


@quickclass(frozen=True, slots=True)
class Block:
    """Results of some members: the numbers of those that succeeded with their outputs, and the failures."""

    members: Integers
    outputs: Array
    failures: tuple[tuple[int, str, str], ...]

    def joined(self, other: "Block") -> "Block":
        """The block and the one of the members that follow it, as one."""
        return Block(
            np.concatenate([self.members, other.members]),
            np.concatenate([self.outputs, other.outputs]),
            (*self.failures, *other.failures),
        )


@quickclass(frozen=True, slots=True)
class Part:
    """Members of a sweep with their factor values, as `sim.questions.sweep.piece` describes it.

    place: where the files of the sweep are found, for a process that may be on another machine.
    """

    sweep: Sweep
    members: range
    at: Array
    place: Place | None = None

    @property
    def size(self) -> int:
        """How many members it holds."""
        return len(self.members)

    def prepare(self) -> None:
        """Look whether the files are those of the sweep, and compile or load the kernels."""
        if self.place is not None:
            self.place.enter()
        _warm_up(self.sweep.scenario)

    def run(self) -> Block:
        """The results of all its members."""
        return run_block(self.sweep, self.members, self.at)

    def halves(self) -> tuple["Part", "Part"]:
        """The same members as two parts."""
        middle = len(self.members) // 2
        return (
            replace(self, members=self.members[:middle], at=self.at[:middle]),
            replace(self, members=self.members[middle:], at=self.at[middle:]),
        )

    def given_up(self, error: str) -> Block:
        """The block that says that none of its members could be run."""
        failed = (
            (member, error, described(self.sweep.factors, at)) for member, at in zip(self.members, self.at, strict=True)
        )
        return Block(np.empty(0, dtype=np.int64), np.empty((0, len(self.sweep.outputs))), tuple(failed))


@lru_cache(maxsize=1)
def _warm_up(scenario: Path) -> None:
    simulate(ready(resolved(scenario, ["draws=1"])).case, range(1))


def run_block(sweep: Sweep, members: range, at: Array) -> Block:
    """Run the members of a block. at: value of each factor of each member [member, factor].

    A member that cannot be run, breaks the model or gives no number is listed with its error and its factor
    values; it has no row in the results.
    """
    results = np.full((len(members), len(sweep.outputs)), np.nan)
    errors: dict[int, str] = {}
    columns = factor_columns(sweep, stacked=False)
    groups: dict[tuple[float, ...], list[int]] = {}
    for row in range(len(members)):
        groups.setdefault(tuple(float(value) for value in at[row, columns]), []).append(row)
    for grouped, rows in groups.items():
        try:
            common = template(sweep, grouped)
        except InvalidInput as invalid:
            errors |= dict.fromkeys(rows, invalid.message("en"))
            continue
        bad = out_of_range(common.case, common.moves, at[np.ix_(rows, common.columns)])
        errors |= {rows[position]: reason for position, reason in bad.items()}
        _fill(sweep, common, [row for position, row in enumerate(rows) if position not in bad], at, results, errors)
    good = np.array([row for row in range(len(members)) if row not in errors], dtype=np.int64)
    failed = tuple((members[row], error, described(sweep.factors, at[row])) for row, error in sorted(errors.items()))
    return Block(np.array(members, dtype=np.int64)[good], results[good], failed)


def _fill(
    sweep: Sweep, common: Template, rows: Sequence[int], at: Array, results: Array, errors: dict[int, str]
) -> None:
    """Results of the members that share a template, as many together as memory allows."""
    wanted = _wanted(sweep.outputs)
    together = max(1, _SLICE // (sweep.draws * max(len(wanted), 1)))
    for first in range(0, len(rows), together):
        some = list(rows[first : first + together])
        try:
            kept = outcomes(common.case, common.moves, at[np.ix_(some, common.columns)], wanted, range(sweep.draws))
        except (Broken, ArithmeticError, ValueError):
            kept = _one_by_one(sweep, common, some, at, wanted, errors)
        _check(sweep, some, kept, wanted, errors)
        results[some] = _statistics(sweep.outputs, wanted, kept)


def _one_by_one(
    sweep: Sweep, common: Template, rows: Sequence[int], at: Array, wanted: Sequence[Wanted], errors: dict[int, str]
) -> Kept:
    """Outcomes of members run alone, because one among them breaks the model; its own are not numbers."""
    kept = np.full((len(wanted), len(rows), sweep.draws), np.nan, dtype=np.float32)
    for position, row in enumerate(rows):
        try:
            one = at[np.ix_([row], common.columns)]
            kept[:, [position]] = outcomes(common.case, common.moves, one, wanted, range(sweep.draws))
        except (Broken, ArithmeticError, ValueError) as problem:
            errors[row] = f"{type(problem).__name__}: {problem}"
    return kept


def _check(sweep: Sweep, rows: Sequence[int], kept: Kept, wanted: Sequence[Wanted], errors: dict[int, str]) -> None:
    finite = np.isfinite(kept)
    for position in np.flatnonzero(~finite.all(axis=(0, 2))):
        which = int(np.argmin(finite[:, position].all(axis=1)))
        count = int((~finite[which, position]).sum())
        want = wanted[which]
        said = f"{want.measure} of {want.year} is not a number in {count} of {sweep.draws} draws"
        errors.setdefault(rows[int(position)], said)


def _wanted(outputs: Sequence[Output]) -> tuple[Wanted, ...]:
    return tuple(dict.fromkeys(Wanted(output.measure, output.row, output.year) for output in outputs))


def _statistics(outputs: Sequence[Output], wanted: Sequence[Wanted], kept: Kept) -> Array:
    """Columns of results, shape [member, output]; statistics are those of a run's tables, digit for digit."""
    columns = []
    summaries: dict[int, Array] = {}
    for output in outputs:
        row = wanted.index(Wanted(output.measure, output.row, output.year))
        if output.target is not None:
            columns.append(reaches(kept[row].astype(np.float64), output.target).mean(axis=1))
            continue
        if row not in summaries:
            summaries[row] = summary(kept[row])
        where = -1 if output.statistic == "mean" else QUANTILES.index(_QUANTILES[output.statistic])
        columns.append(summaries[row][where])
    return np.stack(columns, axis=1)


def results_table(sweep: Sweep, block: Block) -> pd.DataFrame:
    """Results as a table: member, then a column for each output."""
    table = pd.DataFrame({"member": block.members})
    for column, output in enumerate(sweep.outputs):
        table[output.column] = block.outputs[:, column]
    return table


def failures_table(block: Block) -> pd.DataFrame:
    """Failures as a table: member, error, and the `--set` that would run it alone."""
    columns = ("member", "error", "settings")
    return pd.DataFrame({name: [row[i] for row in block.failures] for i, name in enumerate(columns)})
