"""Values of every parameter by draw and year: defaults, settings in their order, uncertainty and noise."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from sim.model.arrays import Array, within
from sim.model.draws import normal, sobol
from sim.model.draws.distribution import Distribution
from sim.model.draws.rng import uniforms
from sim.model.draws.sampling import correlate, triangular
from sim.model.draws.setting import Setting
from sim.model.draws.strength import applied, on_path, strength
from sim.model.parameter import Parameter
from sim.model.people.sites import site_of
from sim.model.registry import FIXED_PREFIXES, PARAMETERS

COLUMNS: Final = tuple((path, parameter.dimension) for path, parameter in PARAMETERS.items() if parameter.dimension)
"""The columns of the design, by parameter."""
SAMPLED: Final = tuple(path for path, _ in COLUMNS)
"""Parameters that have a dimension of the design, whether or not a scenario makes them uncertain."""
FIXED: Final = tuple(path for path in PARAMETERS if path.startswith(FIXED_PREFIXES))
"""Parameters that are one number for a whole run."""


def fixed(settings: Sequence[Setting]) -> dict[str, float]:
    """Parameters that are one number for the whole run, after all settings."""
    chains = _by_path(settings)
    return {path: applied(PARAMETERS[path].default, chains.get(path, ()), 0) for path in FIXED}


def design(seed: int, draws: range, paths: Sequence[str], correlation: Array | None) -> Array:
    """Where each draw stands in the range of each parameter (0, 1), shape [draw, SAMPLED].

    paths, correlation: parameters whose uncertainty moves together, and their correlation matrix.
    """
    points = sobol.points(seed, COLUMNS, draws)
    if correlation is None or not paths:
        return points
    return correlate(points, [SAMPLED.index(path) for path in paths], correlation)


def values(
    settings: Sequence[Setting],
    years: range,
    seed: int,
    draws: range,
    points: Array,
    multipliers: Mapping[str, Array],
    more: Mapping[str, Parameter] = MappingProxyType({}),
) -> dict[str, Array]:
    """Values of every sampled parameter in its unit, each [draw, year], or [1, year] where all draws agree; read only.

    points: as `design` gives them; multipliers: as `noise.paths` gives them. Values are kept inside the parameter's
    range.
    more: parameters of the scenario's own, such as those of its services: the uncertainty of each has its own random
    numbers and no dimension of the design.
    """
    result, chains = {}, _by_path(settings)
    for column, path in enumerate(SAMPLED):
        site, chain, own = site_of(path), chains.get(path, ()), PARAMETERS[path]
        if site is None and not chain:
            n_years, at = len(years), points[:, column]
            result[path] = _unset(path, n_years, at.tobytes()) if own.spread else _constant(own, n_years)
            continue
        value = _value(own, chain, years, points[:, column], seed, draws)
        if site is not None:
            value = value * multipliers[site.name]
        result[path] = _held(own, value, len(years))
    for path, parameter in more.items():
        result[path] = values_of(parameter, chains.get(path, ()), years, seed, draws)
    return result


@lru_cache(maxsize=len(SAMPLED))
def _unset(path: str, n_years: int, points: bytes) -> Array:
    """Values of a parameter that nothing sets, the same in all regions of a batch; read only.

    points: where each draw stands, as bytes.
    """
    value = _value(PARAMETERS[path], (), range(n_years), np.frombuffer(points), 0, range(0))
    return _held(PARAMETERS[path], value, n_years)


def _constant(parameter: Parameter, n_years: int) -> Array:
    """The default of a parameter that nothing sets and nobody is unsure of."""
    return _number(parameter.default, parameter.low, parameter.high, n_years)


@lru_cache(maxsize=4096)
def _number(value: float, low: float, high: float, n_years: int) -> Array:
    return np.broadcast_to(within(np.array([[value]]), low, high), (1, n_years))


def _held(parameter: Parameter, value: Array, n_years: int) -> Array:
    """Values inside the parameter's range [draw, year]; one number for all years takes the memory of one."""
    held = within(value, parameter.low, parameter.high)
    return np.broadcast_to(held, (len(held), n_years))


def _by_path(settings: Sequence[Setting]) -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for setting in settings:
        found.setdefault(setting.path, []).append(setting)
    return found


def values_of(parameter: Parameter, chain: Sequence[Setting], years: range, seed: int, draws: range) -> Array:
    """Values of a parameter of the scenario's own, [draw, year], or [1, year] where all draws agree.

    chain: its settings, in order of application.
    """
    if not (parameter.spread or chain):
        return _constant(parameter, len(years))
    at = uniforms(seed, parameter.path, draws)[:, 0]
    return _held(parameter, _value(parameter, chain, years, at, seed, draws), len(years))


def _value(
    parameter: Parameter, chain: Sequence[Setting], years: range, points: Array, seed: int, draws: range
) -> Array:
    """Values before noise and limits [draw or 1, year], or [draw or 1, 1] where no setting depends on the year."""
    if all(len(one.values) == 1 and one.start is None and one.end is None for one in chain):
        years = years[:1]
    own = Distribution("lognormal", sd=parameter.spread) if parameter.spread else None
    value = spread(np.full((1, len(years)), parameter.default), own, points)
    for setting in chain:
        if setting.is_value:
            uncertainty, at = setting.dist or own, points
        else:
            uncertainty = setting.dist
            at = uniforms(seed, setting.key, draws)[:, 0] if uncertainty is not None else points
        given = spread(along(setting, years), uncertainty if setting.change == "set" or setting.dist else None, at)
        value = changed(value, setting, given, forces(setting, years))
    return value


def along(setting: Setting, years: range) -> Array:
    """The values that a setting gives by year, [1, year]."""
    if len(setting.values) == 1:
        return np.full((1, len(years)), setting.values[0])
    return np.array([[on_path(setting.years, setting.values, year) for year in years]])


def forces(setting: Setting, years: range) -> Array:
    """How far a setting is in force by year [year]."""
    if setting.start is None and setting.end is None:
        return np.full(len(years), strength(setting, years[0]))
    return np.array([strength(setting, year) for year in years])


def changed(value: Array, setting: Setting, given: Array, force: Array) -> Array:
    """As `sim.model.draws.strength.changed`, for all draws and years; where the force is 0 no digit changes."""
    if not force.any():
        return value
    if setting.change == "times":
        after = value * (1.0 + (given - 1.0) * force)
    elif setting.change == "add":
        after = value + given * force
    else:
        after = np.where(force == 1.0, given, value + (given - value) * force)
    result: Array = np.where(force == 0.0, value, after)
    return result


def spread(path: Array, dist: Distribution | None, points: Array) -> Array:
    """Draws of a path of central values [draw, year]: the whole path is moved together."""
    if dist is None or dist.kind == "certain":
        return path
    if dist.kind == "lognormal":
        return path * np.exp(dist.sd * normal.quantiles(points))[:, np.newaxis]
    if dist.kind == "normal":
        return path + (dist.sd * normal.quantiles(points))[:, np.newaxis]
    centre = path[0, 0]
    if dist.kind == "uniform":
        drawn = dist.low + (dist.high - dist.low) * points
    else:
        drawn = triangular(points, dist.low, float(centre), dist.high)
    moved: Array = path + (drawn - centre)[:, np.newaxis]
    return moved
