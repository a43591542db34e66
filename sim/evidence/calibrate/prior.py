"""Rates of a county with one census, from what many counties with two have taught.

`python -m sim.evidence.calibrate.prior FIRST.csv SECOND.csv [--output FILE]` learns from two county tables and writes
`calibration/national/knob_prior.json`: coefficients and their manifest, no county's figures.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from sim.common.errors import fault
from sim.common.paths import library
from sim.evidence.calibrate.covariates import NAMES, Scale
from sim.evidence.calibrate.design import Design, design_from, design_of
from sim.evidence.calibrate.hierarchy import Groups, Learnt, learn
from sim.evidence.calibrate.lanes import central_of
from sim.evidence.calibrate.learning import lanes_of_rows, own_fits, sample_of
from sim.evidence.calibrate.learnt_knobs import LEARNT_KNOBS, deviations
from sim.evidence.calibrate.rates import OWN_DRIFT, TFR_YEARS, Rate, Rates
from sim.model.arrays import Array
from sim.model.registry import FIXED_PREFIXES
from sim.places.census import CensusRow, read_rows
from sim.places.census.pairs import LEAST_PERSONS, pairs
from sim.places.national import load_national

FILE: Final = Path("calibration") / "national" / "knob_prior.json"
HORIZON: Final = 10
"""Years after the census for which central rates are read."""

MOST_MORTALITY: Final = 0.5
"""Largest logarithm of a county's mortality level: about five years of life, the span of China's provinces in 2020
(72.2 in Tibet to 82.6 in Shanghai, 77.9 for China: seventh census). What is learnt beyond it, in districts full of
migrants, is old people who went home, and no death."""
_FERTILITY, _MORTALITY = ([knob.name for knob in LEARNT_KNOBS].index(name) for name in ("fertility", "mortality"))


@dataclass(frozen=True, slots=True)
class Prior:
    """Knobs expected of a county from one census row, and how far a county may differ.

    centre [knob]; effects [column, knob], of scaled knobs; spread: of scaled knobs [knob, knob], by kind of region
    (the empty name: of all); manifest: what it was learnt from.
    """

    design: Design
    centre: Array
    effects: Array
    spread: Mapping[str, Array]
    manifest: Mapping[str, Any]

    def knobs(self, row: CensusRow) -> Array:
        """Knobs expected of the county [knob], each in its own unit."""
        scaled: Array = (self.centre + self.design.columns([row]) @ self.effects)[0]
        found = scaled * deviations()
        found[_MORTALITY] = np.clip(found[_MORTALITY], -MOST_MORTALITY, MOST_MORTALITY)
        return found

    def covariance(self, row: CensusRow) -> Array:
        """Covariance of its knobs around those expected [knob, knob]."""
        unit = deviations()
        return np.asarray(self.spread.get(row.kind, self.spread[""]) * np.outer(unit, unit), dtype=np.float64)


def prior_rates(row: CensusRow, prior: Prior | None = None) -> Rates:
    """Rates of a county from its one census on, with their uncertainty: the learnt prior, none of its own history.

    prior: the shipped one where none is given. The result is as `rates.rates` gives it after a fit.
    """
    known = load_prior() if prior is None else prior
    national = load_national()
    lanes = lanes_of_rows([row], range(row.year + 1, row.year + 1 + HORIZON), national)
    knobs = known.knobs(row)
    values = central_of(lanes, knobs[np.newaxis])
    touched = list(dict.fromkeys(path for knob in LEARNT_KNOBS for path in knob.paths))
    moving = [path for path in touched if not path.startswith((*FIXED_PREFIXES, "household."))]
    loads = np.array([[float(path in knob.paths) for knob in LEARNT_KNOBS] for path in moving])
    drift = np.diag([knob.drift**2 for knob in LEARNT_KNOBS])
    covariance = loads @ (known.covariance(row) + drift) @ loads.T + OWN_DRIFT**2 * np.eye(len(moving))
    spread = np.sqrt(np.diag(covariance))
    level = float(np.exp(knobs[_FERTILITY]))
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


def learn_prior(first: Path, second: Path, jobs: int = 2) -> Prior:
    """Learn a prior from two county tables; only covariates that both layouts have are used."""
    (before, _), (after, _) = read_rows(first), read_rows(second)
    found = pairs(before, after)
    rows = tuple(pair.first for pair in found.pairs)
    later = tuple(pair.second for pair in found.pairs)
    sample = sample_of(rows, later, load_national())
    design = design_of(rows, [later])
    groups = Groups(sample.groups.prefecture, sample.groups.kind)
    learnt = learn(own_fits(sample, jobs), sample.target, design.columns(rows), groups)
    return Prior(design, learnt.centre, learnt.effects, learnt.by_kind, _manifest((first, second), rows, later, learnt))


def _manifest(
    files: tuple[Path, Path], first: tuple[CensusRow, ...], second: tuple[CensusRow, ...], learnt: Learnt
) -> dict[str, Any]:
    tables = [
        {"file": path.name, "year": rows[0].year, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path, rows in zip(files, (first, second), strict=True)
    ]
    return {
        "holds": "coefficients of knobs of the simulation on covariates of a census row, and the spread that remains",
        "source": "county tables of the sixth (2010) and seventh (2020) population censuses of China",
        "tables": tables,
        "counties": len(first),
        "rule": f"both censuses, {LEAST_PERSONS:.0f} residents or more, ratio of residents within 0.65-1.6",
        "method": "sim.evidence.calibrate.hierarchy",
        "knobs": [knob.name for knob in LEARNT_KNOBS],
        "columns": int(learnt.effects.shape[0]),
    }


def dump(prior: Prior) -> str:
    """The prior as JSON."""
    content = {
        "manifest": prior.manifest,
        "covariates": [name for name, used in zip(NAMES, prior.design.used, strict=True) if used],
        "scales": {
            str(year): {"mean": _plain(scale.mean, 5), "deviation": _plain(scale.deviation, 5)}
            for year, scale in prior.design.scales.items()
        },
        "centres": _plain(prior.design.centres, 2),
        "centre": _plain(prior.centre, 4),
        "effects": _plain(prior.effects, 4),
        "spread": {kind: _plain(spread, 5) for kind, spread in prior.spread.items()},
    }
    lines = [f"{json.dumps(key)}: {_lines(value)}" for key, value in content.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(values: Array, digits: int) -> list[Any]:
    plain: list[Any] = (np.round(values, digits) + 0.0).tolist()
    return plain


def parse(text: str, name: str) -> Prior:
    """The prior of such JSON; InvalidInput where it is not one, or is of other knobs or covariates."""
    try:
        content = json.loads(text)
        scales = {
            int(year): Scale(np.array(scale["mean"]), np.array(scale["deviation"]))
            for year, scale in content["scales"].items()
        }
        used = np.array([covariate in content["covariates"] for covariate in NAMES])
        design = design_from(scales, used, np.array(content["centres"]))
        spread = {kind: np.array(values) for kind, values in content["spread"].items()}
        found = Prior(design, np.array(content["centre"]), np.array(content["effects"]), spread, content["manifest"])
        known = found.manifest["knobs"] == [knob.name for knob in LEARNT_KNOBS]
    except (ValueError, KeyError, TypeError, np.linalg.LinAlgError) as problem:
        raise fault(name, "", f"不是可用的先验文件:{problem}", f"not a usable prior: {problem}") from None
    if not known:
        raise fault(name, "manifest.knobs", "先验与本版本的参数不符", "the prior is of other knobs than this version's")
    return found


@cache
def load_prior() -> Prior:
    """The prior that the program carries; InvalidInput where it is missing or damaged."""
    path = library() / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise fault(str(path), "", f"读不到先验:{problem}", f"cannot read the prior: {problem}") from None
    return parse(text, str(path))


@click.command()
@click.argument("first", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None)
def main(first: Path, second: Path, output: Path | None) -> None:
    """Learn the prior from two county tables."""
    (output or library() / FILE).write_text(dump(learn_prior(first, second)), encoding="utf-8")


if __name__ == "__main__":
    main()
