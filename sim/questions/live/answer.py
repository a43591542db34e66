"""What a page is told of a scenario whose levers were moved: at once a preview, then all draws, then all years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import same
from sim.model.arrays import Array, Kept
from sim.model.measure import Measure
from sim.questions.live.opened import Moved, Opened
from sim.questions.live.paired import carried, jackknife, without_each
from sim.run.answers import Judged, Verdict
from sim.run.ensemble import Ensemble
from sim.run.experiment import out_of_range
from sim.run.lanes import Wanted
from sim.run.moves import Move
from sim.run.results import series
from sim.run.scenario_run import Run, grounds, judged, openings
from sim.run.scenario_run import run as simulated
from sim.run.sizes import DRAWS, Without
from sim.run.verdict import WORDS, reaches, word
from sim.scenario.resolved import ResolvedScenario, Target

Stage = Literal["preview", "all", "years", "whole"]
STAGES: Final[tuple[Stage, ...]] = ("preview", "all", "years", "whole")
_BESIDE: Final = ("resident", "registered", "households")
"""Measures that words about targets need."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A measure that a line of the plan looks at, in a row of the run and a year."""

    measure: str
    row: int
    year: int


def answered(of: Opened, at: Moved, stage: Stage, shown: Sequence[tuple[str, int]] = ()) -> Run:
    """What a run of the moved scenario says, as far as a stage goes.

    preview: targets, from a few draws carried to all; all: targets, of all draws; years: also every year, so that
    first years and the measures in `shown` [(measure, row)] are known; whole: everything. Before `whole`, openings of
    projects are those of the saved run. Raises InvalidInput where the levers stand for what no scenario may say.
    """
    if not at:
        return of.saved
    if stage == "whole":
        return simulated(of.resolved(at), of.jobs)
    if stage == "preview":
        return _preview(of, at)
    scenario = of.resolved(at)
    wanted = _wanted(of, stage, shown)
    kept = of.all.answer(at.moves, at.at, wanted, of.jobs)[:, 0]
    return _run(of, at, scenario, _filled(of, wanted, kept), wanted, stage)


def sights(scenario: ResolvedScenario, measures: dict[str, Measure]) -> tuple[Sight, ...]:
    """What the lines of the plan look at."""
    found: dict[Sight, None] = {}
    rows = {name: ground.row for name, ground in grounds(scenario).items()}
    main = (scenario.plan.region if scenario.plan else None) or scenario.main
    for target in scenario.plan.targets if scenario.plan else ():
        if target.value is None or target.year is None or target.year > scenario.horizon:
            continue
        row = rows[target.region or main]
        named = (target.measure, target.driver, f"capacity.{target.service}", *_BESIDE)
        found |= {Sight(one, row, target.year): None for one in named if one in measures}
    return tuple(found)


def _preview(of: Opened, at: Moved) -> Run:
    _check(of, at)
    few = of.few.answer(at.moves, at.at, wanted := _wanted(of, "preview", ()), of.jobs)[:, 0].astype(np.float64)
    n_all = len(of.saved.ensemble.draws)
    kept, rests = np.empty((len(wanted), n_all)), {}
    for place, one in enumerate(wanted):
        before = _saved(of, one).astype(np.float64)
        if len(few[place]) == n_all or not (np.isfinite(before).all() and np.isfinite(few[place]).all()):
            kept[place] = few[place] if len(few[place]) == n_all else np.nan
            continue
        kept[place] = carried(before, few[place])
        rests[one] = without_each(before, few[place])
    made = _run(of, at, of.as_is, _filled(of, wanted, kept.astype(np.float32)), wanted, "preview")
    said = tuple(_hedged(of, verdict, rests) for verdict in made.tables.verdicts)
    return replace(made, tables=replace(made.tables, verdicts=said))


def _check(of: Opened, at: Moved) -> None:
    """Raise InvalidInput where a value leaves its range; the rest is checked when the file is."""
    found = out_of_range(of.case, at.moves, at.at)
    if found:
        key = at.knobs[0][0].key if len(at.knobs) == 1 else ""
        raise InvalidInput([Fault(Place(""), key, same(reason)) for reason in found.values()])


def _wanted(of: Opened, stage: Stage, shown: Sequence[tuple[str, int]]) -> list[Wanted]:
    measures, scenario = of.saved.ensemble.measures, of.scenario
    seen, years = sights(scenario, measures), range(scenario.base_year + 1, scenario.horizon + 1)
    if stage == "years":
        pairs = dict.fromkeys([*((one.measure, one.row) for one in seen), *shown])
        return [Wanted(measure, row, year) for measure, row in pairs for year in years]
    found = {Wanted(one.measure, one.row, year): None for one in seen for year in _years_of(of, one, years)}
    return list(found)


