"""The members of a sweep as cases: where each stands in every factor, and whether it fails."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import NOTHING, Text, in_each
from sim.common.numbers import quantity
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.model.registry import PARAMETERS
from sim.questions.discover.question import Asked, Criterion, criterion
from sim.questions.sensitivity.analysis import missing_words, results
from sim.questions.sensitivity.missing import MissingError, Treatment, treated, unit
from sim.questions.sweep.folder import MEMBERS, POINTS, design, manifest
from sim.questions.sweep.plan import Factor
from sim.questions.texts import tr

FEWEST_CASES: Final = 40
FEWEST_OF_A_KIND: Final = 10
LEVELS: Final = 12
"""A factor with at most so many values is told by its values."""
TIMES: Final = "×"
YEAR: Final = "calendar year"


@quickclass(frozen=True, slots=True)
class Varied:
    """A factor of a sweep. unit: of its values (`×`: a factor on a parameter); levels: its values, if few."""

    key: str
    name: Text
    unit: str
    levels: tuple[float, ...]

    @property
    def is_year(self) -> bool:
        """Whether its values are calendar years."""
        return self.unit == YEAR


@quickclass(frozen=True, slots=True)
class Cases:
    """The cases of a question. points: factor values [member, factor]; outcome [unit of the output], fails: [member].

    block: members of the design that stand and fall together; missing: members without a result that were left out or
    given that of another.
    """

    title: Text
    factors: tuple[Varied, ...]
    criterion: Criterion
    points: Array
    outcome: Array
    fails: Flags
    block: int
    missing: int

    @property
    def density(self) -> float:
        """Share of all cases that fail [1]."""
        return float(self.fails.mean())


def cases(folder: Path, asked: Asked, treatment: Treatment = "refuse") -> Cases:
    """The cases of a sweep's folder.

    Raises InvalidInput where the folder is no sweep's, the question does not fit its outputs, its design moves one
    factor at a time, members have no result and no treatment was chosen, or there are too few cases of either kind.
    """
    record = manifest(folder)
    kind = str(record["design"]["kind"])
    if not record["factors"]:
        raise _invalid(folder, tr("this sweep has no factors"))
    if kind == "one_at_a_time":
        problem = tr(
            "a one_at_a_time design moves one factor at a time and shows no combinations: use latin, sobol or saltelli"
        )
        raise _invalid(folder, problem)
    chosen = criterion(str(folder), record["outputs"], asked)
    at = design(folder, MEMBERS, record)
    where = design(folder, POINTS, record)
    found = results(folder, int(record["members"]), record["outputs"])[chosen.column]
    gaps = ~np.isfinite(found)
    try:
        _, outcome = treated(where, found, "latin", treatment)
    except MissingError as missing:
        raise _invalid(folder, missing_words(missing)) from None
    dropped = treatment == "drop" and bool(gaps.any())
    made = Cases(
        title=Text(**record["title"]),
        factors=_varied(record["factors"], at),
        criterion=chosen,
        points=at[~gaps] if dropped else at,
        outcome=outcome,
        fails=chosen.fails(outcome),
        block=1 if dropped else unit(kind, at.shape[1]) or 1,
        missing=int(gaps.sum()),
    )
    _check(made, folder)
    return made


def _varied(records: Sequence[dict[str, Any]], at: Array) -> tuple[Varied, ...]:
    found = []
    for column, record in enumerate(records):
        values = np.unique(at[:, column])
        unit_ = _unit(record)
        levels = tuple(float(value) for value in values) if len(values) <= LEVELS or unit_ == YEAR else ()
        found.append(Varied(str(record["key"]), Text(**record["name"]), unit_, levels))
    return tuple(found)


def _unit(record: dict[str, Any]) -> str:
    key = str(record["key"])
    factor = Factor(key, NOTHING)
    if factor.is_integer and key != "seed":
        return YEAR
    path, _, change = key.rpartition(".")
    if change == "times" and path in PARAMETERS:
        return TIMES
    parameter = PARAMETERS.get(key) or PARAMETERS.get(path)
    return str(record.get("unit") or (parameter.unit if parameter else ""))


def _check(made: Cases, folder: Path) -> None:
    n, failing = len(made.fails), int(made.fails.sum())
    if n < FEWEST_CASES:
        problem = tr("only {n} members have a result; at least {fewest} are needed", n=n, fewest=FEWEST_CASES)
        raise _invalid(folder, problem)
    few = min(failing, n - failing)
    if few >= FEWEST_OF_A_KIND:
        return
    extent = _extent(made)
    if failing == 0:
        raise _invalid(folder, tr("no member fails{part}", part=extent))
    if failing == n:
        raise _invalid(folder, tr("every member fails{part}", part=extent))
    words = tr(
        "only {few} of {members} members {fail}; at least {fewest} are needed{extent}",
        few=few,
        members=n,
        fail=tr("fail") if failing < n - failing else tr("do not fail"),
        fewest=FEWEST_OF_A_KIND,
        extent=extent,
    )
    raise _invalid(folder, words)


def _extent(made: Cases) -> Text:
    """Between which values the outcome lies, so that another limit can be chosen."""
    ends = np.quantile(made.outcome, (0.0, 0.5, 1.0))
    low, middle, high = (in_each(partial(quantity, float(end), made.criterion.unit)) for end in ends)
    return tr(
        ": {column} lies between {low} and {high}, median {middle}; --below or --above set another limit",
        column=made.criterion.column,
        low=low,
        high=high,
        middle=middle,
    )


def _invalid(folder: Path, text: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(str(folder)), "", text)])
