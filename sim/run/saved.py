"""Runs that were kept in a folder, and tables by measure."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text, same
from sim.common.parquet import DAMAGED
from sim.common.plain import content
from sim.common.quickclass import quickclass
from sim.run.folder import MANIFEST, SERIES, VERDICTS
from sim.run.texts import tr
from sim.scenario.by_name import MEASURE_NAMES, close, known_id

_COLUMNS: Final = ("region", "measure", "year", "quantile", "value")


@quickclass(frozen=True, slots=True)
class Saved:
    """The folder of a run. verdicts: as `verdicts.json` keeps them, shares in %; series: quantiles and means."""

    folder: Path
    manifest: Mapping[str, Any]
    verdicts: tuple[Mapping[str, Any], ...]
    series: pd.DataFrame

    def quantiles(self, measure: str, region: str | None = None) -> pd.DataFrame:
        """Quantiles of a measure by year, a column each, of the first region where none is named."""
        return quantiles(self.series, measure, region)


def open_run(folder: str | Path) -> Saved:
    """A run from the folder that it left behind. Raises InvalidInput where the folder holds none."""
    path = Path(folder)
    if not all((path / name).is_file() for name in (SERIES, VERDICTS, MANIFEST)):
        raise InvalidInput([Fault(Place(str(path)), "", tr("this folder holds no run"))])
    try:
        with duckdb.connect() as connection:
            series = connection.read_parquet(str(path / SERIES), hive_partitioning=False).df()
        manifest, verdicts = (json.loads(content(path / name)) for name in (MANIFEST, VERDICTS))
    except (OSError, ValueError, RecursionError, *DAMAGED) as problem:
        raise _damaged(path, str(problem).splitlines()[0]) from None
    if not isinstance(manifest, dict) or not isinstance(verdicts, list) or not set(_COLUMNS) <= set(series.columns):
        raise _damaged(path, f"{SERIES}, {VERDICTS}, {MANIFEST}")
    return Saved(path, manifest, tuple(verdicts), series)


def _damaged(path: Path, said: str) -> InvalidInput:
    return InvalidInput([Fault(Place(str(path)), "", tr("the files of the run are damaged: {said}", said=said))])


def quantiles(
    series: pd.DataFrame,
    measure: str,
    region: str | None,
    called: Mapping[str, Text] | None = None,
    places: Mapping[str, Text] | None = None,
) -> pd.DataFrame:
    """Quantiles of a measure [year, quantile] in a table of series, of its first region where none is named.

    called, places: names of measures and regions by id, where more of them are known than the model's own. Raises
    InvalidInput with the nearest name where there is no such measure or region.
    """
    ids = dict.fromkeys(series["measure"])
    words = called or MEASURE_NAMES
    id_ = known(measure, {one: words.get(one) or same(one) for one in ids})
    names = places or {one: same(one) for one in dict.fromkeys(series["region"])}
    place = next(iter(names)) if region is None else known(region, names)
    own = series[(series["measure"] == id_) & (series["region"] == place) & series["quantile"].notna()]
    return own.pivot_table(index="year", columns="quantile", values="value")


def known(name: str, called: Mapping[str, Text]) -> str:
    """The id of what is named by it, or called so. Raises InvalidInput with the nearest one where nothing is."""
    found = known_id(name, called)
    if found not in called:
        raise InvalidInput([Fault(Place("run"), name, tr("the run has nothing of this name"), close(name, called))])
    return found
