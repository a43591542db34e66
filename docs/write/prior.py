"""The prior that one census gives a county, learnt from two county tables.

`python -m docs.write.prior FIRST.csv SECOND.csv [--output FILE]` writes `calibration/national/learnt_prior.json`:
coefficients and their manifest, no county's figures.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import numpy as np

from sim.common.paths import library
from sim.evidence.calibrate.covariates import NAMES, Scale
from sim.evidence.calibrate.design import design_of
from sim.evidence.calibrate.figures import figures_of_rows
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS
from sim.evidence.calibrate.hierarchy import Learnt
from sim.evidence.calibrate.inputs import inputs_of
from sim.evidence.calibrate.learning import lanes_of_rows, learn_from, own_fits, run_scale, sample_of, still
from sim.evidence.calibrate.prior import FILE, HORIZON, Prior
from sim.evidence.calibrate.targets import Predictor
from sim.model.arrays import Array
from sim.places.census import read_rows
from sim.places.census.pairs import LEAST_PERSONS, Pairs, pairs
from sim.places.china.national import load_national


def learn_prior(first: Path, second: Path, jobs: int = 2) -> Prior:
    """Learn a prior from two county tables; only covariates that both layouts have are used."""
    (before, _), (after, _) = read_rows(first), read_rows(second)
    found = pairs(before, after)
    rows = tuple(pair.first for pair in found.pairs)
    later = tuple(pair.second for pair in found.pairs)
    national = load_national()
    sample = sample_of(rows, later, national, jobs)
    design = design_of(rows, [later])
    following = range(later[0].year + 1, later[0].year + 1 + HORIZON)
    after_run = still(lanes_of_rows(later, following, national), jobs)
    scales = {
        rows[0].year: run_scale(sample.still, sample.base),
        later[0].year: run_scale(after_run, figures_of_rows(later)),
    }
    inputs, without = inputs_of(design, rows), inputs_of(design, rows, without=True)
    known = learn_from(sample, own_fits(sample, jobs), inputs, without, scales, np.arange(len(rows)))
    return Prior(design, known, _manifest((first, second), found, known.learnt))


def _manifest(files: tuple[Path, Path], found: Pairs, learnt: Learnt) -> dict[str, Any]:
    first, second = (tuple(getattr(pair, which) for pair in found.pairs) for which in ("first", "second"))
    tables = [
        {"file": path.name, "year": rows[0].year, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path, rows in zip(files, (first, second), strict=True)
    ]
    return {
        "holds": "coefficients of the simulation's parameters on a census row, and the spread that remains",
        "source": "county tables of the sixth (2010) and seventh (2020) population censuses of China",
        "tables": tables,
        "counties": len(first),
        "matched": found.matched,
        "codes_changed_hands": [[pair.first.code, pair.second.code] for pair in found.moved],
        "rule": f"both censuses, {LEAST_PERSONS:.0f} residents or more, ratio of residents within 0.65-1.6",
        "method": "sim.evidence.calibrate.learning",
        "parameters": [parameter.name for parameter in LEARNT_PARAMETERS],
        "columns": int(learnt.effects.shape[0]),
    }


def dump(prior: Prior) -> str:
    """The prior as JSON."""
    learnt, targets, bands = prior.known.learnt, prior.known.targets, prior.known.bands
    content = {
        "manifest": prior.manifest,
        "covariates": [name for name, used in zip(NAMES, prior.design.used, strict=True) if used],
        "scales": _scales(prior.design.scales),
        "covariates_together": [_plain(row[: i + 1], 3) for i, row in enumerate(prior.design.together)],
        "centres": _plain(prior.design.centres, 2),
        "centre": _plain(learnt.centre, 4),
        "effects": _plain(learnt.effects, 4),
        "spread": {kind: _plain(spread, 5) for kind, spread in learnt.by_kind.items()},
        "spread_together": _plain(learnt.spread, 5),
        "errors": _plain(learnt.errors, 5),
        "targets": {
            "scales": _scales(targets.scales),
            "like": _predictor(targets.like),
            "straight": _predictor(targets.straight),
        },
        "bands": {
            "centre": _plain(bands.scales.centre, 4),
            "effects": _plain(bands.scales.effects, 4),
            "reach": {kind: _plain(reach, 4) for kind, reach in bands.reach.items()},
            "less": {kind: _plain(reach, 4) for kind, reach in bands.less.items()},
            "together": _plain(bands.together, 4),
        },
    }
    lines = [f"{json.dumps(key)}: {_lines(value)}" for key, value in content.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _scales(scales: dict[int, Scale]) -> dict[str, Any]:
    return {
        str(year): {"mean": _plain(of.mean, 5), "deviation": _plain(of.deviation, 5)} for year, of in scales.items()
    }


def _predictor(of: Predictor) -> dict[str, Any]:
    return {"centre": _plain(of.centre, 5), "effects": _plain(of.effects, 5)}


def _lines(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(values: Array, digits: int) -> list[Any]:
    plain: list[Any] = (np.round(values, digits) + 0.0).tolist()
    return plain


@click.command()
@click.argument("first", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None)
def main(first: Path, second: Path, output: Path | None) -> None:
    """Learn the prior from two county tables."""
    (output or library() / FILE).write_text(dump(learn_prior(first, second)), encoding="utf-8")


if __name__ == "__main__":
    main()
