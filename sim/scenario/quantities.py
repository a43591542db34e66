"""From a number as written to numbers in the model's unit, within what is allowed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sim.common.errors import Fault
from sim.common.language import Text
from sim.common.units import UnitError, factor
from sim.model.draws.distribution import Distribution
from sim.model.parameter import Parameter
from sim.model.registry import PARAMETERS
from sim.scenario.shapes.values import Dist, Valued
from sim.scenario.shapes.words import text_if_any
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path

Written = float | dict[int, float] | Valued


class Number(NamedTuple):
    """A number or dated path in a unit, with what stood beside it."""

    years: tuple[int, ...]
    values: tuple[float, ...]
    dist: Distribution | None
    source: Text | None
    note: Text | None
    written_value: str
    written_unit: str


class Spot(NamedTuple):
    """Where in a document a number stands, where its faults go, and which parameters there are."""

    document: Document
    path: Path
    faults: list[Fault]
    parameters: Mapping[str, Parameter] = PARAMETERS

    def report(self, problem: Text, *steps: str | int, nearest: str | None = None) -> None:
        """Keeps a fault of this spot, or of a part of it."""
        self.faults.append(self.document.fault((*self.path, *steps), problem, nearest))


def number(written: Written, unit: str, spot: Spot, times: float = 1.0) -> Number | None:
    """The number in `unit`, multiplied by `times`; None (and a fault) if its own unit is of another quantity."""
    valued = written if isinstance(written, Valued) else None
    core: float | dict[int, float] = valued.value if valued is not None else written  # type: ignore[assignment]
    written_unit = valued.unit if valued is not None and valued.unit is not None else unit
    scale = _scale(written_unit, unit, spot)
    if scale is None:
        return None
    scale *= times
    path = core if isinstance(core, dict) else {0: core}
    years = tuple(sorted(path))
    values = tuple(path[year] * scale for year in years)
    dist = None if valued is None or valued.dist is None else distribution(valued.dist, scale)
    if dist is not None and not _fits(dist, values, spot):
        return None
    return Number(
        years,
        values,
        dist,
        text_if_any(valued.source) if valued is not None else None,
        text_if_any(valued.note) if valued is not None else None,
        as_written(core),
        written_unit,
    )


def distribution(dist: Dist, scale: float) -> Distribution:
    """A distribution in the unit of the model; a spread of logarithms has no unit."""
    if dist.normal is not None:
        return Distribution("normal", sd=dist.normal.sd * abs(scale))
    if dist.lognormal is not None:
        return Distribution("lognormal", sd=dist.lognormal.sd)
    bounds = dist.uniform or dist.triangular
    if bounds is None:
        return Distribution("certain")
    low, high = sorted((bounds.low * scale, bounds.high * scale))
    return Distribution("uniform" if dist.uniform is not None else "triangular", low=low, high=high)


def within(number: Number, low: float, high: float, unit: str, spot: Spot) -> bool:
    """Whether all values (and the ends of the distribution) are allowed; a fault if not."""
    ends = (number.dist.low, number.dist.high) if number.dist and number.dist.kind in ("uniform", "triangular") else ()
    outside = [value for value in (*number.values, *ends) if not low <= value <= high]
    if outside:
        allowed = f"{low:g}…{high:g} [{unit}]"
        spot.report(tr("{outside:g} is outside the allowed {allowed}", outside=outside[0], allowed=allowed))
    return not outside


def scaled(number: Number, by: float) -> Number:
    """The number and its distribution multiplied by a constant."""
    values = tuple(value * by for value in number.values)
    if number.dist is None:
        return number._replace(values=values)
    low, high = sorted((number.dist.low * by, number.dist.high * by))
    sd = number.dist.sd if number.dist.kind == "lognormal" else number.dist.sd * abs(by)
    return number._replace(values=values, dist=replace(number.dist, sd=sd, low=low, high=high))


def _scale(written: str, unit: str, spot: Spot) -> float | None:
    try:
        return factor(written, unit)
    except UnitError as problem:
        allowed = ", ".join(problem.allowed)
        text = tr("unit {written} does not fit; allowed: {allowed}", written=written, allowed=allowed)
        spot.report(text, "unit", nearest=problem.close)
        return None


def _fits(dist: Distribution, values: tuple[float, ...], spot: Spot) -> bool:
    if dist.kind in ("uniform", "triangular"):
        if len(values) > 1:
            spot.report(
                tr("a path over years takes no uniform or triangular"),
                "dist",
            )
            return False
        if not dist.low <= values[0] <= dist.high:
            spot.report(tr("the value must lie between low and high"), "dist")
            return False
    if dist.kind == "lognormal" and min(values) < 0.0 < max(values):
        spot.report(tr("a lognormal value cannot change sign"), "dist")
        return False
    return True


def as_written(core: float | dict[int, float]) -> str:
    """A number, or one by year, as a file has it."""
    if isinstance(core, dict):
        return ", ".join(f"{year}: {core[year]:g}" for year in sorted(core))
    return f"{core:g}"
