"""From the indicators of scenario files to indicators, and the settings that make their growth uncertain."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sim.common.errors import Fault
from sim.common.units import UnitError, base, factor, is_known
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.indicators.indicator import Indicator, path
from sim.scenario.quantities import Spot, distribution
from sim.scenario.shapes.indicator_file import IndicatorEntry
from sim.scenario.shapes.words import text_of
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path

_WIDEST: Final = 1e15


class Asked(NamedTuple):
    """An entry of a scenario file and where it stands."""

    entry: IndicatorEntry
    spot: Spot


class Traced(NamedTuple):
    """An indicator, the setting of its growth, and where its entry stands."""

    made: Indicator
    growth: Setting
    spot: Spot


def asked(document: Document, entries: Iterable[IndicatorEntry], faults: list[Fault]) -> list[Asked]:
    """The entries of one file with their places; what is wrong with them goes to `faults`."""
    found = []
    for index, entry in enumerate(entries):
        steps: Path = ("indicators", index)
        found.append(Asked(entry, Spot(document, steps, faults)))
    return found


def traced(parts: Iterable[Asked]) -> list[Traced]:
    """The indicators of several files; a later entry of an id replaces it. What is wrong is left out and reported."""
    merged: dict[str, Asked] = {}
    for one in parts:
        merged[one.entry.id] = one
    return [made for one in merged.values() if (made := _indicator(one)) is not None]


def _indicator(of: Asked) -> Traced | None:
    entry, spot = of.entry, of.spot
    if not is_known(entry.unit):
        spot.report(tr("unit {unit} is not known", unit=entry.unit), "unit")
        return None
    scale = _growth_scale(of)
    if scale is None:
        return None
    unit, by = base(entry.unit)
    indicator = Indicator(
        id=entry.id,
        name=entry.name.text,
        unit=unit,
        form=entry.form,
        year=entry.year,
        base=entry.base * by,
        growth=entry.growth.value * scale,
        low=-_WIDEST if entry.low is None else entry.low * by,
        high=_WIDEST if entry.high is None else entry.high * by,
        place=entry.region,
        source=text_of(entry.source),
        observed=tuple((year, value * by) for year, value in sorted(entry.observed.items())),
    )
    return Traced(indicator, _growth(of, indicator, scale), spot)


def _growth_scale(of: Asked) -> float | None:
    if of.entry.form == "linear":
        return base(of.entry.unit)[1]
    if of.entry.growth.unit is None:
        return 1.0
    try:
        return factor(of.entry.growth.unit, "share/year")
    except UnitError as problem:
        allowed = ", ".join(problem.allowed)
        text = tr("unit {unit} does not fit; allowed: {allowed}", unit=problem.unit, allowed=allowed)
        of.spot.report(text, "growth", "unit", nearest=problem.close)
        return None


def _growth(of: Asked, indicator: Indicator, scale: float) -> Setting:
    growth, where = of.entry.growth, path(indicator, "growth")
    origin = Origin(
        of.spot.document.place((*of.spot.path, "growth"), at_key=True),
        text_of(growth.source),
        None,
        f"{growth.value:g}",
        growth.unit or indicator.unit,
    )
    dist = None if growth.dist is None else distribution(growth.dist, scale)
    return Setting(
        path=where,
        change="set",
        years=(0,),
        values=(indicator.growth,),
        dist=dist,
        source=Given("indicator"),
        origin=origin,
    )