def _years_of(of: Opened, one: Sight, years: range) -> Sequence[int]:
    """The year that is looked at; all up to it where the target could be met from the base year on."""
    met = any(
        said.class_ == "met" and said.measure == one.measure and said.year == one.year
        for said in of.saved.tables.verdicts
    )
    return range(years.start, one.year + 1) if met else (one.year,)


def _saved(of: Opened, one: Wanted) -> Kept:
    ensemble = of.saved.ensemble
    kept: Kept = ensemble.of(one.measure, one.row)[ensemble.years.index(one.year)]
    return kept


def _filled(of: Opened, wanted: Sequence[Wanted], kept: Kept) -> Ensemble:
    """The saved run's ensemble of the measures that are looked at, with what was worked out anew in its place.

    kept: [wanted, draw].
    """
    saved = of.saved.ensemble
    names = list(dict.fromkeys(one.measure for one in wanted))
    values = saved.values[[list(saved.measures).index(name) for name in names]]
    for one, found in zip(wanted, kept, strict=True):
        values[names.index(one.measure), one.row, saved.years.index(one.year)] = found
    return replace(saved, measures={name: saved.measures[name] for name in names}, values=values)


def _without(of: Opened, at: Moved, *, is_preview: bool) -> Without:
    """What the moved scenario gives without some of its policies."""

    def ask(moves: Sequence[Move], wanted: Sequence[Wanted], n: int) -> Array:
        warm = of.few if is_preview else of.some
        values = np.concatenate([at.at, np.zeros((1, len(moves)))], axis=1)
        return warm.answer((*at.moves, *moves), values, wanted, of.jobs)[:, 0, :n].astype(np.float64)

    return ask


def _run(
    of: Opened, at: Moved, scenario: ResolvedScenario, ensemble: Ensemble, wanted: Sequence[Wanted], stage: Stage
) -> Run:
    """The run as far as it was worked out."""
    tables = of.saved.tables
    opened = openings(scenario, of.saved.ensemble)
    is_preview = stage == "preview"
    ask, many = _without(of, at, is_preview=is_preview), len(of.few.draws) if is_preview else DRAWS
    said = judged(scenario, ensemble, opened, ask, many, explained=not is_preview)
    if stage != "years":
        said = tuple(_unknown_years(verdict) for verdict in said)
    names = [name for name, _ in tables.regions]
    made = replace(tables, series=series(scenario.name, names, _in_years(ensemble, wanted)), verdicts=said)
    return Run(scenario, made, ensemble, 0.0)


def _in_years(ensemble: Ensemble, wanted: Sequence[Wanted]) -> Ensemble:
    """The ensemble in the base year and the years that were worked out."""
    chosen = sorted({ensemble.years[0], *(one.year for one in wanted)})
    columns = [ensemble.years.index(year) for year in chosen]
    return replace(ensemble, years=tuple(chosen), values=ensemble.values[:, :, columns])


def _unknown_years(said: Verdict) -> Verdict:
    """A verdict before all years were run: its first year is not known."""
    if not isinstance(said.answer, Judged) or said.measure.startswith("project."):
        return said
    return replace(said, answer=replace(said.answer, first_year=None))


def _hedged(of: Opened, said: Verdict, rests: dict[Wanted, Array]) -> Verdict:
    """A verdict of a preview: with the error of a preview, and never certain."""
    if not isinstance(said.answer, Judged) or said.measure.startswith("project."):
        return said
    target = next(one for one in of.scenario.plan.targets if one.id == said.id) if of.scenario.plan else None
    row = grounds(of.scenario)[said.region].row
    assert target is not None
    error = float(np.hypot(said.answer.probability_error, _carrying_error(target, said, row, rests)))
    answer = replace(said.answer, probability_error=error)
    status = word(answer.probability, error)
    return replace(said, answer=answer, status=WORDS[1][1] if status == WORDS[0][1] else status)


def _carrying_error(target: Target, said: Verdict, row: int, rests: dict[Wanted, Array]) -> float:
    """The standard error of a probability that comes of carrying a few draws to all."""
    year = int(target.year or 0)
    if target.kind != "standard":
        outcome = rests.get(Wanted(said.measure, row, year))
        return 0.0 if outcome is None else jackknife(reaches(outcome, target).mean(axis=1))
    parts = [rests.get(Wanted(name, row, year)) for name in (f"capacity.{target.service}", str(target.driver))]
    there, driver = parts
    if there is None or driver is None:
        return 0.0
    return jackknife(reaches(there / driver, target).mean(axis=1))
