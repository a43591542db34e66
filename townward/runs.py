"""Scenarios, and what came of running them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from sim.common.language import Language, from_environment
from sim.common.plain import Read, read_once
from sim.output import run_folder
from sim.output.charts import fan, pyramid
from sim.output.exchange import iamc
from sim.output.report.words import headline
from sim.run.comparison import changes as changes_of
from sim.run.comparison import rows
from sim.run.folder import verdict_record
from sim.run.frames import dataset_of, draws_of, inputs_of
from sim.run.saved import known, quantiles
from sim.run.scenario_run import Run
from sim.run.scenario_run import run as simulate
from sim.run.subtracted import Differences, differences
from sim.run.tables import Verdict
from sim.scenario import scenario as resolve
from sim.scenario.by_name import names_by_id
from sim.scenario.library import scenarios
from sim.scenario.resolved import ResolvedScenario

if TYPE_CHECKING:
    import plotly.graph_objects as go
    import xarray as xr

Changes = Mapping[str, object] | Sequence[str]
"""What is set on top of a file: a value by path, or the words of `--set`."""

_SHOWN: Final = ["id", "title", "year", "value", "unit", "status", "probability", "low", "median", "high"]


def scenario(
    file: str | Path, changes: Changes = (), *, draws: int | None = None, seed: int | None = None
) -> ResolvedScenario:
    """A scenario, checked. file: as a path, or as the library names it (`jieshou/pilot.yaml`).

    Raises InvalidInput with every fault.
    """
    own = (("draws", draws), ("seed", seed))
    return resolve(located(file), [*words_of(changes), *(f"{key}={one}" for key, one in own if one is not None)])


def located(file: str | Path) -> Path:
    """A scenario's path: as given, or within the library where there is no such file."""
    path = Path(file)
    inside = scenarios() / path
    return inside if not path.exists() and inside.is_file() else path


def words_of(changes: Changes) -> list[str]:
    """Changes as `--set` says them."""
    if not isinstance(changes, Mapping):
        return list(changes)
    return [f"{path}={json.dumps(value, ensure_ascii=False)}" for path, value in changes.items()]


@dataclass(frozen=True)
class Result:
    """A scenario that was run: its verdicts, its tables and all its draws. read: its files as they were then."""

    done: Run
    started: str
    read: Read = field(repr=False)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the run says of every target of the plan; shares as shares."""
        return self.done.tables.verdicts

    @property
    def series(self) -> pd.DataFrame:
        """Quantiles and mean of every measure by region and year, as `series.parquet` keeps them."""
        return self.done.tables.series.frame()

    def quantiles(self, measure: str, region: str | None = None) -> pd.DataFrame:
        """Quantiles of a measure by year, a column each, of the first region where none is named."""
        called = names_by_id(self.done.tables.measures)
        return quantiles(self.series, measure, region, called, dict(self.done.tables.regions))

    def draws(self, measure: str, region: str | None = None) -> pd.DataFrame:
        """All draws of a measure by year, a column each, of the first region where none is named."""
        return draws_of(self.done, measure, region)

    def inputs(self, year: int | None = None, region: str | None = None) -> pd.DataFrame:
        """The values that uncertain parameters had in a year, that of the verdicts where none is given [draw, path]."""
        return inputs_of(self.done, year, region)

    def __sub__(self, other: "Result") -> Differences:
        """What this scenario changes against another, draw by draw on the same random numbers."""
        return differences(self.done, other.done)

    def plot(
        self, measure: str = "urbanization_rate", region: str | None = None, language: Language | None = None
    ) -> "go.Figure":
        """The report's figure of a measure: its fan, or the age pyramid of `pyramid`."""
        import plotly.graph_objects as go  # noqa: PLC0415 - drawing takes a second to load

        said, tables = language or from_environment(), self.done.tables
        place = None if region is None else known(region, dict(tables.regions))
        if measure == "pyramid":
            return go.Figure(pyramid.residents(tables, said, place))
        measure = known(measure, names_by_id(tables.measures))
        return go.Figure(fan.fan(tables, measure, said, place))

    def to_xarray(self) -> "xr.Dataset":
        """Every measure as a variable [region, year, draw]; needs the extra `notebook`."""
        return dataset_of(self.done)

    def to_iamc(self) -> pd.DataFrame:
        """Medians and percentiles in the columns that scenario databases and pyam read."""
        return iamc(self.done.tables)

    def save(self, folder: str | Path, *, keep_draws: bool = False, language: Language | None = None) -> Path:
        """Write the folder that `townward run` writes, with its report."""
        said = language or from_environment()
        with read_once(self.read):
            run_folder.write(self.done, Path(folder), said, ("townward.run",), self.started, keep_draws=keep_draws)
        return Path(folder)

    def __str__(self) -> str:
        return headline(self.done.tables, from_environment())[0]

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>{verdict_table([verdict_record(one) for one in self.verdicts]).to_html(index=False)}"


def run(
    file: str | Path | ResolvedScenario,
    changes: Changes = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
) -> Result:
    """Run a scenario: a file with changes on top, or one that `scenario` has checked.

    jobs: threads, on whose number no result depends. Raises InvalidInput with every fault.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    read: Read = {}
    with read_once(read):
        given = file if isinstance(file, ResolvedScenario) else scenario(file, changes, draws=draws, seed=seed)
        return Result(run_folder.completed(simulate(given, jobs)), started, read)


@dataclass(frozen=True)
class Comparison:
    """Several scenarios run on the same draws. table: a row a target and scenario, with the paired difference."""

    results: tuple[Result, ...]
    table: pd.DataFrame

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False))


def compare(
    *files: str | Path,
    changes: Changes = (),
    draws: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
) -> Comparison:
    """Run scenarios on the same draws and set them side by side; differences are from the first.

    Raises InvalidInput with every fault.
    """
    checked = [scenario(file, changes, draws=draws, seed=seed) for file in files]
    results = tuple(run(one, jobs=jobs) for one in checked)
    done = [one.done for one in results]
    return Comparison(results, pd.DataFrame(rows(done, changes_of(done))))


def verdict_table(verdicts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Verdicts as a table, titles in the language of the environment."""
    language = from_environment()
    said = [dict(one) | {"title": one["title"][language]} for one in verdicts]
    return pd.DataFrame(said).reindex(columns=_SHOWN)
