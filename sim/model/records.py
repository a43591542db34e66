"""Records of a lane: classes whose annotated fields kernels read by name, and arrays of such records.

A field is a number, an array of a fixed shape (`Annotated[Array, shape]`), or a record of its own.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Array
from sim.model.axes import RESIDENT_ZONES

Records = NDArray[np.void]
"""Records of every lane of a block [draw, region]."""

Zones = Annotated[Array, (len(RESIDENT_ZONES),)]
"""A number for each zone without away."""


@cache
def layout(record: Any) -> np.dtype[np.void]:
    """How a record lies in memory; tables by path are left out."""
    hints = get_type_hints(record, include_extras=True)
    kinds = {name: kind for name, kind in hints.items() if get_origin(kind) is not Mapping}
    return np.dtype([(name, *_field(kind)) for name, kind in kinds.items()])


def _field(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Annotated:
        return np.float64, get_args(kind)[1]
    return (np.float64,) if kind is float else (layout(kind),)


def columns(records: Records) -> Array:
    """Records of numbers as columns in the order of their fields [..., column]; the same memory."""
    return records.view(np.float64).reshape(*records.shape, records.dtype.itemsize // 8)


def copied(records: Records) -> Records:
    """The same in memory of its own; a record copied as one is copied field by field, which takes ten times as long."""
    found = np.empty(records.shape, records.dtype)
    columns(found)[:] = columns(records)
    return found


def packed(of: Any, years: int, lanes: tuple[int, int]) -> Records:
    """Records of every year and lane [year, draw, region], of a record of arrays, each [draw or 1, region, year]."""
    kind: Any = type(of)
    found = np.empty((years, *lanes), layout(kind))
    _fill(found, of)
    return found


def _fill(into: Records, of: Any) -> None:
    for field in fields(of):
        value = getattr(of, field.name)
        if is_dataclass(value):
            _fill(into[field.name], value)
        elif not isinstance(value, Mapping):
            into[field.name] = value.transpose(2, 0, 1)
