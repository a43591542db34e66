"""A region's folder, calibrated: `rates.yaml`, `away.csv` and the residuals of its fit."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

from sim.common.errors import fault
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.batch import Ran
from sim.evidence.calibrate.fit import Fit, fit
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.posterior import DRAWS as WAVE
from sim.evidence.calibrate.posterior import WAVES, Posterior, posterior
from sim.evidence.calibrate.rates import Rates, rates
from sim.evidence.calibrate.replay import Decade
from sim.evidence.calibrate.shaken import DRAWS
from sim.evidence.calibrate.split import SHARE, SHARE_OF_RENAMED
from sim.evidence.calibrate.writing import Backing, rates_text
from sim.evidence.inference.identifiability import Identifiability, identifiability, record
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.model.axes import AWAY, N_AGES, OUTSIDE_REGISTRATION, REGISTRATIONS, SEXES
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_region
from sim.places.china.national import National, load_national
from sim.places.china.residence import load_patterns

Tell = Callable[[Text, float], None]
SEARCHED: Final = 1300
"""Decades that the search for a region's best fit usually runs: 1,200 to 1,600."""
SHAKEN: Final = 60
"""Decades that a fit to shaken figures usually runs after it: 38 to 77."""


@quickclass(frozen=True, slots=True)
class Calibration:
    """A region's fit and the rates that follow from it."""

    first: CensusRow
    second: CensusRow
    fit: Fit
    rates: Rates


def calibrate(folder: Path, draws: int = DRAWS, tell: Tell | None = None) -> Calibration:
    """Fit a region to the two censuses in its folder. Raises InvalidInput where there are not two.

    draws: fits to shaken figures, whose spread is that of the rates; 0: the normal at the best fit. tell: is told what
    has been done, and the share of what is usually done.
    """
    rows = read_region(folder)
    if len(rows) < 2:
        raise fault(str(folder / "census.csv"), "", tr("calibration needs two censuses, one is there"))
    years = sorted(rows)[-2:]
    return calibrate_rows(
        rows[years[0]], rows[years[1]], load_national(), draws, _counted(tell, SEARCHED + SHAKEN * draws)
    )


def calibrate_rows(
    first: CensusRow, second: CensusRow, national: National, draws: int = DRAWS, ran: Ran | None = None
) -> Calibration:
    """Fit a region to two census rows; draws: as of `calibrate`; ran: is told of the decades that were run."""
    decade = decade_of(first, second, national)
    found = fit(decade, second, draws, ran)
    trend = _headship_trend(first, second, decade.pop, found.pop, national)
    return Calibration(first, second, found, rates(decade, found, trend))


def decade_of(first: CensusRow, second: CensusRow, national: National) -> Decade:
    """What is known of a region's decade before the fit."""
    start = base_year(first, national, other=second)
    years = range(first.year + 1, second.year + 1)
    return Decade(start.pop, years, _arrivals(first, second), national, second.code, _reclassified(first, second))


def told(calibration: Calibration) -> Identifiability:
    """What the two censuses tell of the parameters."""
    before = np.diag([parameter.deviation**2 for parameter in FREE_PARAMETERS])
    return identifiability([parameter.words for parameter in FREE_PARAMETERS], before, calibration.fit.covariance)


def _counted(tell: Tell | None, whole: int) -> Ran | None:
    """What counts the decades that any thread has run, and tells it. whole: how many are usually run."""
    if tell is None:
        return None
    lock, done = Lock(), [0]

    def ran(decades: int) -> None:
        with lock:
            done[0] += decades
            text = tr("{done:,} of about {whole:,} decades run", done=done[0], whole=max(whole, done[0]))
            tell(text, min(done[0] / whole, 1.0))

    return ran


def checked(calibration: Calibration, jobs: int = 2, tell: Tell | None = None) -> Posterior:
    """The posterior of the parameters beside the normal that runs draw from; some seconds. tell: as of `calibrate`."""
    return posterior(
        decade_of(calibration.first, calibration.second, load_national()),
        calibration.second,
        calibration.fit,
        jobs=jobs,
        ran=_counted(tell, (1 + WAVES) * WAVE),
    )


def _reclassified(first: CensusRow, second: CensusRow) -> float:
    """Of villagers who become urban, those whose village does [1], before the fit."""
    renamed = (first.year, second.year) == (2010, 2020) and second.code in load_patterns().renamed
    return SHARE_OF_RENAMED if renamed else SHARE


