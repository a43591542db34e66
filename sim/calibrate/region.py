"""A region's folder, calibrated: `rates.yaml`, `away.csv` and the residuals of its fit."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, HUKOU, N_AGES, OUTSIDE_HUKOU, SEXES
from sim.base_year import base_year
from sim.calibrate.fit import Fit, fit
from sim.calibrate.knobs import KNOBS
from sim.calibrate.rates import Rates, rates
from sim.calibrate.replay import Decade
from sim.calibrate.writing import Backing, rates_text
from sim.census import CensusRow, read_region
from sim.errors import fault
from sim.language import Text
from sim.national import National, load_national

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A region's fit and the rates that follow from it."""

    first: CensusRow
    second: CensusRow
    fit: Fit
    rates: Rates


def calibrate(folder: Path) -> Calibration:
    """Fit a region to the two censuses in its folder. Raises InvalidInput where there are not two."""
    rows = read_region(folder)
    if len(rows) < 2:
        raise fault(
            str(folder / "census.csv"), "", "校准需要两次普查的数据", "calibration needs two censuses, one is there"
        )
    years = sorted(rows)[-2:]
    return calibrate_rows(rows[years[0]], rows[years[1]], load_national())


def calibrate_rows(first: CensusRow, second: CensusRow, national: National) -> Calibration:
    """Fit a region to two census rows."""
    start = base_year(first, national, other=second)
    years = range(first.year + 1, second.year + 1)
    decade = Decade(start.pop, years, _arrivals(first, second), national)
    found = fit(decade, second)
    trend = _headship_trend(first, second, start.pop, found.pop, national)
    return Calibration(first, second, found, rates(decade, found, trend))


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


def files(of: Calibration) -> dict[str, str]:
    """Contents of the region's files by name: `rates.yaml` and `away.csv`."""
    return {"rates.yaml": rates_yaml(of), "away.csv": away_csv(of.fit.pop)}


def rates_yaml(of: Calibration) -> str:
    """The fitted rates as a region's `rates.yaml`."""
    first, second = of.first.year, of.second.year
    source = Text(
        f"由{first}年与{second}年两次普查拟合;此后的漂移为假设",
        f"fitted to the censuses of {first} and {second}; drift beyond them is an assumption",
    )
    fertility = Text(
        "WPP 2024 中国中方案 × 本县拟合水平", "WPP 2024 medium variant for China × the county's fitted level"
    )
    head = "# Written by `townward region calibrate`: do not edit by hand; scenarios may override any of it."
    return rates_text(of.rates, Backing(head, fertility, source))


def away_csv(pop: Array) -> str:
    """People away at the second census as the fit projects them, a row by hukou, sex and age."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["hukou", "sex", "age", "persons"])
    for hukou in range(OUTSIDE_HUKOU):
        for sex, name in enumerate(SEXES):
            for age in range(N_AGES):
                writer.writerow([HUKOU[hukou], name, age, f"{pop[AWAY, hukou, sex, age]:.3f}"])
    return text.getvalue()


def residuals_json(of: Calibration) -> str:
    """The fit beside the census: knobs with prior and posterior, and every figure with its error."""
    deviations = np.sqrt(np.diag(of.fit.covariance))
    content = {
        "region": {"code": of.second.code, "name": of.second.name},
        "censuses": [of.first.year, of.second.year],
        "knobs": [
            {
                "name": knob.name,
                "kind": knob.kind,
                "paths": list(knob.paths),
                "value": round(float(value), 5),
                "posterior_deviation": round(float(deviation), 5),
                "prior_deviation": knob.deviation,
                "drift": knob.drift,
            }
            for knob, value, deviation in zip(KNOBS, of.fit.knobs, deviations, strict=True)
        ],
        "figures": [
            {
                "name": item.name,
                "census": round(item.observed, 1),
                "fitted": round(item.fitted, 1),
                "error_percent": round(100.0 * item.error, 2),
            }
            for item in of.fit.observations
        ],
        "headship_trend_per_year": round(of.rates.rates[-1].value, 6),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
