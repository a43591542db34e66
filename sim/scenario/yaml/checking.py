"""From plain data to a typed model: every fault of it, in both languages, with its place."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sim.common.errors import Fault, nearest
from sim.common.language import Text
from sim.common.units import is_known
from sim.common.written import number, without_groups
from sim.scenario.shapes.words import FAULT
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path
from sim.scenario.yaml.yaml_events import FULL_COLON, NO_HINT

Model = TypeVar("Model", bound=BaseModel)

_OF_NUMBERS: Final = frozenset({"float_type", "int_type", "int_from_float"})
_NUMBER_AND_UNIT: Final = re.compile(r"([-+]?[0-9][0-9.,]*)\s*(.*)")
_ROUNDS: Final = 3
_SMALLEST_YEAR: Final = 1000
"""Integers in a path from here on are keys (years), below they are positions in a list."""

_EXPECTED: Final = {
    "string_type": tr("expected text (put a numeric code in quotes)"),
    "int_type": tr("expected an integer"),
    "int_from_float": tr("expected an integer"),
    "float_type": tr("expected a number"),
    "finite_number": tr("expected a finite number, not nan or inf"),
    "bool_type": tr("expected true or false"),
    "dict_type": tr("expected keys with values"),
    "model_type": tr("expected keys with values"),
    "tuple_type": tr("expected a list"),
    "missing": tr("is missing"),
    "invalid_key": tr("a key here is text"),
    "string_too_short": tr("must not be empty"),
    "too_short": tr("must not be empty"),
}


def check(document: Document, model: type[Model], faults: list[Fault]) -> Model | None:
    """The document as the model; its faults are added to `faults`.

    What is wrong is left out where the rest still makes sense, so that one reading finds the faults of
    the rest too; None where it does not.
    """
    data = document.data
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as invalid:
            errors = [one for one in invalid.errors(include_url=False) if not _follows(one, invalid)]
            if data is document.data:
                faults.extend(_fault(document, model, error) for error in errors)
        for error in errors:
            path = _path_in(document, error["loc"], keep_last=False)
            if not path or (isinstance(path[-1], int) and path[-1] < _SMALLEST_YEAR):
                return None
            data = _without(data, path)
    return None


def _follows(error: Any, invalid: ValidationError) -> bool:
    """Whether a list is too short only because what stands in it is wrong, which is said by itself."""
    at = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(at)] == at and len(other["loc"]) > len(at) for other in invalid.errors(include_url=False)
    )


def fields_at(model: type[BaseModel], location: Path) -> tuple[str, ...]:
    """The keys that may stand at a location of a model (as pydantic reports it)."""
    candidates = [model]
    for step in location:
        candidates = _step_into(candidates, step)
    return tuple(key for candidate in candidates for key in keys_of(candidate))


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a model as a file writes them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _step_into(candidates: list[type[BaseModel]], step: str | int) -> list[type[BaseModel]]:
    tagged = [candidate for candidate in candidates if candidate.__name__ == step]
    if tagged:
        return tagged
    inner = [
        part
        for candidate in candidates
        for name, field in candidate.model_fields.items()
        if (field.alias or name) == step
        for part in _models_in(field.annotation)
    ]
    return inner or candidates


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _fault(document: Document, model: type[BaseModel], error: Any) -> Fault:
    location: Path = error["loc"]
    kind: str = error["type"]
    path = _path_in(document, location, keep_last=kind in ("missing", "extra_forbidden"))
    if kind == "extra_forbidden":
        known = fields_at(model, location[:-1])
        allowed = ", ".join(known)
        problem = tr("unknown key; allowed: {allowed}", allowed=allowed) + _of_colon(str(location[-1]))
        return document.fault(path, problem, nearest(str(location[-1]), known), at_key=True)
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return document.fault(path, _problem(error) + _of_colon(key))


def _of_colon(text: str) -> Text:
    hint = tr("; write a plain colon and a space, not the full-width {mark}", mark=FULL_COLON)
    return hint if FULL_COLON in text else NO_HINT


def _without(data: Any, path: Path) -> Any:
    """The data less the value at a path of keys; shared parts stay as they are."""
    if isinstance(data, dict) and path[0] in data:
        rest = {key: value for key, value in data.items() if key != path[0]}
        return rest if len(path) == 1 else {**data, path[0]: _without(data[path[0]], path[1:])}
    if isinstance(data, list) and isinstance(path[0], int) and len(path) > 1:
        return [_without(item, path[1:]) if index == path[0] else item for index, item in enumerate(data)]
    return data


def _problem(error: Any) -> Text:
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == FAULT:
        return Text(context["zh"], context["en"])
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        sign = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}[kind]
        limit = next(iter(context.values()))
        return _got(error, tr("must be {sign} {limit}", sign=sign, limit=limit))
    if kind == "literal_error":
        words = str(context["expected"])
        part = Text(words.replace(" or ", "、").replace(", ", "、"), words)
        return _got(error, tr("must be one of {part}", part=part))
    if kind == "string_too_long":
        return tr(
            "at most {most} characters are expected, got {given}", most=context["max_length"], given=len(error["input"])
        )
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return _got(error, tr("must match {pattern}", pattern=pattern))
    expected = _EXPECTED.get(kind, tr("{said}", context="by pydantic", said=error["msg"]))
    got = _got(error, expected) + _instead(error["input"], kind)
    return expected if kind == "missing" else got


def _instead(given: Any, kind: str) -> Text:
    """What to write instead of a number with commas, full-width digits or its unit, or of a full-width colon."""
    if not isinstance(given, str):
        return NO_HINT
    if kind not in _OF_NUMBERS:
        return _of_colon(given)
    plain = unicodedata.normalize("NFKC", given.strip())
    found = _NUMBER_AND_UNIT.fullmatch(plain)
    if found is None:
        return NO_HINT
    value, unit = without_groups(found[1]) or found[1], found[2]
    if number(value) is None or (unit and not is_known(unit)):
        return NO_HINT
    if not unit or kind != "float_type":  # years and draws have none
        return tr("; write {value}", value=value)
    return tr('; write {value} with its unit apart: {{value: {value}, unit: "{unit}"}}', value=value, unit=unit)


def _got(error: Any, problem: Text) -> Text:
    value = error["input"]
    words = {dict: "{…}", list: "[…]", bool: str(value).lower(), type(None): "null"}.get(type(value), repr(value))
    shown = words if len(words) <= 40 else f"{words[:40]}…"
    return tr("{problem}, got {shown}", problem=problem, shown=shown)


def _path_in(document: Document, location: Path, keep_last: bool) -> Path:
    """The part of a location that is in the data: tags of alternatives are left out."""
    path: Path = ()
    value: Any = document.data
    for index, step in enumerate(location):
        inside = (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        )
        if inside:
            value = value[step]
            path = (*path, step)
        elif keep_last and index == len(location) - 1:
            path = (*path, step)
    return path