def _arrivals(first: CensusRow, second: CensusRow) -> float:
    """Outsiders arriving a year [persons] before the fit: what keeps up their number and its growth."""
    before, after = first.outside or 0.0, second.outside or 0.0
    span = second.year - first.year
    return max((after - before) / span + 0.05 * (before + after) / 2, 1.0)


def _headship_trend(first: CensusRow, second: CensusRow, before: Array, after: Array, national: National) -> float:
    """Yearly change of headship rates [1/year] that carries the first census's households to the second's."""
    if not first.households or not second.households:
        return 0.0
    scale = [
        row.households / float((pop[:AWAY].sum(axis=(0, 1)) * national.headship).sum())
        for row, pop in ((first, before), (second, after))
        if row.households
    ]
    return float((scale[1] / scale[0]) ** (1.0 / (second.year - first.year)) - 1.0)


def files(calibration: Calibration) -> dict[str, str]:
    """Contents of the region's files by name: `rates.yaml` and `away.csv`."""
    return {"rates.yaml": rates_yaml(calibration), "away.csv": away_csv(calibration.fit.pop)}


def rates_yaml(calibration: Calibration) -> str:
    """The fitted rates as a region's `rates.yaml`."""
    first, second = calibration.first.year, calibration.second.year
    source = tr(
        "fitted to the censuses of {first} and {second}; drift beyond them is an assumption", first=first, second=second
    )
    fertility = tr("published births of China to 2025, then the WPP 2024 medium variant, × the county's fitted level")
    head = "# Written by `townward region calibrate`: do not edit by hand; scenarios may override any of it."
    return rates_text(calibration.rates, Backing(head, fertility, source))


def away_csv(pop: Array) -> str:
    """People away at the second census as the fit projects them, a row by hukou, sex and age."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["hukou", "sex", "age", "persons"])
    for registration in range(OUTSIDE_REGISTRATION):
        for sex, name in enumerate(SEXES):
            for age in range(N_AGES):
                writer.writerow([REGISTRATIONS[registration], name, age, f"{pop[AWAY, registration, sex, age]:.3f}"])
    return text.getvalue()


def residuals_json(calibration: Calibration, check: Posterior | None = None) -> str:
    """The fit beside the census: parameters before and after, every figure with its error, what the censuses tell.

    check: of the posterior, if it was made.
    """
    deviations = np.sqrt(np.diag(calibration.fit.spread))
    content: dict[str, object] = {
        "region": {"code": calibration.second.code, "name": calibration.second.name},
        "censuses": [calibration.first.year, calibration.second.year],
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "paths": list(parameter.paths),
                "value": round(float(value), 5),
                "posterior_deviation": round(float(deviation), 5),
                "prior_deviation": parameter.deviation,
                "drift": parameter.drift,
            }
            for parameter, value, deviation in zip(FREE_PARAMETERS, calibration.fit.parameters, deviations, strict=True)
        ],
        "figures": [
            {
                "name": item.name,
                "census": round(item.observed, 1),
                "fitted": round(item.fitted, 1),
                "error_percent": round(100.0 * item.error, 2),
            }
            for item in calibration.fit.observations
        ],
        "at_bounds": list(calibration.rates.at_bounds),
        "headship_trend_per_year": round(calibration.rates.rates[-1].value, 6),
        "identifiability": record(told(calibration)),
    }
    if check is not None:
        content["posterior"] = _check_record(calibration.fit, check)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _check_record(of: Fit, check: Posterior) -> dict[str, object]:
    """How good the normal at the mode is; where weighted draws put each parameter, in deviations of that normal."""
    deviations = np.sqrt(np.diag(of.covariance))
    shifts = (check.mean - of.parameters) / deviations
    ratios = np.sqrt(np.diag(check.covariance)) / deviations
    return {
        "draws": check.draws,
        "laplace": {"worth": round(check.laplace.efficiency, 4), "pareto_k": round(check.laplace.shape, 3)},
        "weighed": {"worth": round(check.weighed.efficiency, 4), "pareto_k": round(check.weighed.shape, 3)},
        "shift": {
            parameter.name: round(float(shift), 3) for parameter, shift in zip(FREE_PARAMETERS, shifts, strict=True)
        },
        "deviation_ratio": {
            parameter.name: round(float(ratio), 3) for parameter, ratio in zip(FREE_PARAMETERS, ratios, strict=True)
        },
    }
