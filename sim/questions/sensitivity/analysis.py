"""The sensitivity of a sweep's outputs: tables, a verdict on convergence, and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.model.arrays import Array
from sim.questions.sensitivity.convergence import Convergence, convergence
from sim.questions.sensitivity.indices import LEADING, METHODS, Index, indices
from sim.questions.sensitivity.missing import MissingError, Treatment, treated
from sim.questions.sensitivity.sentences import Strength, sentences
from sim.questions.sweep.folder import MANIFEST, OUTPUTS, POINTS, design, kept, manifest, read_table
from sim.questions.texts import tr

_CONSTANT: Final = tr("this output is the same in all members: there is nothing to explain")
_TAIL: Final = 0.2
_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Analysis:
    """The sensitivity of one output.

    table: a row for each factor and index (factor, name_zh, name_en, index, value, half); tornado: a row for each
    factor (factor, name_zh, name_en, low, high), the mean result where the factor is in the lowest and in the
    highest fifth of its range; middle: mean result of all members [unit of the output]; problem: why there are
    no indices.
    """

    output: str
    title: Text
    measure: str
    year: int
    statistic: str
    unit: str
    method: str
    members: int
    middle: float
    table: pd.DataFrame
    tornado: pd.DataFrame
    convergence: Convergence | None
    sentences: tuple[Text, ...]
    problem: Text | None = None


def analyse(
    folder: Path, outputs: Sequence[str] = (), method: str | None = None, treatment: Treatment = "refuse"
) -> list[Analysis]:
    """The sensitivity of a sweep's outputs, or of those asked for.

    Raises InvalidInput where the folder is no sweep's, an output is not in it, the method does not suit its
    design, or members have no result and no treatment of them was chosen.
    """
    record = manifest(folder)
    kind = str(record["design"]["kind"])
    chosen = _method(folder, kind, method)
    wanted = _wanted(folder, record["outputs"], outputs)
    if not record["factors"]:
        raise _invalid(folder, tr("this sweep has no factors"))
    points = design(folder, POINTS, record)
    outcomes = results(folder, int(record["members"]), record["outputs"])
    found = []
    for output in wanted:
        try:
            given, outcome = treated(points, outcomes[output["column"]], kind, treatment)
        except MissingError as missing:
            raise _invalid(folder, missing_words(missing)) from None
        found.append(_analysis(record, output, chosen, given, outcome, kind))
    return found


def _analysis(
    record: dict[str, Any], output: dict[str, Any], method: str, points: Array, outcome: Array, kind: str
) -> Analysis:
    factors = [(str(factor["key"]), Text(**factor["name"])) for factor in record["factors"]]
    levels = int(record["design"]["levels"])
    found: tuple[Index, ...] = ()
    problem = None
    try:
        found = indices(method, points, outcome, levels)
    except ValueError as said:
        problem = _why(said, method)
    tornado = _tornado(factors, points, outcome, kind)
    title = Text(**output["title"])
    leading = next((index for index in found if index.name == LEADING[method]), None)
    told: tuple[Text, ...] = ()
    if leading is not None:
        told = sentences(_strengths(factors, leading, tornado), title, str(output["unit"]), method, _TOLD)
    return Analysis(
        output=str(output["column"]),
        title=title,
        measure=str(output["measure"]),
        year=int(output["year"]),
        statistic=str(output["statistic"]),
        unit=str(output["unit"]),
        method=method,
        members=len(outcome),
        middle=float(outcome.mean()),
        table=_table(factors, found),
        tornado=tornado,
        convergence=None if leading is None else convergence(method, points, outcome, leading, kind, levels),
        sentences=told,
        problem=problem,
    )


def _strengths(factors: Sequence[tuple[str, Text]], leading: Index, tornado: pd.DataFrame) -> list[Strength]:
    shifts = tornado["high"].to_numpy() - tornado["low"].to_numpy()
    return [
        Strength(name, float(leading.values[i]), float(leading.half[i]), float(shifts[i]))
        for i, (_, name) in enumerate(factors)
    ]


def _table(factors: Sequence[tuple[str, Text]], found: Sequence[Index]) -> pd.DataFrame:
    columns = ["factor", "name_zh", "name_en", "index", "value", "half"]
    rows = [
        (key, name.zh, name.en, index.name, float(index.values[i]), float(index.half[i]))
        for index in found
        for i, (key, name) in enumerate(factors)
    ]
    return pd.DataFrame(rows, columns=columns)


def _tornado(factors: Sequence[tuple[str, Text]], points: Array, outcome: Array, kind: str) -> pd.DataFrame:
    rows = []
    for column, (key, name) in enumerate(factors):
        at = points[:, column]
        if kind == "one_at_a_time":
            others = [other for other in range(points.shape[1]) if other != column]
            own = (points[:, others] == points[0, others]).all(axis=1)
            lowest, highest = own & (at == at[own].min()), own & (at == at[own].max())
        else:
            lowest, highest = at <= max(_TAIL, at.min()), at >= min(1.0 - _TAIL, at.max())
        rows.append((key, name.zh, name.en, float(outcome[lowest].mean()), float(outcome[highest].mean())))
    return pd.DataFrame(rows, columns=["factor", "name_zh", "name_en", "low", "high"])


def results(folder: Path, members: int, outputs: Sequence[dict[str, Any]]) -> dict[str, Array]:
    """Results by member, NaN where there is none, whether it failed or has not been run."""
    files = kept(folder, OUTPUTS)
    columns = {str(output["column"]): np.full(members, np.nan) for output in outputs}
    if files:
        table = read_table(files)
        if not _fits(table, members, list(columns)):
            raise _invalid(folder / OUTPUTS, tr("is not of the sweep in {manifest}", manifest=MANIFEST))
        rows = table["member"].to_numpy(dtype=np.int64)
        for name, column in columns.items():
            column[rows] = table[name].to_numpy(dtype=np.float64)
    return columns


def _fits(table: pd.DataFrame, members: int, columns: Sequence[str]) -> bool:
    """Whether a table holds numbers of these columns, of members that there are."""
    if not {"member", *columns} <= set(table.columns):
        return False
    wanted = table[["member", *columns]]
    numeric = all(pd.api.types.is_numeric_dtype(kind) for kind in wanted.dtypes)
    return numeric and bool(wanted["member"].between(0, members - 1).all())


def _method(folder: Path, kind: str, asked: str | None) -> str:
    suited = METHODS[kind]
    if asked is not None and asked not in suited:
        known = ", ".join(suited)
        text = tr("a {kind} design does not suit {asked}; allowed: {known}", kind=kind, asked=asked, known=known)
        raise _invalid(folder, text)
    return asked or suited[0]


def _wanted(folder: Path, outputs: Sequence[dict[str, Any]], asked: Sequence[str]) -> list[dict[str, Any]]:
    by_name = {str(output["column"]): output for output in outputs}
    faults = [
        Fault(Place(str(folder)), "", _unknown(name), nearest(name, by_name)) for name in asked if name not in by_name
    ]
    if faults:
        raise InvalidInput(faults)
    return [by_name[name] for name in asked] or list(by_name.values())


def _unknown(name: str) -> Text:
    return tr("no output is called {name}", name=name)


def missing_words(missing: MissingError) -> Text:
    """What to say of members without a result."""
    return tr(
        "{missing}; choose --missing drop (leave out incomplete parts) or nearest (the nearest member's result)",
        missing=missing,
    )


def _why(said: ValueError, method: str) -> Text:
    words = str(said)
    if "same in all" in words:
        return _CONSTANT
    return tr("{method} cannot be computed: {words}", method=method, words=words)


def _invalid(folder: Path, text: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(str(folder)), "", text)])
