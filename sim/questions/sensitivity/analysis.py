"""The sensitivity of a sweep's outputs: tables, a verdict on convergence, and sentences."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.sensitivity.convergence import Convergence, convergence
from sim.questions.sensitivity.index import CONSTANT, Index, NoIndicesError
from sim.questions.sensitivity.indices import GIVEN, LEADING, METHODS, indices, usual
from sim.questions.sensitivity.missing import MissingError, Treatment, treated, unit
from sim.questions.sensitivity.sample import Sample, scaled_of, tornado_of
from sim.questions.sensitivity.sentences import Strength, sentences
from sim.questions.sweep.folder import MANIFEST, MEMBERS, OUTPUTS, POINTS, design, kept, manifest, read_table
from sim.questions.texts import tr
from sim.scenario.by_name import close, known_id

_TOLD: Final = 3


@quickclass(frozen=True, slots=True)
class Analysis:
    """The sensitivity of one output.

    table: a row for each factor and index (factor, name_zh, name_en, index, value, half, floor); tornado: a row for
    each factor (factor, name_zh, name_en, low, high), the mean result at its low and at its high end; middle: mean
    result of all members [unit of the output]; problem: why there are no indices.
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
    folder: Path,
    outputs: Sequence[str] = (),
    method: str | None = None,
    treatment: Treatment = "refuse",
    tell: Callable[[Text, float], None] = lambda text, share: None,
) -> list[Analysis]:
    """The sensitivity of a sweep's outputs, or of those asked for.

    tell: told the output that is at hand and the share of them that is done.

    Raises InvalidInput where the folder is no sweep's, an output is not in it, the method does not suit its
    design, or members have no result and no treatment of them was chosen.
    """
    record = manifest(folder)
    kind = str(record["design"]["kind"])
    _check_method(folder, kind, method)
    wanted = _wanted(folder, record["outputs"], outputs)
    if not record["factors"]:
        raise _invalid(folder, tr("this sweep has no factors"))
    points = design(folder, POINTS, record)
    if len(points) % (unit(kind, points.shape[1]) or 1):
        raise _invalid(folder / POINTS, tr("is not of the sweep in {manifest}", manifest=MANIFEST))
    outcomes = results(folder, int(record["members"]), record["outputs"])
    scaled = scaled_of(record["factors"], points, design(folder, MEMBERS, record))
    found = []
    for done, output in enumerate(wanted):
        tell(Text(**output["title"]), done / len(wanted))
        try:
            at, outcome = treated(points, outcomes[output["column"]], kind, treatment)
            by_value, _ = treated(scaled, outcomes[output["column"]], kind, treatment)
        except MissingError as missing:
            raise _invalid(folder, missing_words(missing)) from None
        chosen = method or usual(kind, outcome)
        found.append(_analysis(record, output, chosen, Sample(kind, at, by_value, outcome)))
    return found


def _analysis(record: dict[str, Any], output: dict[str, Any], method: str, whole: Sample) -> Analysis:
    factors = [(str(factor["key"]), Text(**factor["name"])) for factor in record["factors"]]
    sample = whole.given() if method in GIVEN else whole
    found: tuple[Index, ...] = ()
    problem = None
    try:
        found = indices(method, sample.scaled, sample.outcome)
    except NoIndicesError as none:
        constant = none.text == CONSTANT
        problem = CONSTANT if constant else tr("{method} cannot be computed: {words}", method=method, words=none.text)
    tornado = tornado_of(whole, factors)
    title = Text(**output["title"])
    leading = next((index for index in found if index.name == LEADING[method]), None)
    settled = None if leading is None else convergence(method, sample.scaled, sample.outcome, leading, sample.kind)
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
        members=len(sample.outcome),
        middle=float(whole.outcome.mean()),
        table=_table(factors, found),
        tornado=tornado,
        convergence=settled,
        sentences=told,
        problem=problem,
    )


def _strengths(factors: Sequence[tuple[str, Text]], leading: Index, tornado: pd.DataFrame) -> list[Strength]:
    shifts = tornado["high"].to_numpy() - tornado["low"].to_numpy()
    return [
        Strength(name, float(leading.values[i]), float(leading.half[i]), float(shifts[i]), float(leading.floor[i]))
        for i, (_, name) in enumerate(factors)
    ]


def _table(factors: Sequence[tuple[str, Text]], found: Sequence[Index]) -> pd.DataFrame:
    columns = ["factor", "name_zh", "name_en", "index", "value", "half", "floor"]
    rows = [
        (key, name.zh, name.en, index.name, float(index.values[i]), float(index.half[i]), float(index.floor[i]))
        for index in found
        for i, (key, name) in enumerate(factors)
    ]
    return pd.DataFrame(rows, columns=columns)


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


def _check_method(folder: Path, kind: str, asked: str | None) -> None:
    suited = METHODS[kind]
    if asked is not None and asked not in suited:
        known = ", ".join(suited)
        text = tr("a {kind} design does not suit {asked}; allowed: {known}", kind=kind, asked=asked, known=known)
        raise _invalid(folder, text)


def _wanted(folder: Path, outputs: Sequence[dict[str, Any]], asked: Sequence[str]) -> list[dict[str, Any]]:
    by_name = {str(output["column"]): output for output in outputs}
    titles = {column: Text(**output["title"]) for column, output in by_name.items()}
    columns = [known_id(name, titles) for name in asked]
    faults = [
        Fault(Place(str(folder)), "", _unknown(name), close(name, titles)) for name in columns if name not in by_name
    ]
    if faults:
        raise InvalidInput(faults)
    return [by_name[column] for column in columns] or list(by_name.values())


def _unknown(name: str) -> Text:
    return tr("no output is called {name}", name=name)


def missing_words(missing: MissingError) -> Text:
    """What to say of members without a result."""
    return tr(
        "{missing}; choose --missing drop (leave out incomplete parts) or nearest (the nearest member's result)",
        missing=missing,
    )


def _invalid(folder: Path, text: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(str(folder)), "", text)])
