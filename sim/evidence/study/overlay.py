"""A study's fit as files that run: a scenario on top of the study's own, and its regions with the fitted rates.

A scenario cannot say which of its parameters are uncertain together; a region's rates can. So the fitted values, their
spread and their correlation are written as `rates.yaml` of copies of the regions, which stand beside the scenario and
so are found before the library's.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from sim.common.language import Text
from sim.common.paths import from_folder
from sim.evidence.inference.proposal import moved
from sim.evidence.study.fit import Fitted
from sim.evidence.study.model import spots, widened
from sim.evidence.study.paths import RATES
from sim.evidence.study.read import Study
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.model.draws.setting import Setting
from sim.model.registry import PARAMETERS
from sim.run.case import RegionCase
from sim.scenario.resolved import RegionRef
from sim.scenario.yaml.yaml_core import load

Writer = Callable[[Path], None]

SCENARIO: Final = "fitted.yaml"
REGIONS: Final = "regions"
_HEAD: Final = "# Written by `townward calibrate`. / 由 townward calibrate 写出。\n"


def overlay(study: Study, found: Fitted, folder: Path) -> dict[str, Writer]:
    """Writers of the scenario and of its regions' files, by name in the study's folder of results."""
    case = moved(study.case, study.paths, widened(study, found.posterior))
    source = _source(study)
    parts = {SCENARIO: text(scenario_yaml(study, folder), folder, SCENARIO)}
    for group in study.scenario.groups:
        parts |= _copies(_group_folder(study, group.id), group.id, folder)
    for region, fitted in zip(study.scenario.regions, case.regions, strict=True):
        parts |= _copies(region.folder, region.id, folder)
        name = f"{REGIONS}/{region.id}/{RATES}"
        parts[name] = text(rates_yaml(region, fitted, study.paths, source), folder, name)
    return parts


def text(content: str, folder: Path, name: str) -> Writer:
    """Writer of a text that will be `folder`/`name`."""

    def write(path: Path) -> None:
        _make_room(path, folder / name)
        path.write_text(content, encoding="utf-8", newline="\n")

    return write


def _copies(source: Path, id_: str, folder: Path) -> dict[str, Writer]:
    """Writers of copies of a region's files, all but its rates."""
    names = {f"{REGIONS}/{id_}/{file.name}": file for file in sorted(source.iterdir()) if file.is_file()}
    return {name: _copy(file, folder / name) for name, file in names.items() if file.name != RATES}


def _copy(file: Path, final: Path) -> Writer:
    def write(path: Path) -> None:
        _make_room(path, final)
        shutil.copyfile(file, path)

    return write


def _make_room(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)


def scenario_yaml(study: Study, folder: Path) -> str:
    """The scenario: the study's own, on the regions beside it."""
    own, title = study.scenario, study.title
    names = [group.id for group in own.groups[:1]] or [region.id for region in own.regions]
    said: dict[str, Any] = {
        "name": f"{own.name}-fitted"[:64],
        "title": asdict(tr("{title} (fitted: {study})", title=own.title, study=title)),
        "extends": from_folder(study.file, folder),
        "region": names[0] if len(names) == 1 else names,
    }
    return _HEAD + _dumped(said)


def rates_yaml(region: RegionRef, fitted: RegionCase, paths: tuple[str, ...], source: Text) -> str:
    """The region's rates with those of `paths` as fitted, and their correlation; the others as they were."""
    file = region.folder / RATES
    known = load(file).data if file.is_file() else None
    before = known.get("set") if isinstance(known, dict) else None
    rates: dict[Any, Any] = dict(before) if isinstance(before, dict) else {}
    for path in paths:
        rates[path] = _entry(path, _base(fitted, path), source)
    said: dict[str, Any] = {"set": rates}
    if len(paths) > 1:
        assert fitted.correlation is not None
        said["correlation"] = {"paths": list(paths), "matrix": _matrix(fitted.correlation)}
    return _HEAD + _dumped(said)


def _base(fitted: RegionCase, path: str) -> Setting:
    return [setting for setting in fitted.settings if setting.path == path and setting.is_value][-1]


def _entry(path: str, setting: Setting, source: Text) -> dict[str, Any]:
    values = [float(f"{value:.9g}") for value in setting.values]
    value: Any = values[0] if len(values) == 1 else dict(zip(setting.years, values, strict=True))
    said = {"value": value, "unit": PARAMETERS[path].unit, "source": {"zh": source.zh, "en": source.en}}
    dist = setting.dist
    own = PARAMETERS[path].spread
    sd = dist.sd if dist is not None else own
    if sd > 0.0:
        kind = dist.kind if dist is not None and dist.kind == "normal" else "lognormal"
        said["dist"] = {kind: {"sd": float(f"{sd:.9g}")}}
    else:
        said["dist"] = {"certain": {}}
    return said


def _matrix(correlation: Array) -> list[list[float]]:
    rounded = np.round(0.5 * (correlation + correlation.T), 9)
    np.fill_diagonal(rounded, 1.0)
    return [[float(number) for number in row] for row in rounded]


def _source(study: Study) -> Text:
    years = sorted({spot.figure.year for spot in spots(study)})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    return tr("fitted to the figures of {span} of {title} (townward calibrate)", span=span, title=study.title)


def _group_folder(study: Study, group: str) -> Path:
    """The folder of a group: beside those of its regions, wherever they are."""
    near = [region.folder.parent / group for region in study.scenario.regions]
    return next(folder for folder in near if folder.is_dir())


def _dumped(said: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=None)
