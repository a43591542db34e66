"""Rates of a region that has one usable census: learnt across counties, or defaults where it is like none of those.

Default rates alone would empty a city of its newcomers, since arrivals are persons and default to none; they are
written so that nobody is gained or lost across the boundary in the base year.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.prior import load_prior, prior_rates
from sim.evidence.calibrate.writing import Backing, both, rates_text
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.model.axes import AWAY, OUTSIDE_REGISTRATION
from sim.model.people import rates as population
from sim.model.people.flows import ARRIVAL_PATHS, FLOWS
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.base_year.files import region_base
from sim.places.census import CensusRow, read_region
from sim.places.census.pairs import LEAST_PERSONS
from sim.places.china.national import load_national
from sim.places.region_add import note_rates
from sim.run.folder import publish, text_file

_HEAD: Final = (
    "# Written by `townward region add`: one usable census, so nothing is fitted; scenarios may override any of it."
)
_ARRIVALS: Final = tr("assumption: without two usable censuses, arrivals equal departures in the base year")
_LEAVING: Final = tr(
    "assumption: without two usable censuses, leaving equals returning in the base year (default rates of return)"
)
_DEFAULTS: Final = tr(
    "national defaults, arrivals and departures in balance in the base year (rates were learnt from no such region)"
)


@quickclass(frozen=True, slots=True)
class Unfitted:
    """Rates that are not fitted to the region's own past.

    content: of its `rates.yaml`; kind: estimated where learnt across counties, assumed where they are defaults;
    method: how they came about; at_bounds: paths of rates that stand at a bound of the parameter.
    """

    content: str
    kind: Literal["estimated", "assumed"]
    method: Text
    at_bounds: tuple[str, ...] = ()


def unfitted_rates(folder: Path) -> Unfitted:
    """Rates for the region of a folder from its last census alone."""
    year = max(read_region(folder))
    base, rows = region_base(folder, year, load_national())
    row = rows[year]
    if unlike(row):
        return Unfitted(_defaults(base.pop), "assumed", _DEFAULTS)
    manifest = load_prior().manifest
    method = learnt_method(manifest)
    fertility = tr(
        "published births of China to 2025, then the WPP 2024 medium variant, × the level learnt for such counties"
    )
    rates = prior_rates(row)
    return Unfitted(rates_text(rates, Backing(_HEAD, fertility, method)), "estimated", method, rates.at_bounds)


def write_unfitted(folder: Path) -> Unfitted:
    """Write a region's `rates.yaml`, and say in its `region.yaml` how the rates came about."""
    found = unfitted_rates(folder)
    publish(folder, {"rates.yaml": text_file(found.content)})
    note_rates(folder, found.method, found.kind)
    return found


def unlike(row: CensusRow) -> bool:
    """Whether a region is none of those that rates were learnt from: a whole province, or under LEAST_PERSONS."""
    return row.kind == "province" or row.resident < LEAST_PERSONS


def learnt_method(manifest: Mapping[str, Any]) -> Text:
    """How learnt rates came about, from the manifest of what was learnt."""
    first, second = (table["year"] for table in manifest["tables"])
    counties = int(manifest["counties"])
    return tr(
        "regression learnt from {counties:,} counties with the censuses of {first} and {second}, "
        "applied to the base-year census; bands hold the spread between counties and an assumed "
        "drift",
        counties=counties,
        first=first,
        second=second,
    )


def _defaults(pop: Array) -> str:
    """Content of a `rates.yaml` of arrivals and leaving that balance in the base year.

    pop: [zone, registration, sex, age].
    """
    movers = _default_movers(pop)
    lines = [_HEAD, "set:"]
    for zone, path in ARRIVAL_PATHS.items():
        left = sum(movers[flow.path] for flow in FLOWS if flow.path.startswith("outside.") and flow.source == zone)
        lines.append(f"  {path}: {{value: {left:.6g}, unit: person/year, source: {both(_ARRIVALS)}}}")
    leaving = [flow.path for flow in FLOWS if flow.path.startswith("away.") and flow.destination == AWAY]
    back = sum(movers[flow.path] for flow in FLOWS if flow.path.startswith("away.") and flow.source == AWAY)
    gone = sum(movers[path] for path in leaving)
    for path in leaving:
        rate = PARAMETERS[path].default * (back / gone if gone > 0.0 else 0.0)
        lines.append(f"  {path}: {{value: {rate:.6g}, source: {both(_LEAVING)}}}")
    return "\n".join(lines) + "\n"


def _default_movers(pop: Array) -> dict[str, float]:
    """Persons that each flow moves in a year at default rates. pop: [zone, registration, sex, age]."""
    defaults = {path: parameter.default for path, parameter in PARAMETERS.items() if path.startswith(FIXED_PREFIXES)}
    profiles = population.flow_profiles(defaults)[: len(FLOWS)].reshape(len(FLOWS), *pop.shape[2:])
    found = {}
    for flow, profile in zip(FLOWS, profiles, strict=True):
        if flow.source < len(pop):
            people = float((pop[flow.source, list(flow.registration)] * profile).sum())
            found[flow.path] = PARAMETERS[flow.path].default * people
    return found


assert all(flow.registration == (OUTSIDE_REGISTRATION,) for flow in FLOWS if flow.path.startswith("outside."))
