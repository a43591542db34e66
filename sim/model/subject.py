"""What a subject of the model declares: `parameters.csv` and `measures.csv` in its folder, a row each."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from sim.common.errors import Place
from sim.common.rows import Row, read
from sim.common.units import UNITS, is_known
from sim.model.measure import ZONES, Measure
from sim.model.parameter import Parameter
from sim.model.texts import tr

_HERE: Final = Path(__file__).parent
_PARAMETER: Final = (
    *("path", "zh", "en", "unit", "default", "low", "high", "spread", "dimension", "evidence_zh", "evidence_en"),
)
_MEASURE: Final = ("id", "zh", "en", "unit", "zone", "part", "whole")


def listed(first: Iterable[str]) -> tuple[str, ...]:
    """The subjects named, in their order, and then every other folder with tables but services, by name.

    Services are apart: their parameters and measures are made from the table of services that a scenario uses.
    """
    named = tuple(first)
    found = sorted(path.parent.name for path in _HERE.glob("*/parameters.csv"))
    return (*named, *(name for name in found if name not in (*named, "services")))


def place(path: str, subject: str = "*") -> Place:
    """The line of the tables, of one subject or of all, that declares a parameter or a measure."""
    for table in sorted(_HERE.glob(f"{subject}/*.csv")):
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
            if line.partition(",")[0] == path:
                return Place(str(table), number, 1)
    return Place(str(_HERE))


@cache
def parameters(subject: str) -> dict[str, Parameter]:
    """The parameters of a subject by path, in the order of its table."""
    return {one.path: one for one in read(_HERE / subject / "parameters.csv", _PARAMETER, _parameter)}


@cache
def measures(subject: str) -> dict[str, Measure]:
    """The measures of a subject by id, in the order of its table."""
    return {measure.id: measure for measure in read(_HERE / subject / "measures.csv", _MEASURE, _measure)}


def _parameter(row: Row) -> Parameter:
    default, low, high = (row.number(column) for column in ("default", "low", "high"))
    if default < low or default > high:
        row.fault("default", tr("a value from {low:g} to {high:g} is expected", low=low, high=high))
    spread = row.number("spread", empty=0.0)
    if spread < 0.0:
        row.fault("spread", tr("this must not be negative"))
    dimension = row.number("dimension", empty=0.0)
    if dimension < 0.0 or dimension % 1.0:
        row.fault("dimension", tr("a whole number from 1 is expected"))
    return Parameter(
        row.text("path"), row.words(), _unit(row), default, low, high, row.words("evidence_"), spread, int(dimension)
    )


def _measure(row: Row) -> Measure:
    unit, part, whole = _unit(row), row.cells["part"], row.cells["whole"]
    if bool(part) != bool(whole):
        row.fault("whole", tr("part and whole go together: both or none"))
    zone = row.one_of("zone", ZONES)
    return Measure(row.text("id"), row.words(), unit, zone, unit.endswith("/year"), part, whole)


def _unit(row: Row) -> str:
    unit = row.text("unit")
    if unit and not is_known(unit):
        row.fault("unit", tr("no unit is called {unit}: see {table}", unit=unit, table=UNITS.name))
    return unit
