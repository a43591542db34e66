"""A study calibrated: what was fitted, what is left, what the figures told, and runs before and after."""

from collections.abc import Callable

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.inference.identifiability import Identifiability
from sim.evidence.inference.proposal import moved
from sim.evidence.study.fit import Fitted, fit
from sim.evidence.study.model import widened
from sim.evidence.study.read import Study
from sim.evidence.study.stages import Stages
from sim.evidence.study.told import Moved, moved_parameters, told
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.run.ensemble import Ensemble, simulate


@quickclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """A published figure beside the runs, in its measure's unit and the published area.

    error: one standard deviation of all that may part the figure from the fitted run; chance: the part of it that is
    the run's own; before, after: central runs at the prior's middle and as fitted; off: published less fitted, in
    deviations [1].
    """

    region: str
    measure: str
    year: int
    unit: str
    value: float
    error: float
    chance: float
    before: float
    after: float
    off: float
    source: str


@quickclass(frozen=True, slots=True)
class Curve:
    """A measure over the years in the published area: 10, 50 and 90% quantiles of runs before and after."""

    region: str
    measure: str
    unit: str
    years: tuple[int, ...]
    before: tuple[tuple[float, float, float], ...]
    after: tuple[tuple[float, float, float], ...]


@quickclass(frozen=True, slots=True)
class Result:
    """Everything that is said of a study."""

    study: Study
    fitted: Fitted
    residuals: tuple[Residual, ...]
    told: Identifiability
    moved: tuple[Moved, ...]
    curves: tuple[Curve, ...]


def calibrate(study: Study, jobs: int = 1, tell: Callable[[Text, float], None] = lambda text, share: None) -> Result:
    """Fit a study and run its scenario before and after. tell: told what has been run, and the share that is done."""
    stages = Stages(study, tell)
    found = fit(study, jobs, stages)
    draws = range(study.scenario.draws)
    after = moved(study.later, study.paths, widened(study, found.posterior))
    before = simulate(study.later, draws, (), jobs)
    stages.step(tr("run as it was before"), len(draws))
    later = simulate(after, draws, (), jobs)
    return Result(
        study,
        found,
        residuals(found),
        told(study, found),
        moved_parameters(study, found),
        curves(study, before, later),
    )


def residuals(found: Fitted) -> tuple[Residual, ...]:
    """Every figure that was fitted, by series and year."""
    total, chance = np.sqrt(np.diag(found.errors)), np.sqrt(np.diag(found.chance))
    return tuple(
        Residual(
            region=spot.figure.region,
            measure=spot.figure.measure,
            year=spot.figure.year,
            unit=spot.figure.unit,
            value=spot.figure.value,
            error=float(total[i]),
            chance=float(chance[i]),
            before=float(found.before[i]),
            after=float(found.after[i]),
            off=float(found.residuals[i]),
            source=spot.figure.source,
        )
        for i, spot in enumerate(found.spots)
    )


def curves(study: Study, before: Ensemble, after: Ensemble) -> tuple[Curve, ...]:
    """The measures of the series."""
    return tuple(
        Curve(
            one.region,
            one.measure,
            one.figures[0].unit,
            before.years,
            _bands(one.link.published(before.of(one.measure, study.rows[one.region]).astype(np.float64))),
            _bands(one.link.published(after.of(one.measure, study.rows[one.region]).astype(np.float64))),
        )
        for one in study.series
        if one.until(study.scenario.horizon)
    )


def _bands(values: Array) -> tuple[tuple[float, float, float], ...]:
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9], axis=1)
    return tuple((float(a), float(b), float(c)) for a, b, c in zip(low, middle, high, strict=True))
