"""Records of what a subject is given in a year: filled from a table of parameters, and changed as a whole.

A field is named by the path of its parameter: a field of a record within adds the record's name and a dot, so that
`now.income.urban_growth` is the parameter `income.urban_growth`.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np

from sim.model.arrays import Array


class Record(Protocol):
    """A dataclass whose fields are arrays, tables of arrays by path and records of arrays."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Record)


def gathered(record: type[R], table: Mapping[str, Array], prefix: str = "") -> R:
    """The record of a table of values by path. prefix: what the paths of all its fields begin with."""
    found = {
        field.name: gathered(field.type, table, f"{prefix}{field.name}.")
        if isinstance(field.type, type) and is_dataclass(field.type)
        else table[f"{prefix}{field.name}"]
        for field in fields(record)
    }
    return record(**found)


def each(record: R, change: Callable[[Array], Array]) -> R:
    """The record with every array of it changed."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return type(record)(**{name: _changed(value, change) for name, value in values.items()})


def _changed(value: Any, change: Callable[[Array], Array]) -> Any:
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, Mapping):
        return {path: change(array) for path, array in value.items()}
    return each(value, change)
