"""A sweep as a folder: design, manifest, and a file for each block of members once it is whole."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from sim import __version__
from sim.common.errors import Fault, InvalidInput, fault
from sim.common.errors import Place as Where
from sim.common.paths import from_folder, library
from sim.common.program import code
from sim.common.quickclass import quickclass
from sim.common.staging import clear
from sim.model.arrays import Array
from sim.questions.sweep.block import Block, Part, failures_table, results_table
from sim.questions.sweep.design import points, values
from sim.questions.sweep.folder import FAILURES, MANIFEST, MEMBERS, OUTPUTS, POINTS, manifest, mark, still_there, whole
from sim.questions.sweep.folder import design as table_of_design
from sim.questions.sweep.place import Place, here
from sim.questions.sweep.plan import Factor, Output, Sweep
from sim.questions.texts import tr
from sim.run.folder import PARTIAL, file_hash, json_file, parquet, publish
from sim.run.warm import LANES

_BLOCK_LANES: Final = 4_000
"""Lanes of a block: some seconds of work, which is all that a killed sweep loses."""
_FEWEST_BLOCKS: Final = 16


@quickclass(frozen=True, slots=True)
class Store:
    """The folder of a sweep that has its design. at: value of each factor of each member [member, factor]."""

    folder: Path
    sweep: Sweep
    at: Array
    block: int

    @property
    def members(self) -> int:
        """How many members it has."""
        return len(self.at)

    @property
    def blocks(self) -> list[range]:
        """The members of each block."""
        n = len(self.at)
        return [range(first, min(first + self.block, n)) for first in range(0, n, self.block)]

    def missing(self) -> list[range]:
        """Blocks that have not been written yet, or are not whole."""
        columns = [output.column for output in self.sweep.outputs]
        return [block for block in self.blocks if not whole(self.folder, self.name(block), block, columns)]

    def place(self) -> Place:
        """The files that the members' numbers rest on."""
        return here(self.sweep.inputs)

    def piece(self, block: range, place: Place | None) -> Part:
        """A block as a piece of work; place: the files to look at first, where another machine may do it."""
        return Part(self.sweep, block, self.at[block.start : block.stop], place)

    def name(self, block: range) -> str:
        """The name of a block's files."""
        return f"{block.start // self.block:05d}.parquet"

    def write(self, block: Block, first: int) -> None:
        """Write a block: its failures, and then, which marks it as done, its results.

        Raises InvalidInput where the folder cannot be written; blocks written before are untouched.
        """
        still_there(self.folder)
        if block.failures:
            file = self._file(FAILURES, first)
            publish(file.parent, {file.name: parquet(failures_table(block), mark(self.folder))})
        file = self._file(OUTPUTS, first)
        publish(file.parent, {file.name: parquet(results_table(self.sweep, block), mark(self.folder))})

    def _file(self, kind: str, first: int) -> Path:
        return self.folder / kind / f"{first // self.block:05d}.parquet"


