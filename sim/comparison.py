"""Scenarios side by side: the same targets, and differences draw by draw."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.ensemble import Kept
from sim.measures import MEASURES
from sim.results import summary
from sim.run import Run
from sim.tables import QUANTILES, SERIES_COLUMNS, Verdict


def rows(runs: Sequence[Run]) -> list[dict[str, object]]:
    """One row a target and scenario: probability, median, and the paired difference from the first scenario.

    Draws are compared with the same draw of the first scenario, with which they share their noise; the
    differences are left out where the scenarios do not have the same draws.
    """
    first = runs[0]
    found: list[dict[str, object]] = []
    for target in first.tables.verdicts:
        if target.probability is None or target.year is None:
            continue
        for run in runs:
            said = next((v for v in run.tables.verdicts if v.id == target.id and v.probability is not None), None)
            if said is None:
                continue
            row: dict[str, object] = {
                "target": target.id,
                "title_zh": target.title.zh,
                "title_en": target.title.en,
                "value": target.value,
                "unit": target.unit,
                "year": target.year,
                "scenario": run.scenario.name,
                "scenario_zh": run.scenario.title.zh,
                "scenario_en": run.scenario.title.en,
                "probability": said.probability,
                "probability_error": said.probability_error,
                "low": said.low,
                "median": said.median,
                "high": said.high,
            }
            found.append(row | _difference(run, first, said, target.year))
    return found


def differences(runs: Sequence[Run], wanted: Sequence[str] = ("urbanization_rate", "city")) -> pd.DataFrame | None:
    """Quantiles of (scenario − first scenario) draw by draw, for some measures, in the columns SERIES_COLUMNS.

    None where no scenario shares its draws with the first.
    """
    first = runs[0]
    parts = [_paired(run, first, measure) for run in runs[1:] if _same_draws(run, first) for measure in wanted]
    return pd.concat(parts, ignore_index=True) if parts else None


def _paired(run: Run, first: Run, measure: str) -> pd.DataFrame:
    years = [year for year in run.ensemble.years if year in first.ensemble.years]
    rows = [run.ensemble.years.index(year) for year in years]
    others = [first.ensemble.years.index(year) for year in years]
    apart = run.ensemble.of(measure)[rows] - first.ensemble.of(measure)[others]
    values = summary(apart)[: len(QUANTILES)]
    described = MEASURES[measure]
    return pd.DataFrame(
        {
            "scenario": run.scenario.name,
            "region": run.scenario.main,
            "zone": described.zone,
            "year": years * len(QUANTILES),
            "measure": measure,
            "unit": described.unit,
            "statistic": "quantile",
            "quantile": np.repeat(QUANTILES, len(years)),
            "value": values.ravel(),
        },
        columns=list(SERIES_COLUMNS),
    )


def _same_draws(run: Run, first: Run) -> bool:
    return run.ensemble.draws == first.ensemble.draws and run.scenario.seed == first.scenario.seed


def _difference(run: Run, first: Run, said: Verdict, year: int) -> dict[str, object]:
    nothing: dict[str, object] = {"difference": None, "difference_low": None, "difference_high": None}
    if (
        run is first
        or not _same_draws(run, first)
        or year not in first.ensemble.years
        or year not in run.ensemble.years
        or said.measure not in run.ensemble.measures
    ):
        return nothing
    own = _draws(run, said)[run.ensemble.years.index(year)].astype(np.float64)
    other = _draws(first, said)[first.ensemble.years.index(year)].astype(np.float64)
    low, median, high = (float(q) for q in np.quantile(own - other, (0.1, 0.5, 0.9)))
    return {"difference": median, "difference_low": low, "difference_high": high}


def _draws(run: Run, said: Verdict) -> Kept:
    """All draws of the measure a verdict speaks of, where it was judged [year, draw]."""
    return run.ensemble.of(said.measure, [name for name, _ in run.tables.regions].index(said.region))
