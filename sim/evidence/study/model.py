"""What a study's runs say of its figures: one run in which nothing is left to chance, and many that draw the rest."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from sim.common.errors import Place
from sim.common.quickclass import quickclass
from sim.evidence.figures.errors import covariance
from sim.evidence.figures.figures import Figure
from sim.evidence.figures.series import Series
from sim.evidence.inference.distributions import Normal
from sim.evidence.inference.proposal import moved, positions
from sim.evidence.study.read import Study
from sim.model.arrays import Array
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.draws.values import SAMPLED
from sim.model.people.sites import SITES
from sim.model.registry import PARAMETERS
from sim.run.case import Case, RegionCase, points
from sim.run.experiment import unmoved
from sim.run.lanes import Wanted

NARROW: Final = 1e-6
"""A spread that is none, where a factor must not be singular [1]."""

FOLLOWING: Final = 1e-3
"""What is left of the spread of inputs that only follow the fitted ones; less, and they could not be told apart [1]."""

STEP: Final = 0.05
"""Change of a standardized input by which slopes are taken: runs are kept in single precision [1]."""

REST: Final = 512
"""Draws of everything that is not fitted."""

CERTAIN: Final = Distribution("certain")
_NOWHERE: Final = Origin(Place(""), None, None, "", "")


@quickclass(frozen=True, slots=True)
class Spot:
    """A figure that is fitted, with its series."""

    series: Series
    figure: Figure


def spots(study: Study) -> tuple[Spot, ...]:
    """The figures that are fitted: by series, in order of years."""
    return tuple(Spot(one, figure) for one in study.series for figure in one.until(study.scenario.horizon))


def observed(of: Sequence[Spot]) -> Array:
    """Published values [figure], in the unit of their measures."""
    return np.array([spot.figure.value for spot in of])


def published_errors(study: Study) -> Array:
    """Covariance of the figures' own errors, of their drift and of what the model leaves out [figure, figure].

    Series are independent of each other (`sim.evidence.figures.errors`).
    """
    blocks = [_block(one, study.scenario.horizon) for one in study.series]
    size = sum(len(block) for block in blocks)
    found, at = np.zeros((size, size)), 0
    for block in blocks:
        found[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return found


def _block(series: Series, horizon: int) -> Array:
    known = series.until(horizon)
    if not known:
        return np.zeros((0, 0))
    level = series.link.ratio * series.base if series.base else known[0].value
    own = np.array([figure.error for figure in known])
    return covariance(series.measure, [f.year - series.base_year for f in known], own, [f.kind for f in known], level)


def values_of(study: Study, of: Sequence[Spot], case: Case, draws: range, jobs: int = 1) -> Array:
    """The same figures of a case's draws, in the published area [draw, figure]."""
    wanted = [Wanted(one.figure.measure, study.rows[one.figure.region], one.figure.year) for one in of]
    found = unmoved(case, wanted, draws, jobs).astype(np.float64)
    return np.stack([spot.series.link.published(own) for spot, own in zip(of, found, strict=True)], axis=1)


def central(study: Study, of: Sequence[Spot], at: Array) -> Array:
    """The figures [figure] of the run with the fitted inputs at `at` [input] and everything else at its middle.

    The middle of inputs that are correlated with the fitted ones is that given them.
    """
    case = calm(moved(study.case, study.paths, _around(study, at)), ())
    return np.asarray(values_of(study, of, case, range(1))[0], dtype=np.float64)


def slopes(study: Study, of: Sequence[Spot], at: Array, here: Array | None = None) -> Array:
    """Change of each figure with each fitted input [figure, input].

    By differences: one-sided where the figures `here` [figure] of the run at `at` are given, else central.
    """
    step = STEP * np.eye(len(at))
    if here is not None:
        return np.stack([central(study, of, at + one) - here for one in step], axis=1) / STEP
    columns = [central(study, of, at + one) - central(study, of, at - one) for one in step]
    return np.stack(columns, axis=1) / (2.0 * STEP)


def rest(study: Study, of: Sequence[Spot], at: Array, jobs: int = 1) -> Array:
    """The figures [draw, figure] of runs with the fitted inputs at `at` and everything else drawn, noise included."""
    case = moved(study.case, study.paths, _around(study, at))
    return values_of(study, of, case, range(REST), jobs)


def drawn(study: Study, of: Sequence[Spot], proposal: Normal, draws: range, jobs: int = 1) -> tuple[Array, Array]:
    """Fitted inputs drawn from a proposal [draw, input], and their figures [draw, figure].

    What is not fitted follows the fitted inputs as far as it is correlated with them, and varies no further.
    """
    whole = widened(study, proposal, FOLLOWING)
    case = moved(study.case, study.paths, whole)
    inputs = positions(case, points(case, draws), study.paths, whole)
    return inputs[:, : study.n_varied], values_of(study, of, calm(case, study.paths), draws, jobs)


def widened(study: Study, proposal: Normal, spread: float = 1.0) -> Normal:
    """A proposal of the fitted inputs as one of all.

    The others are as they were, given the fitted ones, or with that spread of it.
    """
    size, n = len(study.paths), study.n_varied
    mean, factor = np.zeros(size), spread * np.eye(size)
    mean[:n], factor[:n, :n] = proposal.mean, proposal.factor
    return Normal(mean, factor)


def _around(study: Study, at: Array) -> Normal:
    return widened(study, Normal(at, NARROW * np.eye(len(at))))


def calm(case: Case, keep: Collection[str]) -> Case:
    """The case without yearly noise, every input at its middle but those to `keep`."""
    return replace(case, regions=tuple(_calm(region, keep) for region in case.regions))


def _calm(region: RegionCase, keep: Collection[str]) -> RegionCase:
    said = {setting.key for setting in region.settings}
    given = partial(_given, year=0)
    silent = [given(f"noise.{site.name}.deviation", 0.0) for site in SITES]
    middles = [
        given(path, PARAMETERS[path].default)
        for path in SAMPLED
        if PARAMETERS[path].spread and path not in said and path not in keep
    ]
    own = [setting if setting.key in keep else replace(setting, dist=CERTAIN) for setting in region.settings]
    return replace(region, settings=(*middles, *own, *silent))


def _given(path: str, value: float, year: int) -> Setting:
    return Setting(
        path=path,
        change="set",
        years=(year,),
        values=(value,),
        dist=CERTAIN,
        source=Given("fit"),
        origin=_NOWHERE,
    )
