"""Where each resolved number came from."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import LANGUAGES, Text
from sim.common.units import in_language
from sim.model.draws.setting import Setting
from sim.model.draws.strength import applied
from sim.model.parameter import Parameter
from sim.scenario.by_name import close_path
from sim.scenario.resolved import RegionRef, ResolvedScenario
from sim.scenario.texts import tr

DEFAULT_PLACE: Final = Place("townward")
"""The place of a default: the program itself."""


class Explanation(NamedTuple):
    """A parameter of a region: its central values over the run, and the settings that made them.

    years, values: one pair where the value never changes, else one a year. place and source are the value's own: of the
    last setting that replaced it for the whole run, or of the default; `changes`: what acts on it since; `chain` holds
    every setting in order of application.
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
    changes: tuple[Setting, ...] = ()


def said(setting: Setting) -> Text:
    """What a setting does, as `× 1.3 from 2022, over 3 years`."""
    sign = {"set": "= ", "times": "× ", "add": "+ "}[setting.change]
    unit = "" if setting.change == "times" else setting.origin.written_unit
    words = Text(*(f"{sign}{setting.origin.written_value} {in_language(unit, side)}".rstrip() for side in LANGUAGES))
    if setting.start is not None:
        words = tr("{words} from {year}", words=words, year=setting.start + setting.lag)
    if setting.end is not None:
        words = tr("{words} to {year}", words=words, year=setting.end + setting.lag)
    if setting.ramp > 1:
        words = tr("{words}, over {years} years", words=words, years=setting.ramp)
    return words if setting.intensity == 1.0 else tr("{words}, strength {n:g}", words=words, n=setting.intensity)


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


def is_parameter(path: str, of: ResolvedScenario) -> bool:
    """Whether a parameter is called so, or some begin so."""
    return any(known == path or known.startswith(f"{path}.") for known in of.parameters)


def _wanted(path: str | None, parameters: Mapping[str, Parameter]) -> set[str]:
    if path is None:
        return set(parameters)
    found = {known for known in parameters if known == path or known.startswith(f"{path}.")}
    if not found:
        problem = tr("no parameter is called {path}", path=path)
        raise InvalidInput([Fault(Place("explain"), path, problem, close_path(path, parameters))])
    return found


def _explained(region: RegionRef, parameter: Parameter, resolved: ResolvedScenario) -> Explanation:
    chain = tuple(setting for setting in resolved.settings[region.id] if setting.path == parameter.path)
    years = tuple(range(region.base_year + 1, resolved.horizon + 1))
    values = tuple(applied(parameter.default, chain, year) for year in years)
    if len(set(values)) == 1:
        years, values = years[:1], values[:1]
    own, changes = _made_of(chain)
    return Explanation(
        region.id,
        parameter.path,
        parameter.name,
        parameter.unit,
        years,
        values,
        parameter.default,
        own.origin.source if own else parameter.evidence,
        own.origin.place if own else DEFAULT_PLACE,
        chain,
        changes,
    )


def _made_of(chain: Iterable[Setting]) -> tuple[Setting | None, tuple[Setting, ...]]:
    """The setting that gave the value, None for the default's, and those that act on it since."""
    own, changes = None, list[Setting]()
    for setting in chain:
        if _replaces(setting):
            own, changes = setting, []
        elif setting.intensity != 0.0:
            changes.append(setting)
    return own, tuple(changes)


def _replaces(setting: Setting) -> bool:
    """Whether nothing is left of what was there before, in any year."""
    return setting.change == "set" and setting.start is None and setting.end is None and setting.intensity == 1.0
