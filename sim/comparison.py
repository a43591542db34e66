"""Scenarios side by side: the same targets, and differences draw by draw."""

from collections.abc import Sequence

import numpy as np

from sim.run import Run


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
            found.append(row | _difference(run, first, said.measure, target.year))
    return found


def _difference(run: Run, first: Run, measure: str, year: int) -> dict[str, object]:
    nothing: dict[str, object] = {"difference": None, "difference_low": None, "difference_high": None}
    same = run.ensemble.draws == first.ensemble.draws and run.scenario.seed == first.scenario.seed
    if run is first or not same or year not in first.ensemble.years or year not in run.ensemble.years:
        return nothing
    own = run.ensemble.of(measure)[run.ensemble.years.index(year)].astype(np.float64)
    other = first.ensemble.of(measure)[first.ensemble.years.index(year)].astype(np.float64)
    low, median, high = (float(q) for q in np.quantile(own - other, (0.1, 0.5, 0.9)))
    return {"difference": median, "difference_low": low, "difference_high": high}
