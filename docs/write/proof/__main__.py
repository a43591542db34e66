"""The larger proof, for the page on calibration: `python -m docs.write.proof --output calibration/proof.json`."""

import json
from pathlib import Path

import click
import numpy as np

from docs.write.proof.places import BANDS, Places, county_places
from docs.write.proof.study import study_places
from sim.common.paths import library
from sim.evidence.calibrate.region import decade_of
from sim.evidence.calibrate.shaken import DRAWS
from sim.evidence.study.read import read_study
from sim.places.census import read_region
from sim.places.china.national import load_national

REGIONS = ("jieshou", "hanyin", "zengcheng")
STUDY = "anyang/studies/2021-2023.yaml"


def summary(of: Places) -> dict[str, object]:
    """How often truths lay in their bands, and how far the places are from uniform."""
    return {
        "data_sets": of.replicates,
        "bands": {f"{band:g}": _band(of, band) for band in BANDS},
        "distance_of_directions": round(of.joint_distance(), 4),
        "parameters": {
            name: {
                "coverage": [round(float(of.coverage(band)[i]), 4) for band in BANDS],
                "mean_place": round(float(of.places[:, i].mean()), 4),
                "chance_if_uniform": round(float(of.chances()[i]), 5),
            }
            for i, name in enumerate(of.names)
        },
    }


def _band(of: Places, band: float) -> dict[str, float]:
    share, error = of.mean_coverage(band)
    low, high = float(np.min(of.coverage(band))), float(np.max(of.coverage(band)))
    found = {"held": share, "error": error, "least": low, "most": high, "held_of_directions": of.joint_coverage(band)}
    found |= {"held_of_fixed": of.fixed_coverage(band), "held_together": of.together_coverage(band)}
    return {key: round(value, 4) for key, value in found.items() if np.isfinite(value)}


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--county-sets", type=click.IntRange(min=2), default=128, show_default=True)
@click.option("--shaken-sets", type=click.IntRange(min=2), default=16, show_default=True)
@click.option("--study-sets", type=click.IntRange(min=0), default=64, show_default=True, help="0: as the file has it")
@click.option("--seed", type=int, default=2020, show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
def main(output: Path, county_sets: int, shaken_sets: int, study_sets: int, seed: int, jobs: int) -> None:
    """Make data of known parameters, fit them, and write how often posteriors held the truth."""
    scenarios, national = library() / "scenarios", load_national()
    found: dict[str, object] = {"seed": seed, "counties": {}, "study": {}}
    counties: dict[str, object] = {}
    for region in REGIONS:
        rows = read_region(scenarios / "regions" / region)
        first, second = (rows[year] for year in sorted(rows)[-2:])
        decade = decade_of(first, second, national)
        counties[region] = {
            "normal": summary(county_places(decade, second, county_sets, seed, jobs)),
            "shaken": summary(county_places(decade, second, shaken_sets, seed, jobs, DRAWS)),
            "name": second.name,
        }
    found["counties"] = counties
    if study_sets:
        study = read_study(scenarios / STUDY, draws=256)
        found["study"] = summary(study_places(study, study_sets, seed, jobs)) | {"name": study.name}
    else:
        found["study"] = json.loads(output.read_text(encoding="utf-8"))["study"]
    partial = output.with_name(f"{output.name}.partial")
    partial.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(output)


if __name__ == "__main__":
    main()
