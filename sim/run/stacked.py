"""Values of the parameters that differ between members: as `sim.model.draws.values`, for many members at once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.model.arrays import Array, within
from sim.model.draws.distribution import Distribution
from sim.model.draws.rng import uniforms
from sim.model.draws.values import along, changed, forces, spread
from sim.model.parameter import Parameter
from sim.model.people.sites import site_of
from sim.model.registry import PARAMETERS
from sim.run.moves import Moving


def values(
    path: str, chain: Sequence[Moving], years: range, at: Array, points: Array, seed: int, draws: range
) -> Array:
    """Values of a parameter before noise and limits, in its unit, broadcastable to [member, draw, year].

    chain: its settings in order; at: value of each move of each member [member, move]; points: where each
    draw stands in the parameter's own range [draw].
    """
    parameter = PARAMETERS[path]
    own = Distribution("lognormal", sd=parameter.spread) if parameter.spread else None
    value = spread(np.full((1, len(years)), parameter.default), own, points)[np.newaxis]
    for moving in chain:
        setting = moving.setting
        if setting.is_value:
            uncertainty, where = setting.dist or own, points
        else:
            uncertainty, where = setting.dist, uniforms(seed, setting.key, draws)[:, 0]
        given = _given(moving, years, at)
        if setting.change == "set" or setting.dist is not None:
            given = spread(given, uncertainty, where)
        value = changed(value, setting, given if given.ndim == 3 else given[np.newaxis], _force(moving, years, at))
    return value


def central(parameter: Parameter, chain: Sequence[Moving], years: range, at: Array) -> Array:
    """Central values of a parameter in its unit [member, year]: what a scenario file is checked by."""
    value = np.full((1, 1, len(years)), parameter.default)
    for moving in chain:
        given = _given(moving, years, at)
        value = changed(
            value, moving.setting, given if given.ndim == 3 else given[np.newaxis], _force(moving, years, at)
        )
    return np.broadcast_to(value[:, 0], (len(at), len(years)))


def with_noise(path: str, value: Array, multipliers: dict[str, Array]) -> Array:
    """Values with the year-to-year noise of their site [draw, year], kept inside the parameter's range."""
    site = site_of(path)
    moved = value if site is None else value * multipliers[site.name]
    return within(moved, PARAMETERS[path].low, PARAMETERS[path].high)


def _given(moving: Moving, years: range, at: Array) -> Array:
    """What a setting gives, [1, year], or [member, 1, 1] where a move gives it."""
    if moving.value is not None:
        return moving.given(at)[:, np.newaxis, np.newaxis]
    return along(moving.setting, years)


def _force(moving: Moving, years: range, at: Array) -> Array:
    """How far a setting is in force, [year], or [member, 1, year] where a move gives its intensity."""
    strengths = moving.strengths(at)
    if strengths is None:
        return forces(moving.setting, years)
    whole = replace(moving.setting, intensity=1.0, every=1.0)
    force: Array = strengths[:, np.newaxis, np.newaxis] * forces(whole, years)
    return force
