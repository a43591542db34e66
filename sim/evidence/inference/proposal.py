"""A case whose draws come from another normal: the uncertain inputs shifted and narrowed.

Inputs are seen as the independent standard normals ξ that the design draws: those of region r are z = L_r ξ, L_r being
the Cholesky factor of its correlation. A proposal draws ξ = m + S η with S lower triangular; z then has mean L_r m and
factor L_r S, which is again lower triangular: the region's settings and correlation can say it exactly.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from typing import Final

import numpy as np
from scipy.special import ndtri

from sim.evidence.inference.distributions import Normal
from sim.model.arrays import Array
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Setting
from sim.model.draws.values import SAMPLED
from sim.model.registry import ECONOMIC, PARAMETERS
from sim.run.case import Case, RegionCase

_MOVABLE: Final = frozenset({"lognormal", "normal", "certain"})


def movable(case: Case) -> tuple[str, ...]:
    """The paths whose uncertainty a proposal can move in every region, the correlated ones first and in their order.

    Inputs with bounded ranges (uniform, triangular) are left as they are, and so are those of jobs, homes and money,
    which published figures of people say little about: their draws are weighed. Nothing is moved where regions
    correlate different inputs.
    """
    orders = {region.correlation_paths for region in case.regions if region.correlation_paths}
    if len(orders) > 1:
        return ()
    first = orders.pop() if orders else ()
    paths = (*first, *(path for path in SAMPLED if path not in first and path not in ECONOMIC))
    good = tuple(path for path in paths if (path in first or is_uncertain(case, path)) and _is_movable(case, path))
    return good if set(first) <= set(good) else ()


def positions(case: Case, where: Array, paths: Sequence[str], proposal: Normal | None = None) -> Array:
    """ξ of each draw [draw, input] from where it stands in the range of each input. where: of `Ensemble`.

    case: as it was run, that is with the proposal's settings where there is one.
    """
    if not paths:
        return np.empty((where.shape[1], 0))
    columns = [SAMPLED.index(path) for path in paths]
    z = ndtri(where[0][:, columns])
    region = case.regions[0]
    if region.correlation is not None and region.correlation_paths:
        held = len(region.correlation_paths)
        if tuple(paths[:held]) != region.correlation_paths:
            raise ValueError("the correlated inputs must come first, in their order")
        z[:, :held] = np.linalg.solve(np.linalg.cholesky(region.correlation), z[:, :held].T).T
    xi: Array = z if proposal is None else proposal.mean + z @ proposal.factor.T
    return xi


def moved(case: Case, paths: Sequence[str], proposal: Normal) -> Case:
    """The case whose draws of these inputs come from the proposal; everything else is as it was."""
    if not paths:
        return case
    return replace(case, regions=tuple(_moved_region(region, paths, proposal, case) for region in case.regions))


def _moved_region(region: RegionCase, paths: Sequence[str], proposal: Normal, case: Case) -> RegionCase:
    own = np.eye(len(paths))
    if region.correlation is not None and region.correlation_paths:
        held = len(region.correlation_paths)
        own[:held, :held] = np.linalg.cholesky(region.correlation)
    centre, factor = own @ proposal.mean, own @ proposal.factor
    spread = np.sqrt((factor**2).sum(axis=1))
    settings: list[Setting] = list(region.settings)
    for path, shift, scale in zip(paths, centre, spread, strict=True):
        settings = _moved_settings(settings, path, float(shift), float(scale), case.base_year)
    unit = factor / spread[:, np.newaxis]
    return replace(region, settings=tuple(settings), correlation_paths=tuple(paths), correlation=unit @ unit.T)


def _moved_settings(settings: Sequence[Setting], path: str, shift: float, scale: float, year: int) -> list[Setting]:
    parameter = PARAMETERS[path]
    found = [_moved_setting(s, shift, scale) if s.path == path and s.is_value else s for s in settings]
    if not parameter.spread:
        return found
    base = replace(
        settings[0],
        path=path,
        change="set",
        years=(year,),
        values=(parameter.default * exp(parameter.spread * shift),),
        dist=Distribution("lognormal", sd=parameter.spread * scale),
        start=None,
        end=None,
        lag=0,
        ramp=0,
        intensity=1.0,
        source=Given("fit"),
    )
    return [base, *found]


def _moved_setting(setting: Setting, shift: float, scale: float) -> Setting:
    dist = uncertainty(setting)
    if dist is None or dist.kind == "certain":
        return setting
    if dist.kind == "lognormal":
        values = tuple(value * exp(dist.sd * shift) for value in setting.values)
    else:
        values = tuple(value + dist.sd * shift for value in setting.values)
    return replace(setting, values=values, dist=Distribution(dist.kind, sd=dist.sd * scale))


def uncertainty(setting: Setting) -> Distribution | None:
    """How uncertain a setting's own value is, as `sim.model.draws.values` reads it."""
    parameter = PARAMETERS.get(setting.path)  # those of services and indicators have a range of their own, or none
    spread = parameter.spread if parameter else 0.0
    own = Distribution("lognormal", sd=spread) if spread else None
    return setting.dist or (own if setting.change == "set" else None)


def _is_movable(case: Case, path: str) -> bool:
    for region in case.regions:
        if PARAMETERS[path].spread and not region.settings:
            return False
        for setting in region.settings:
            dist = uncertainty(setting) if setting.path == path and setting.is_value else None
            if dist is not None and dist.kind not in _MOVABLE:
                return False
    return True


def is_uncertain(case: Case, path: str) -> bool:
    """Whether an input differs between draws in any region."""
    if PARAMETERS[path].spread:
        return True
    return any(
        (dist := uncertainty(setting)) is not None and dist.kind != "certain"
        for region in case.regions
        for setting in region.settings
        if setting.path == path and setting.is_value
    )
