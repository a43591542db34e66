"""Indicators that nothing in the model drives: a base, a growth, and how uncertain it is."""

from collections.abc import Iterable
from typing import Final, Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.measure import Measure
from sim.model.parameter import Parameter
from sim.model.texts import tr

Form = Literal["linear", "compound"]

_WIDEST: Final = 1e15


@quickclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A quantity that a scenario extrapolates, in `unit`.

    base in `year`; growth: in the unit a year if linear, a share a year if compound. low, high: what it stays within.
    place: the region or group it is of, None for the main one. observed: figures by year.
    """

    id: str
    name: Text
    unit: str
    form: Form
    year: int
    base: float
    growth: float
    low: float
    high: float
    place: str | None
    source: Text
    observed: tuple[tuple[int, float], ...] = ()


def path(indicator: Indicator, what: str) -> str:
    """The path of a parameter of an indicator: `base` or `growth`."""
    return f"indicator.{indicator.id}.{what}"


def parameters_of(indicators: Iterable[Indicator]) -> dict[str, Parameter]:
    """Base and growth of every indicator, by path."""
    found = [parameter for indicator in indicators for parameter in _parameters(indicator)]
    return {parameter.path: parameter for parameter in found}


def measures_of(indicators: Iterable[Indicator]) -> tuple[Measure, ...]:
    """The measure of every indicator."""
    return tuple(Measure(f"indicator.{one.id}", one.name, one.unit, "all") for one in indicators)


def _parameters(indicator: Indicator) -> Iterable[Parameter]:
    yield Parameter(
        path(indicator, "base"),
        tr("{name} in {year}", name=indicator.name, year=indicator.year),
        indicator.unit,
        indicator.base,
        indicator.low,
        indicator.high,
        indicator.source,
    )
    linear = indicator.form == "linear"
    yield Parameter(
        path(indicator, "growth"),
        tr("{name}: change a year", name=indicator.name),
        indicator.unit if linear else "share/year",
        indicator.growth,
        -_WIDEST if linear else -0.9,
        _WIDEST if linear else 10.0,
        indicator.source,
    )
