"""Inputs that a user sets: in a region's `crosscheck.yaml`, or on the command line."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.common.units import UnitError, factor, is_known
from sim.evidence.crosscheck.inputs import INPUTS, Given, Input
from sim.evidence.texts import tr
from sim.scenario.by_name import close, known_id
from sim.scenario.schema_of import DIALECT
from sim.scenario.yaml.document import Document
from sim.scenario.yaml.yaml_core import load

FILE: Final = "crosscheck.yaml"
OPTION: Final = "--input"
_KEYS: Final = ("value", "unit", "source")
_NAMES: Final = {one.name: one.words for one in INPUTS.values()}
_SAID: Final = tr("given by the user")

Refuse = Callable[[Text, str | None], InvalidInput]


def read_inputs(folder: Path | None) -> dict[str, Given]:
    """Inputs set in the `crosscheck.yaml` of a region's folder, if it has one; InvalidInput with all its faults."""
    return {} if folder is None or not (folder / FILE).is_file() else inputs_in(folder / FILE)


def inputs_in(file: Path) -> dict[str, Given]:
    """Inputs that a file sets; InvalidInput with all its faults."""
    document = load(file)
    if not isinstance(document.data, dict):
        raise InvalidInput([document.fault((), tr("expected name: value"))])
    found: dict[str, Given] = {}
    faults: list[Fault] = []
    for name, entry in document.data.items():
        id_ = known_id(str(name), _NAMES)
        if id_ in found:  # by its id and by its name
            faults.append(document.fault((name,), tr("{entry} is given twice", entry=str(name)), at_key=True))
        try:
            found[id_] = _from_file(document, str(name), entry)
        except InvalidInput as problem:
            faults.extend(problem.faults)
    if faults:
        raise InvalidInput(faults)
    return found


def given_of(assignments: Sequence[str]) -> dict[str, Given]:
    """Inputs from `name=value` of the command line (a share may end in %); InvalidInput with all that is wrong."""
    found: dict[str, Given] = {}
    faults: list[Fault] = []
    for text in assignments:
        name, _, value = (part.strip() for part in text.partition("="))
        try:
            found[known_id(name, _NAMES)] = _from_option(name, value)
        except InvalidInput as problem:
            faults.extend(problem.faults)
    if faults:
        raise InvalidInput(faults)
    return found


def schema(title: Text) -> dict[str, Any]:
    """JSON Schema of the file: a number, or a value with its unit and source, by the name of each input."""
    said = {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"zh": {}, "en": {}}}]}
    whole = {"type": "object", "required": ["value"], "additionalProperties": False}
    keys = {"value": {"type": "number"}, "unit": {"type": "string"}, "source": said}
    return {
        "$schema": DIALECT,
        "title": f"townward {title.en}",
        "description": f"{title.zh} / {title.en}",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            one.name: {
                "description": f"{one.words.zh} [{one.unit}] / {one.words.en} [{one.unit}]",
                "oneOf": [{"type": "number", "minimum": one.low, "maximum": one.high}, whole | {"properties": keys}],
            }
            for one in INPUTS.values()
        },
    }


def _refusing(document: Document, name: str, *, at_key: bool = False) -> Refuse:
    return lambda problem, like: InvalidInput([document.fault((name,), problem, like, at_key)])


def _from_file(document: Document, name: str, entry: object) -> Given:
    refuse = _refusing(document, name)
    known = _known(name, _refusing(document, name, at_key=True))
    parts: Mapping[object, object] = entry if isinstance(entry, dict) else {"value": entry}
    wrong = next((str(key) for key in parts if key not in _KEYS), None)
    if wrong is not None:
        raise refuse(tr("no key is called {wrong}", wrong=wrong), nearest(wrong, _KEYS))
    value = parts.get("value")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    scale = _scale(known, str(parts.get("unit", known.unit)), refuse)
    source = parts.get("source")
    return _checked(known, None if number is None else number * scale, _source(source), refuse)


def _from_option(name: str, value: str) -> Given:
    def refuse(problem: Text, close: str | None) -> InvalidInput:
        return InvalidInput([Fault(Place(OPTION), name, problem, close)])

    known = _known(name, refuse)
    written = value.removesuffix("%")
    try:
        number: float | None = float(written) * (1.0 if written == value else 0.01)
    except ValueError:
        number = None
    return _checked(known, number, _SAID, refuse)


def _known(name: str, refuse: Refuse) -> Input:
    found = INPUTS.get(known_id(name, _NAMES))
    if found is None:
        raise refuse(tr("no input is called {name}", name=name), close(name, _NAMES))
    return found


def _scale(of: Input, unit: str, refuse: Refuse) -> float:
    """What a value in this unit is multiplied by to be in the input's."""
    if unit == of.unit:
        return 1.0
    try:
        if is_known(of.unit):
            return factor(unit, of.unit)
    except UnitError as problem:
        expected = ", ".join(problem.allowed)
        raise refuse(tr("unit {unit}: expected {expected}", unit=unit, expected=expected), problem.close) from None
    raise refuse(tr("unit {unit}: expected {of}", unit=unit, of=of.unit), of.unit)


def _checked(of: Input, value: float | None, source: Text, refuse: Refuse) -> Given:
    if value is None or not of.low <= value <= of.high:
        expected = f"{of.low:g}…{of.high:g} {of.unit}"
        raise refuse(tr("expected a number in {expected}", expected=expected), None)
    return Given(value, source)


def _source(said: object) -> Text:
    if isinstance(said, dict) and {"zh", "en"} <= set(said):
        return Text(str(said["zh"]), str(said["en"]))
    return Text(str(said), str(said)) if said else tr("assumption (no source given)")
