"""Where each resolved number came from."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.model.draws.setting import Setting
from sim.model.draws.strength import applied
from sim.model.parameter import Parameter
from sim.scenario.resolved import RegionRef, ResolvedScenario
from sim.scenario.texts import tr

DEFAULT_PLACE: Final = Place("townward")
"""The place of a default: the program itself."""


class Explanation(NamedTuple):
    """A parameter of a region: its central values over the run, and the settings that made them.

    years, values: one pair where the value never changes, else one a year. place and source are those of
    the last setting that acts, or of the default; `chain` holds every setting in order of application.
    """

    region: str
    path: str
    name: Text
    unit: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    default: float
    source: Text | None
    place: Place
    chain: tuple[Setting, ...]


def explain(resolved: ResolvedScenario, path: str | None = None) -> list[Explanation]:
    """Every parameter of every region, or the one of `path` (or all below it, for `away`).

    Raises InvalidInput if no parameter is called so.
    """
    parameters = resolved.parameters
    wanted = _wanted(path, parameters)
    return [
        _explained(region, parameter, resolved)
        for region in resolved.regions
        for parameter in parameters.values()
        if parameter.path in wanted
    ]


def _wanted(path: str | None, parameters: Mapping[str, Parameter]) -> set[str]:
    if path is None:
        return set(parameters)
    found = {known for known in parameters if known == path or known.startswith(f"{path}.")}
    if not found:
        problem = tr("no parameter is called {path}", path=path)
        raise InvalidInput([Fault(Place("explain"), path, problem, nearest(path, parameters))])
    return found


def _explained(region: RegionRef, parameter: Parameter, resolved: ResolvedScenario) -> Explanation:
    chain = tuple(setting for setting in resolved.settings[region.id] if setting.path == parameter.path)
    years = tuple(range(region.base_year + 1, resolved.horizon + 1))
    values = tuple(applied(parameter.default, chain, year) for year in years)
    if len(set(values)) == 1:
        years, values = years[:1], values[:1]
    last = _last_acting(chain)
    return Explanation(
        region.id,
        parameter.path,
        parameter.name,
        parameter.unit,
        years,
        values,
        parameter.default,
        last.origin.source if last else parameter.evidence,
        last.origin.place if last else DEFAULT_PLACE,
        chain,
    )


def _last_acting(chain: Iterable[Setting]) -> Setting | None:
    acting = [setting for setting in chain if setting.intensity != 0.0]
    return acting[-1] if acting else None
