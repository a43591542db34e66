"""What counts as a failure: a target that is missed, or an output under or over a value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np

from sim.common import units
from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text, same
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.questions.texts import tr
from sim.scenario.by_name import MEASURE_NAMES, close, known_id

EVEN: Final = 0.5
"""Probability of a target under which a case counts as missing it."""
_NUMBER: Final = re.compile(r"^\s*([-+−]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?)\s*(.*?)\s*$")
_SLIP: Final = 1.5
"""A share above this is a percentage that was written without its sign."""


@quickclass(frozen=True, slots=True)
class Asked:
    """What the user says of failure: all as written, all optional."""

    output: str | None = None
    below: str | None = None
    above: str | None = None
    missed: str | None = None


@quickclass(frozen=True, slots=True)
class Criterion:
    """When a case fails: its value in a column is below, or above, a limit [unit of the output].

    target: what the column is the probability of reaching, if it is one.
    """

    column: str
    title: Text
    measure: str
    year: int
    statistic: str
    unit: str
    side: Literal["below", "above"]
    limit: float
    target: Text | None

    def fails(self, outcome: Array) -> Flags:
        """Which cases fail [member]. outcome: finite values of the column [member]."""
        return np.asarray(outcome < self.limit if self.side == "below" else outcome > self.limit, dtype=np.bool_)


def criterion(folder: str, outputs: Sequence[dict[str, Any]], asked: Asked) -> Criterion:
    """When a case fails, by what was asked and the outputs of the sweep's manifest.

    Without anything asked, it is the one target that the sweep has the probability of. Raises InvalidInput.
    """
    if asked.below is not None and asked.above is not None:
        raise _fault("--above", tr("give either --below or --above"))
    if asked.missed is not None and asked.output is not None:
        raise _fault("--missed", tr("give either --missed or --output"))
    chosen = _missed(folder, outputs, asked.missed) if asked.missed is not None else _chosen(folder, outputs, asked)
    is_probability = chosen["statistic"] == "probability"
    if asked.missed is not None and asked.above is not None:
        raise _fault("--above", tr("--missed goes with --below only"))
    given = asked.below if asked.below is not None else asked.above
    if given is None and not is_probability:
        raise _fault("--output", tr("say with --below or --above when {column} is a failure", column=chosen["column"]))
    option = "--above" if asked.above is not None else "--below"
    return Criterion(
        column=str(chosen["column"]),
        title=Text(**chosen["title"]),
        measure=str(chosen["measure"]),
        year=int(chosen["year"]),
        statistic=str(chosen["statistic"]),
        unit=str(chosen["unit"]),
        side="above" if asked.above is not None else "below",
        limit=EVEN if given is None else _value(given, str(chosen["unit"]), option),
        target=_target(chosen) if is_probability else None,
    )


def _chosen(folder: str, outputs: Sequence[dict[str, Any]], asked: Asked) -> dict[str, Any]:
    by_name = {str(output["column"]): output for output in outputs}
    if asked.output is not None:
        titles = {column: Text(**output["title"]) for column, output in by_name.items()}
        column = known_id(asked.output, titles)
        if column not in by_name:
            raise _unknown(folder, asked.output, by_name, titles)
        return by_name[column]
    has_limit = asked.below is not None or asked.above is not None
    candidates = [output for output in outputs if has_limit or output["statistic"] == "probability"]
    if len(candidates) == 1:
        return candidates[0]
    known = ", ".join(by_name)
    text = tr("choose a column with --output (there are: {known}) or a target with --missed", known=known)
    raise _fault("--output", text)


def _missed(folder: str, outputs: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    targets = [output for output in outputs if output["statistic"] == "probability"]
    measure = known_id(name, MEASURE_NAMES)
    found = [one for one in targets if name in (_id(one), one["column"]) or measure == one["measure"]]
    if len(found) == 1:
        return found[0]
    ids = [_id(output) for output in targets]
    if found:
        known = ", ".join(_id(output) for output in found)
        raise _fault("--missed", tr("there are several targets of {name}: {known}", name=name, known=known))
    if not targets:
        problem = tr(
            "this sweep kept no target's probability: add {target: ID} to its outputs, or use --output and --below"
        )
        raise InvalidInput([Fault(Place(folder), "--missed", problem)])
    kept = {str(output["measure"]) for output in targets}
    like = {id_: same(id_) for id_ in ids} | {id_: MEASURE_NAMES.get(id_, same(id_)) for id_ in kept}
    raise _unknown(folder, name, ids, like)


def _id(output: dict[str, Any]) -> str:
    record = output.get("target")
    return str(record["id"]) if record else str(output["column"]).removeprefix("probability_")


def _target(output: dict[str, Any]) -> Text:
    """The title of the target; of sweeps that did not write it down, from the title of the column."""
    record = output.get("target")
    if record:
        return Text(**record["title"])
    title = Text(**output["title"])
    before = tr("probability of reaching ")
    return Text(title.zh.removeprefix(before.zh), title.en.removeprefix(before.en))


def _value(written: str, unit: str, option: str) -> float:
    """A number with or without a unit, in the unit of the output."""
    parts = _NUMBER.match(written)
    if parts is None:
        raise _fault(option, tr("expected a number, with or without a unit, got {written!r}", written=written))
    number = float(parts[1].replace(",", "").replace("−", "-"))
    if not parts[2]:
        if unit == "share" and abs(number) > _SLIP:
            meant = f"{number:g}%"
            raise _fault(option, tr("{number:g} is over 100%; did you mean {meant}?", number=number, meant=meant))
        return number
    try:
        return number * units.factor(parts[2], unit)
    except (units.UnitError, KeyError) as problem:
        allowed = ", ".join(problem.allowed) if isinstance(problem, units.UnitError) else unit
        text = tr("the unit {unit} does not suit; allowed: {allowed}", unit=parts[2], allowed=allowed)
        raise _fault(option, text) from None


def _unknown(folder: str, name: str, known: Iterable[str], like: Mapping[str, Text]) -> InvalidInput:
    listed = ", ".join(known)
    text = tr("the sweep has no {name}; allowed: {listed}", name=name, listed=listed)
    return InvalidInput([Fault(Place(folder), "", text, close(name, like))])


def _fault(option: str, text: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(option), "", text)])
