"""Rates of a region that has one usable census: the program's defaults, with nobody gained or lost across its boundary.

Default rates alone would empty a city of its newcomers, since arrivals are persons and default to none.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, OUTSIDE_HUKOU
from sim.base_year.files import region_base
from sim.census import read_region
from sim.language import Text
from sim.national import load_national
from sim.parameters.registry import FIXED_PREFIXES, PARAMETERS
from sim.parameters.transfer import ARRIVAL_PATHS, FLOWS
from sim.process import population

Array = NDArray[np.float64]

_HEAD = "# Written by `townward region add`: one usable census, so nothing is fitted; scenarios may override any of it."
_ARRIVALS = Text(
    "假设:没有可用的两次普查,外来人口的来与去在基年相抵",
    "assumption: without two usable censuses, arrivals equal departures in the base year",
)
_LEAVING = Text(
    "假设:没有可用的两次普查,外出与返回在基年相抵(缺省返回率)",
    "assumption: without two usable censuses, leaving equals returning in the base year (default rates of return)",
)


def unfitted_rates(folder: Path) -> str:
    """Content of `rates.yaml` for the region of a folder: arrivals and leaving that balance in the base year."""
    year = max(read_region(folder))
    base, _ = region_base(folder, year, load_national())
    movers = _default_movers(base.pop)
    lines = [_HEAD, "set:"]
    for zone, path in ARRIVAL_PATHS.items():
        left = sum(movers[flow.path] for flow in FLOWS if flow.path.startswith("outside.") and flow.source == zone)
        lines.append(f"  {path}: {{value: {left:.6g}, unit: person/year, source: {_both(_ARRIVALS)}}}")
    leaving = [flow.path for flow in FLOWS if flow.path.startswith("away.") and flow.destination == AWAY]
    back = sum(movers[flow.path] for flow in FLOWS if flow.path.startswith("away.") and flow.source == AWAY)
    gone = sum(movers[path] for path in leaving)
    for path in leaving:
        rate = PARAMETERS[path].default * (back / gone if gone > 0.0 else 0.0)
        lines.append(f"  {path}: {{value: {rate:.6g}, source: {_both(_LEAVING)}}}")
    return "\n".join(lines) + "\n"


def _default_movers(pop: Array) -> dict[str, float]:
    """Persons that each flow moves in a year at default rates. pop: [zone, hukou, sex, age]."""
    defaults = {path: parameter.default for path, parameter in PARAMETERS.items() if path.startswith(FIXED_PREFIXES)}
    profiles = population.flow_profiles(defaults)[: len(FLOWS)].reshape(len(FLOWS), *pop.shape[2:])
    found = {}
    for flow, profile in zip(FLOWS, profiles, strict=True):
        if flow.source < len(pop):
            people = float((pop[flow.source, list(flow.hukou)] * profile).sum())
            found[flow.path] = PARAMETERS[flow.path].default * people
    return found


def _both(text: Text) -> str:
    return f'{{zh: "{text.zh}", en: "{text.en}"}}'


assert all(flow.hukou == (OUTSIDE_HUKOU,) for flow in FLOWS if flow.path.startswith("outside."))