def block_size(members: int, draws: int) -> int:
    """Members of a block; it rests on the sweep alone, so that the files do not depend on the machine."""
    fewest, most = ceil(LANES / draws), max(_BLOCK_LANES // draws, 1)
    return max(fewest, min(most, ceil(members / _FEWEST_BLOCKS)))


def drawn(sweep: Sweep) -> tuple[Array, Array]:
    """The design of a sweep: points in the unit cube and factor values, each [member, factor]."""
    at = points(sweep)
    return at, values(sweep.factors, at)


def opened(sweep: Sweep, folder: Path) -> Store:
    """The folder of a sweep, begun now or before.

    Raises InvalidInput where the folder holds another sweep, or one whose inputs, program or design have changed since.
    """
    now = _identity(sweep)
    if not (folder / MANIFEST).is_file():
        if (folder / OUTPUTS).exists():
            raise fault(
                str(folder),
                "",
                tr("the folder holds results but no {manifest}; choose another one (-o)", manifest=MANIFEST),
            )
        _begin(sweep, folder, now)
    clean(folder)
    before = manifest(folder)
    faults = changed(before, now, folder)
    if faults:
        raise InvalidInput(faults)
    at = table_of_design(folder, MEMBERS, before)
    return Store(folder, sweep, at, int(before.get("block") or block_size(len(at), sweep.draws)))


def _begin(sweep: Sweep, folder: Path, identity: dict[str, Any]) -> None:
    where, at = drawn(sweep)
    names = [factor.key for factor in sweep.factors]
    publish(folder, {MEMBERS: parquet(_with_member(at, names)), POINTS: parquet(_with_member(where, names))})
    record = identity | {
        "design_hash": {name: file_hash(folder / name) for name in (MEMBERS, POINTS)},
        "members": len(at),
        "block": block_size(len(at), sweep.draws),
        "factors": [factor_record(factor, sweep) for factor in sweep.factors],
        "outputs": [_output_record(output) for output in sweep.outputs],
    }
    publish(folder, {MANIFEST: json_file(record)})


def _with_member(table: Array, names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({"member": np.arange(len(table))} | {name: table[:, i] for i, name in enumerate(names)})


def _identity(sweep: Sweep) -> dict[str, Any]:
    """What must not change while a sweep is under way."""
    return {
        "program": "townward",
        "version": __version__,
        "code": code(),
        "sweep": sweep.name,
        "title": {"zh": sweep.title.zh, "en": sweep.title.en},
        "scenario": _name(sweep.scenario, sweep),
        "design": {"kind": sweep.kind, "size": sweep.size, "levels": sweep.levels, "seed": sweep.seed},
        "draws": sweep.draws,
        "inputs": {_name(path, sweep): file_hash(path) for path in sweep.inputs},
    }


def _name(path: Path, sweep: Sweep) -> str:
    """A file as the manifest calls it, wherever the command is started: within the library, or from the sweep file."""
    whole, root = path.resolve(), library().resolve()
    if whole.is_relative_to(root):
        return whole.relative_to(root).as_posix()
    return from_folder(whole, sweep.file.resolve().parent)


def clean(folder: Path) -> None:
    """Remove what a killed process had begun to write; a running one's is left alone."""
    for place in (folder, folder / OUTPUTS, folder / FAILURES):
        clear(place, PARTIAL)


def changed(before: Mapping[str, Any], now: Mapping[str, Any], folder: Path) -> list[Fault]:
    """What is not as it was when the sweep was begun."""
    names = []
    for key, value in now.items():
        if key == "inputs":
            old, new = before.get(key, {}), value
            names += sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        elif before.get(key) != value:
            names.append(f"{key} ({before.get(key)} → {value})")
    for name, digest in before.get("design_hash", {}).items():
        if not (folder / name).is_file() or file_hash(folder / name) != digest:
            names.append(name)
    problem = tr("has changed since the sweep was begun; put it back, or begin anew in another folder (-o)")
    return [Fault(Where(name), "", problem) for name in names]


def factor_record(factor: Factor, sweep: Sweep) -> dict[str, Any]:
    """What the manifest says of a factor."""
    return {
        "key": factor.key,
        "name": {"zh": factor.name.zh, "en": factor.name.en},
        "stacked": sweep.is_stacked(factor),
        "unit": factor.unit,
        "ends": _ends(factor),
    }


def _ends(factor: Factor) -> list[float] | None:
    """The smallest and the largest value of a factor that steps from one to the next."""
    if factor.values:
        return [min(factor.values), max(factor.values)]
    return [factor.low, factor.high] if factor.is_integer else None


def _output_record(output: Output) -> dict[str, Any]:
    target = output.target
    return {
        "column": output.column,
        "title": {"zh": output.title.zh, "en": output.title.en},
        "measure": output.measure,
        "year": output.year,
        "statistic": output.statistic,
        "unit": output.unit,
        "target": target and {"id": target.id, "title": {"zh": target.title.zh, "en": target.title.en}},
    }
