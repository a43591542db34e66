"""Yearly factors on learnt and fitted moves and births that make counties add up to the nation, as settings of regions.

Plain Python: a scenario is checked without a numerical library.
"""

import csv
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import Place, fault
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.common.region_kind import Kind, kind_of
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.registry import PARAMETERS
from sim.scenario.resolved import RegionRef
from sim.scenario.texts import tr

FILE: Final = Path("calibration") / "national" / "closure_factors.csv"
FLOWS: Final = {
    "arrive": ("outside.arrive_city", "outside.arrive_town", "outside.arrive_rural"),
    "to_town": (
        "transfer.rural_to_city",
        "transfer.rural_to_town",
        "boundary.rural_to_city",
        "boundary.rural_to_town",
    ),
    "births": ("fertility.tfr",),
    "leave": ("away.leave_city", "away.leave_town", "away.leave_rural"),
    "return": ("away.return_to_city", "away.return_to_town", "away.return_to_rural"),
}
"""Parameters that the factor of each flow multiplies."""
KINDS: Final[tuple[Kind, ...]] = ("district", "city", "county")
Made = Literal["learnt", "fitted"]
"""How a region's rates were made: learnt rates expect less of the decade to come than its own two censuses show."""
_SOURCE: Final = tr(
    "factor that makes all counties add up to the nation's residents, urban share and births, "
    "on rates of before the census; "
    "held, with a spread, after the last published year"
)
_PACE: Final = tr(
    "pace of leaving and return against the decade before, as the provinces' figures since the census ask for; "
    "held, with a spread, after the last published year"
)
_SOURCES: Final = {"leave": _PACE, "return": _PACE}


@quickclass(frozen=True, slots=True)
class Factors:
    """The factors of a flow in a kind of region [1] by year; the last is held. deviation: of its logarithm."""

    years: tuple[int, ...]
    values: tuple[float, ...]
    deviation: float


def closing(region: RegionRef, rates: Sequence[Setting]) -> list[Setting]:
    """The factors on a region's rates that are uncertain together, which is what learning and fitting leave.

    A factor takes no rate over its parameter's range.
    """
    if region.code.endswith("00"):
        return []  # no province and no prefecture is among the counties that were added up
    spread = {one.path: max(one.values) for one in rates if one.path in region.correlation_paths and one.is_value}
    found = settings(kind_of(region.code, region.name.zh), region.base_year, spread, how_made(region, rates))
    return [_within(one, spread[one.path]) for one in found]


def how_made(region: RegionRef, rates: Sequence[Setting]) -> Made:
    """Whether a region's own uncertain rates are learnt across counties or fitted to its two censuses."""
    own = (one for one in rates if one.path in region.correlation_paths and one.is_value and one.origin.source)
    return "learnt" if any("learnt" in one.origin.source.en for one in own if one.origin.source) else "fitted"


def settings(kind: Kind, base_year: int, paths: Collection[str], made: Made) -> list[Setting]:
    """The factors on those of the paths that there are any for, for rates of the decade up to this base year."""
    found = []
    for (of, flow), factors in load_factors(made).items():
        if of == kind and factors.years[0] == base_year + 1:
            found += [one for path in FLOWS[flow] if path in paths for one in _of_path(path, flow, factors)]
    return found


def _within(setting: Setting, rate: float) -> Setting:
    most = PARAMETERS[setting.path].high / rate if rate > 0.0 else 1.0
    return replace(setting, values=tuple(min(value, most) for value in setting.values))


def _of_path(path: str, flow: str, factors: Factors) -> tuple[Setting, Setting]:
    place = Place(str(library() / FILE))
    source = _SOURCES.get(flow, _SOURCE)
    shown = ", ".join(f"{year}: {value:g}" for year, value in zip(factors.years, factors.values, strict=True))
    yearly = Setting(
        path=path,
        change="times",
        years=factors.years,
        values=factors.values,
        start=factors.years[0],
        source=Given("nation", 1),
        origin=Origin(place, source, None, shown, ""),
    )
    held = replace(
        yearly,
        years=factors.years[-1:],
        values=(1.0,),
        dist=Distribution("lognormal", sd=factors.deviation),
        start=factors.years[-1],
        source=Given("nation", 2),
        origin=Origin(place, source, None, "1", ""),
    )
    return yearly, held


@cache
def load_factors(made: Made = "learnt") -> dict[tuple[Kind, str], Factors]:
    """The factors that the program carries by kind and flow; none where its tables have none.

    made: on what rates. Each are solved with all counties on such rates: with those learnt, or with its own fit each.
    """
    path = library() / FILE
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                (row["flow"], row["kind"], int(row["year"]), float(row["factor"]), float(row["deviation"]))
                for row in csv.DictReader(file)
                if row["rates"] == made
            ]
    except (KeyError, TypeError, ValueError) as problem:
        raise fault(str(path), "", tr("not a table of factors: {problem}", problem=problem)) from None
    found = {}
    for kind in KINDS:
        for flow in FLOWS:
            own = sorted(row[2:] for row in rows if row[:2] == (flow, kind))
            if own:
                years, values, deviations = zip(*own, strict=True)
                found[kind, flow] = Factors(years, values, deviations[-1])
    return found
