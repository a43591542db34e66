"""Scenarios side by side: the same targets, and differences draw by draw."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.registry import MEASURES
from sim.run.answers import Condition, Delivery, Judged, Lacking, Met, Need, Supply, Verdict, Works
from sim.run.columns import Columns
from sim.run.differing import of_one_place
from sim.run.reaching import BAND
from sim.run.results import summary
from sim.run.scenario_run import Run, openings
from sim.run.tables import QUANTILES

MAIN: Final = ("urbanization_rate", "city", "resident")
"""The measures on which scenarios are compared first."""
_PROJECT: Final = "project."
_MONTHS: Final = 12.0


@quickclass(frozen=True, slots=True)
class Difference:
    """How far a scenario is from the first one on a target, draw by draw on the same random numbers.

    low, median, high: 10, 50 and 90% quantiles of the differences in `unit`; of a project the months by which it opens
    later, group by group of draws, infinite where only one of the two has it open within the run. same: in no draw is
    there any difference.
    """

    unit: str
    low: float
    median: float
    high: float
    same: bool


@quickclass(frozen=True, slots=True)
class Effect:
    """How far a scenario is from the first one on a measure in a year: a paired difference of the main region.

    scenario: its title; others as of a `Difference`, in the measure's unit.
    """

    scenario: Text
    measure: str
    year: int
    difference: Difference


Opened = Mapping[str, Sequence[float | None]]
"""When each entry of a pool of projects is open, by group of draws [year, with its fraction]; None: not in the run."""

Changes = Sequence[Mapping[str, Difference]]
"""By scenario, in their order, the differences from the first one by target; none for the first itself."""


def changes(runs: Sequence[Run]) -> Changes:
    """What each scenario changes of each target that it and the first one judge alike.

    Left out where the scenarios do not have the same draws, with which they share their noise, or are of other places.
    """
    first = runs[0]
    judged = {said.id: said for said in first.tables.verdicts}
    opened = openings(first.scenario, first.ensemble)
    found: list[dict[str, Difference]] = [{}]
    for run in runs[1:]:
        alike = [said for said in run.tables.verdicts if said.id in judged] if share_draws(run, first) else []
        pools = openings(run.scenario, run.ensemble) if alike else {}, opened
        both = {said.id: _difference(run, first, said, judged[said.id], pools) for said in alike}
        found.append({id_: one for id_, one in both.items() if one is not None})
    return found


def effects(runs: Sequence[Run], wanted: Sequence[str] = MAIN) -> tuple[Effect, ...]:
    """How far each scenario is from the first on the main measures in the year of the verdicts, draw by draw.

    Nothing where the scenarios are of several places, or do not have the same draws.
    """
    first = runs[0]
    found = []
    for run in runs[1:]:
        year = run.scenario.test_year
        if not share_draws(run, first) or year not in first.ensemble.years:
            continue
        for measure in wanted:
            own, theirs = (
                one.ensemble.of(measure)[one.ensemble.years.index(year)].astype(np.float64) for one in (run, first)
            )
            low, median, high = (float(q) for q in np.quantile(own - theirs, BAND))
            unit = run.ensemble.measures[measure].unit
            apart = Difference(unit, low, median, high, bool((own == theirs).all()))
            found.append(Effect(run.tables.title, measure, year, apart))
    return tuple(found)


def rows(runs: Sequence[Run], apart: Changes) -> list[dict[str, object]]:
    """One row a target and scenario: probability, median, and the paired difference from the first scenario.

    A target is there where some scenario gives it a probability, a need or a delivery. apart: as `changes` gives it.
    """
    return [
        _row(run, said) | _apart(differences.get(id_))
        for id_, said_of_all in judged(runs).items()
        for run, said, differences in zip(runs, said_of_all, apart, strict=True)
        if said is not None
    ]


def judged(runs: Sequence[Run]) -> dict[str, tuple[Verdict | None, ...]]:
    """What each scenario says of each target that some scenario judges; targets with a probability first."""
    by_run = [{said.id: said for said in run.tables.verdicts} for run in runs]
    ids = dict.fromkeys(id_ for said in by_run for id_ in said)
    every = {id_: [said.get(id_) for said in by_run] for id_ in ids}
    known = {id_: tuple(one if one and is_judged(one) else None for one in said) for id_, said in every.items()}
    ranked = sorted(known, key=lambda id_: all(one is None or one.probability is None for one in known[id_]))
    return {id_: known[id_] for id_ in ranked if any(known[id_])}


def is_judged(said: Verdict) -> bool:
    """Whether a verdict says a number: a probability, a need, what the scenario sets, a value met, or a condition."""
    return isinstance(said.answer, Judged | Condition | Need | Delivery | Met)


def differences(runs: Sequence[Run], wanted: Sequence[str] = ("urbanization_rate", "city")) -> Columns | None:
    """Quantiles of (scenario − first scenario) draw by draw, for some measures, in the columns SERIES_COLUMNS.

    None where no scenario shares its draws with the first.
    """
    first = runs[0]
    parts = [_paired(run, first, measure) for run in runs[1:] if share_draws(run, first) for measure in wanted]
    return Columns.joined(parts) if parts else None


def _row(run: Run, said: Verdict) -> dict[str, object]:
    return {
        "target": said.id,
        "title_zh": said.title.zh,
        "title_en": said.title.en,
        "value": said.value,
        "unit": said.unit,
        "year": said.year,
        "scenario": run.scenario.name,
        "scenario_zh": run.scenario.title.zh,
        "scenario_en": run.scenario.title.en,
        "status": said.status,
        "probability": said.probability,
        "probability_error": said.probability_error,
        **dict(zip(("low", "median", "high"), said.band, strict=True)),
        "median_unit": said.answer.need_unit if isinstance(said.answer, Need | Lacking) else said.unit,
        "opens": said.first_year if said.measure.startswith(_PROJECT) else None,
    }


def _apart(of: Difference | None) -> dict[str, object]:
    """The keys of a difference; null where there is none, or where it is beyond the run."""
    if of is None:
        return dict.fromkeys(("difference", "difference_low", "difference_high", "difference_unit", "same"))
    low, median, high = (value if math.isfinite(value) else None for value in (of.low, of.median, of.high))
    return {
        "difference": median,
        "difference_low": low,
        "difference_high": high,
        "difference_unit": of.unit,
        "same": of.same,
    }


def _paired(run: Run, first: Run, measure: str) -> Columns:
    years = [year for year in run.ensemble.years if year in first.ensemble.years]
    rows = [run.ensemble.years.index(year) for year in years]
    others = [first.ensemble.years.index(year) for year in years]
    apart = run.ensemble.of(measure)[rows] - first.ensemble.of(measure)[others]
    values = summary(apart)[: len(QUANTILES)]
    described = MEASURES[measure]
    said = {
        "scenario": run.scenario.name,
        "region": run.scenario.main,
        "zone": described.zone,
        "measure": measure,
        "unit": described.unit,
        "statistic": "quantile",
    }
    return Columns(
        {name: np.full(values.size, text, dtype=object) for name, text in said.items()}
        | {"year": np.array(years * len(QUANTILES)), "quantile": np.repeat(QUANTILES, len(years))}
        | {"value": values.ravel()}
    )


def share_draws(run: Run, first: Run) -> bool:
    """Whether two runs share their noise, and are of one place: else a difference is no effect of what they do."""
    return (
        run.ensemble.draws == first.ensemble.draws
        and run.ensemble.chosen == first.ensemble.chosen
        and run.scenario.seed == first.scenario.seed
        and of_one_place((run.scenario, first.scenario))
    )


def _difference(run: Run, first: Run, said: Verdict, other: Verdict, pools: tuple[Opened, Opened]) -> Difference | None:
    """None where the two are not judged alike: by the same quantity in the same year. pools: of both."""
    if not (is_judged(said) and is_judged(other)) or said.year != other.year:
        return None
    if said.measure.startswith(_PROJECT) and said.measure == other.measure:
        return _of_openings(*(pool.get(said.measure.removeprefix(_PROJECT), []) for pool in pools))
    own, theirs = _judged(run, said), _judged(first, other)
    if own is None or theirs is None or own[0] != theirs[0]:
        return None
    equal = own[1] == theirs[1]
    if equal.all():
        return Difference(own[0], 0.0, 0.0, 0.0, same=True)
    apart = np.subtract(own[1], theirs[1], out=np.zeros_like(own[1]), where=~equal)
    low, median, high = (float(q) for q in np.quantile(apart, BAND))
    return Difference(own[0], low, median, high, same=False)


def _judged(run: Run, said: Verdict) -> tuple[str, Array] | None:
    """The quantity that a verdict is on, with its unit: a need, a capacity by its driver, or a measure [draw]."""
    answer = said.answer
    if isinstance(answer, Need | Lacking):
        driver = _draws(run, said, answer.driver)
        return None if driver is None or said.value is None else (answer.need_unit, driver * said.value)
    if isinstance(answer, Supply | Works):
        capacity, driver = _draws(run, said, f"capacity.{answer.service}"), _draws(run, said, answer.driver)
        if capacity is None or driver is None:
            return None
        return said.unit, np.divide(capacity, driver, out=np.full_like(driver, np.inf), where=driver > 0.0)
    found = _draws(run, said, said.measure)
    return None if found is None else (said.unit, found)


def _draws(run: Run, said: Verdict, measure: str) -> Array | None:
    """All draws of a measure in the year and place of a verdict [draw]; None where the run does not have it."""
    ensemble = run.ensemble
    if measure not in ensemble.measures or said.year not in ensemble.years:
        return None
    row = [name for name, _ in run.tables.regions].index(said.region)
    found: Array = ensemble.of(measure, row)[ensemble.years.index(said.year)].astype(np.float64)
    return found


def _of_openings(own: Sequence[float | None], theirs: Sequence[float | None]) -> Difference | None:
    """Months by which a project opens later than in the first scenario, group by group of draws."""
    if len(own) != len(theirs) or not own:
        return None
    later = sorted(_later(mine, before) for mine, before in zip(own, theirs, strict=True))
    low, median, high = (later[max(math.ceil(share * len(later) - 1e-9) - 1, 0)] for share in BAND)
    return Difference("month", low, median, high, not any(later))


def _later(moment: float | None, before: float | None) -> float:
    """How much later a moment is [month]; moments beyond the run (None) are all alike."""
    if moment == before:
        return 0.0
    if moment is None:
        return math.inf
    return -math.inf if before is None else _MONTHS * (moment - before)
