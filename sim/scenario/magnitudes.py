"""Whether numbers of a plan, and of what scenarios bring in persons, could be of this place.

A yearbook's 万人 written as persons is ten thousand times too small, a fraction written as % a hundred times: limits
stand far from anything that a county has, so that only such slips are refused. What is merely rare is remarked.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sim.common.errors import Fault
from sim.common.language import Text
from sim.model.draws.setting import Setting
from sim.model.draws.strength import applied
from sim.scenario.library import Reading
from sim.scenario.resolved import Plan, Target
from sim.scenario.texts import tr


class Range(NamedTuple):
    """What is possible, and within it what is usual."""

    least: float
    most: float
    low: float
    high: float


_OF_RESIDENTS: Final = {
    "resident": Range(0.05, 20.0, 0.5, 2.0),
    "urban": Range(0.01, 20.0, 0.03, 2.0),
    "city": Range(0.005, 20.0, 0.01, 2.0),
    "registered": Range(0.01, 20.0, 0.2, 3.0),
    "hukou_urban": Range(0.005, 20.0, 0.01, 3.0),
    "labour_force": Range(0.01, 20.0, 0.2, 2.0),
    "households": Range(0.01, 5.0, 0.1, 1.0),
    "homes": Range(0.01, 10.0, 0.1, 2.0),
}
"""Stocks against the residents of the base year."""
_ALONE: Final = {
    "urbanization_rate": Range(0.02, 1.0, 0.05, 1.0),
    "hukou_urbanization_rate": Range(0.01, 1.0, 0.03, 1.0),
    "household_size": Range(1.0, 15.0, 1.5, 6.0),
    "floor_per_person": Range(5.0, 300.0, 12.0, 130.0),
    "urban_floor_per_person": Range(5.0, 300.0, 12.0, 130.0),
    "rural_floor_per_person": Range(5.0, 300.0, 12.0, 200.0),
    "urbanization_rate_gain": Range(-1.0, 1.0, 0.002, 0.4),
    "city_growth": Range(-1.0, 10.0, 0.005, 1.0),
}
_BY_UNIT: Final = {
    "share": Range(-1.0, 1.0, -1.0, 1.0),
    "share/year": Range(-1.0, 1.0, -0.3, 0.3),
}
"""Other measures by their unit."""
_MOVED: Final = Range(0.0, 1.0, 0.0, 0.2)
"""What is brought in persons or homes a year, against the residents of the base year."""
_COUNTED: Final = ("person/year", "home/year")


def check_plan(plan: Plan, residents: Mapping[str, float], main: str, reading: Reading) -> None:
    """Refuses targets that no county can have, and remarks rare ones.

    residents: of the base year by region and group, where they are known; main: whose are judged where none is named.
    """
    for target in plan.targets:
        if target.measure is not None and target.value is not None:
            _judge(target, residents.get(target.region or plan.region or main, 0.0), reading)


def impossible(target: Target, residents: float) -> Text | None:
    """Why no place of so many residents (0: unknown) can have a target; None where it could."""
    found = _found(target, residents)
    return found.problem if found is not None and not found.possible else None


def _held(target: Target, residents: float) -> tuple[Range | None, float, str]:
    """The range of a target, its value as that range has it, and what it was divided by."""
    name, value = str(target.measure), float(target.value or 0.0)
    if name in _OF_RESIDENTS:
        return (_OF_RESIDENTS[name], value / residents, "resident") if residents > 0.0 else (None, value, "")
    return _ALONE.get(name) or _BY_UNIT.get(target.unit), value, ""


class _Finding(NamedTuple):
    """What is to be said of a target that is not usual."""

    possible: bool
    problem: Text


def _judge(target: Target, residents: float, reading: Reading) -> None:
    found = _found(target, residents)
    if found is not None:
        kept = reading.remarks if found.possible else reading.faults
        kept.append(Fault(target.place, "value", found.problem))


def _found(target: Target, residents: float) -> _Finding | None:
    held, value, of = _held(target, residents)
    if held is None or held.low <= value <= held.high:
        return None
    written = f"{target.written_value:g} {target.written_unit}"
    if held.least <= value <= held.most:
        problem = tr(
            "{written} is rare: {measure} usually {usual}; check value and unit",
            written=written,
            measure=target.measure,
            usual=_ends(held.low, held.high, of),
        )
        return _Finding(True, problem)
    problem = tr(
        "{written} cannot be of this place: {measure} {possible}; check value and unit (人 and 万人, % and shares)",
        written=written,
        measure=target.measure,
        possible=_ends(held.least, held.most, of),
    )
    return _Finding(False, problem)


def _ends(low: float, high: float, of: str) -> Text:
    ends = Text(f"{low:g}–{high:g}", f"{low:g}–{high:g}")
    return tr("{ends} times the residents of the base year", ends=ends) if of else ends


def check_counts(changes: Sequence[Setting], residents: float, years: Sequence[int], reading: Reading) -> None:
    """Refuses what brings more persons or homes a year than there are residents, and remarks a fifth of them."""
    by_path: dict[str, list[Setting]] = {}
    for change in changes:
        by_path.setdefault(change.path, []).append(change)
    for path, chained in by_path.items():
        parameter = reading.parameters[path]
        if parameter.unit not in _COUNTED or residents <= 0.0:
            continue
        most = max(applied(parameter.default, chained, year) for year in years)
        if most / residents > _MOVED.high:
            problem = tr(
                "{most:,.0f} [{unit}] beside {residents:,.0f} residents of the base year: check value and unit",
                most=most,
                unit=parameter.unit,
                residents=residents,
            )
            kept = reading.faults if most / residents > _MOVED.most else reading.remarks
            kept.append(Fault(chained[-1].origin.place, path, problem))
