"""Rates of a county with one census, from what many counties with two have taught."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.common.errors import fault
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.bands import Bands, Scales
from sim.evidence.calibrate.covariates import NAMES, Scale
from sim.evidence.calibrate.design import Design, design_from
from sim.evidence.calibrate.drawing import covariances
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations, lasting
from sim.evidence.calibrate.hierarchy import Learnt
from sim.evidence.calibrate.inputs import inputs_of
from sim.evidence.calibrate.inputs import together as inputs_together
from sim.evidence.calibrate.learning import Knowledge, expected_at, lanes_of_rows
from sim.evidence.calibrate.rates import OWN_DRIFT, TFR_YEARS, Rate, Rates
from sim.evidence.calibrate.replay import Lanes, central
from sim.evidence.calibrate.replay import together as lanes_together
from sim.evidence.calibrate.split import loads, share_at
from sim.evidence.calibrate.targets import Predictor, Targets
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.model.registry import FIXED_PREFIXES
from sim.places.census import CensusRow
from sim.places.china.national import load_national

FILE: Final = Path("calibration") / "national" / "learnt_prior.json"
HORIZON: Final = 10
"""Years after the census for which central rates are read."""

_NAMES: Final = [parameter.name for parameter in LEARNT_PARAMETERS]
_FERTILITY: Final = _NAMES.index("fertility")
_SPLIT: Final = _NAMES.index("reclassified")


@quickclass(frozen=True, slots=True)
class Expected:
    """What is expected of a county for the years after its census.

    lanes: the county as a batch of one; parameters [theta] and covariance [theta, theta], each in its own unit.
    """

    lanes: Lanes
    parameters: Array
    covariance: Array


@quickclass(frozen=True, slots=True)
class Prior:
    """What was learnt of all counties, how their rows become columns, and a manifest of what it was learnt from."""

    design: Design
    known: Knowledge
    manifest: Mapping[str, Any]

    def expected(self, row: CensusRow) -> Expected:
        """What is expected of a county from one census row."""
        return self.expected_of([row])[0]

    def expected_of(self, rows: Sequence[CensusRow], jobs: int = 2) -> tuple[Expected, ...]:
        """What is expected of counties of one census, of each as if it were the only one; jobs: threads."""
        years = range(rows[0].year + 1, rows[0].year + 1 + HORIZON)
        lanes = [lanes_of_rows([row], years, load_national()) for row in rows]
        inputs = inputs_together([inputs_of(self.design, [row]) for row in rows])
        at = expected_at(self.known, lanes_together(lanes), inputs, jobs)
        unit = deviations()
        scaled = covariances(self.known.learnt, self.known.bands, at, inputs)
        each = zip(lanes, at.parameters, scaled, strict=True)
        return tuple(Expected(of, found * unit, spread * np.outer(unit, unit)) for of, found, spread in each)


def prior_rates(row: CensusRow, prior: Prior | None = None) -> Rates:
    """Rates of a county from its one census on, with their uncertainty: the learnt prior, none of its own history.

    prior: the shipped one where none is given. The result is as `rates.rates` gives it after a fit.
    """
    known = load_prior() if prior is None else prior
    return rates_expected(row, known.expected(row))


def rates_expected(row: CensusRow, expected: Expected) -> Rates:
    """As `prior_rates`, of what is expected of the county."""
    national = load_national()
    values = central(expected.lanes, lasting(LEARNT_PARAMETERS, expected.parameters)[np.newaxis])
    touched = list(dict.fromkeys(path for parameter in LEARNT_PARAMETERS for path in parameter.paths))
    moving = [path for path in touched if not path.startswith((*FIXED_PREFIXES, "household."))]
    share = share_at(expected.lanes.reclassified[0], expected.parameters[_SPLIT])
    slopes = loads(LEARNT_PARAMETERS, moving, float(share))
    drift = np.diag([parameter.drift**2 for parameter in LEARNT_PARAMETERS])
    covariance = slopes @ (expected.covariance + drift) @ slopes.T + OWN_DRIFT**2 * np.eye(len(moving))
    spread = np.sqrt(np.diag(covariance))
    level = float(np.exp(expected.parameters[_FERTILITY]))
    years = (row.year, *(year for year in TFR_YEARS if year > row.year))
    return Rates(
        rates=tuple(
            Rate(path, float(values[path][0, -1]), float(spread[moving.index(path)]) if path in moving else 0.0)
            for path in touched
        ),
        tfr={year: national.tfr_of(year) * level for year in years},
        males_per_female={row.year + ahead: national.males_per_female_of(row.year + ahead) for ahead in (0, 5, 15, 30)},
        correlation=covariance / np.outer(spread, spread),
    )


def parse(text: str, name: str) -> Prior:
    """The prior of such JSON; InvalidInput where it is not one, or is of other parameters or covariates."""
    try:
        content = json.loads(text)
        used = np.array([covariate in content["covariates"] for covariate in NAMES])
        together = _square(content["covariates_together"])
        design = design_from(_scales(content["scales"]), used, together, np.array(content["centres"]))
        found = Prior(design, _knowledge(content), content["manifest"])
        known = found.manifest["parameters"] == [parameter.name for parameter in LEARNT_PARAMETERS]
    except (ValueError, KeyError, TypeError, np.linalg.LinAlgError) as problem:
        raise fault(name, "", tr("not a usable prior: {problem}", problem=problem)) from None
    if not known:
        raise fault(
            name,
            "manifest.parameters",
            tr("the prior is of other parameters than this version's"),
        )
    return found


def _knowledge(content: Mapping[str, Any]) -> Knowledge:
    targets, bands = content["targets"], content["bands"]
    return Knowledge(
        Learnt(
            np.array(content["centre"]),
            np.array(content["effects"]),
            np.array(content["errors"]),
            np.array(content["spread_together"]),
            _by_kind(content["spread"]),
        ),
        Targets(_scales(targets["scales"]), _predictor(targets["like"]), _predictor(targets["straight"])),
        Bands(
            Scales(np.array(bands["centre"]), np.array(bands["effects"])),
            _by_kind(bands["reach"]),
            _by_kind(bands["less"]),
            np.array(bands["together"]),
        ),
    )


def _scales(content: Mapping[str, Any]) -> dict[int, Scale]:
    return {int(year): Scale(np.array(of["mean"]), np.array(of["deviation"])) for year, of in content.items()}


def _predictor(content: Mapping[str, Any]) -> Predictor:
    return Predictor(np.array(content["centre"]), np.array(content["effects"]))


def _by_kind(content: Mapping[str, Any]) -> dict[str, Array]:
    return {kind: np.array(values) for kind, values in content.items()}


def _square(lower: list[list[float]]) -> Array:
    """The symmetric matrix of the rows of its lower triangle."""
    found = np.zeros((len(lower), len(lower)))
    for i, row in enumerate(lower):
        found[i, : i + 1] = found[: i + 1, i] = row
    return found


@cache
def load_prior() -> Prior:
    """The prior that the program carries; InvalidInput where it is missing or damaged."""
    path = library() / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise fault(str(path), "", tr("cannot read the prior: {problem}", problem=problem)) from None
    return parse(text, str(path))
