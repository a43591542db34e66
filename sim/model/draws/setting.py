"""One change of one parameter, and where it was written."""

from dataclasses import dataclass
from typing import Literal

from sim.common.errors import Place
from sim.common.language import Text
from sim.model.draws.distribution import Distribution

ChangeKind = Literal["set", "times", "add"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written, what backs it, and how it stood there."""

    place: Place
    source: Text | None
    note: Text | None
    written_value: str
    written_unit: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One change of one parameter; settings are applied in their order.

    years, values: a path, linear between its years and constant outside, in the parameter's unit (a
    factor for `times`). start, end: first and last year in force before the lag (None: always).
    ramp: years until full strength, the first included. site: key of its random number; the parameter's
    own path for a base value. dist None: the parameter's default spread for `set`, certain otherwise.
    """

    path: str
    change: ChangeKind
    years: tuple[int, ...]
    values: tuple[float, ...]
    dist: Distribution | None
    start: int | None
    end: int | None
    lag: int
    ramp: int
    intensity: float
    site: str
    origin: Origin
