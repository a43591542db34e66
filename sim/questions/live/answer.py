"""What a page is told of a scenario whose levers were moved: at once a preview, then all draws, then all years."""

from collections.abc import Container, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final, Literal, NamedTuple

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import same
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Kept
from sim.questions.live.opened import Moved, Opened
from sim.questions.live.paired import carried, jackknife, without_each
from sim.run.answers import Condition, Judged, Met, Sized, Verdict
from sim.run.ensemble import Ensemble
from sim.run.experiment import out_of_range
from sim.run.grounds import grounds
from sim.run.lanes import Wanted
from sim.run.moves import Move
from sim.run.reaching import WORDS, reaches, word
from sim.run.results import series
from sim.run.scenario_run import Run, judged, openings
from sim.run.scenario_run import run as simulated
from sim.run.sizes import Without, assumed_sizes
from sim.scenario.resolved import ResolvedScenario, Target

Stage = Literal["preview", "all", "years", "sizes", "whole"]
STAGES: Final[tuple[Stage, ...]] = ("preview", "all", "years", "sizes", "whole")
OF_ALL_YEARS: Final[tuple[Stage, ...]] = ("years", "sizes", "whole")
"""Stages that know every year."""
_PROJECT: Final = "project."
_OUTLOOK: Final = ("urbanization_rate", "resident")
"""Measures that are said where no target is."""
_BESIDE: Final = ("resident", "registered")
"""Measures that words about targets need."""


@quickclass(frozen=True, slots=True)
class Sight:
    """A measure that a line of the plan looks at, in a row of the run and a year."""

    measure: str
    row: int
    year: int


class Seen(NamedTuple):
    """What is said or drawn of a run by year."""

    measures: tuple[str, ...]
    years: tuple[int, ...]


def answered(of: Opened, at: Moved, stage: Stage, shown: Sequence[tuple[str, int]] = ()) -> Run:
    """What a run of the moved scenario says, as far as a stage goes.

    preview: targets, from a few draws carried to all; all: targets, of all draws; years: also every year, so that
    first years and the measures in `shown` [(measure, row)] are known; sizes: also which lines hang on assumed sizes;
    whole: everything. What a later stage will say is until then that of the saved run. Raises InvalidInput where the
    levers stand for what no scenario may say.
    """
    if not at:
        return of.saved
    if stage == "whole":
        return simulated(of.resolved(at), of.jobs)
    if stage == "sizes":
        return sized(of, at, answered(of, at, "years", shown))
    wanted = _wanted(of, stage, shown)
    if stage == "preview":
        return _preview(of, at, wanted, shown)
    with ThreadPoolExecutor(max_workers=1) as beside:
        stepped = beside.submit(of.all.answer, at.moves, at.at, wanted, of.jobs)
        scenario = of.resolved(at)  # its faults come before those of what was stepped
        kept = stepped.result()[:, 0]
    return _run(of, scenario, _filled(of, wanted, kept), _seen(of, wanted, shown), stage)


def sized(of: Opened, at: Moved, years: Run) -> Run:
    """The answer of all years, with the lines that hang on assumed sizes told as such."""
    if not assumed_sizes(years.scenario)[1]:
        return years
    opened = openings(years.scenario, of.saved.ensemble)
    said = judged(years.scenario, years.ensemble, opened, _without(of, at))
    return replace(years, tables=replace(years.tables, verdicts=said))


def is_pending(said: Verdict, stage: Stage) -> bool:
    """Whether what is said of a line of a moved scenario is still that of the saved run."""
    if stage == "whole":
        return False
    if isinstance(said.answer, Sized):
        return stage != "sizes"
    return said.measure.startswith(_PROJECT) or isinstance(said.answer, Condition)


def sights(scenario: ResolvedScenario, measures: Container[str]) -> tuple[Sight, ...]:
    """What the lines of the plan look at, and what is said where there is no plan."""
    main = (scenario.plan.region if scenario.plan else None) or scenario.main
    rows = {name: ground.row for name, ground in grounds(scenario).items()}
    found = {Sight(one, rows[scenario.main], scenario.test_year): None for one in _OUTLOOK}
    for target in scenario.plan.targets if scenario.plan else ():
        if target.value is None or target.year is None or target.year > scenario.horizon:
            continue
        named = (target.measure, target.driver, f"capacity.{target.service}", *_BESIDE)
        row = rows[target.region or main]
        found |= {Sight(one, row, target.year): None for one in named if one is not None and one in measures}
    return tuple(found)


def _preview(of: Opened, at: Moved, wanted: Sequence[Wanted], shown: Sequence[tuple[str, int]]) -> Run:
    _check(of, at)
    few = of.few.answer(at.moves, at.at, wanted, of.jobs)[:, 0].astype(np.float64)
    before = np.stack([_saved(of, one) for one in wanted]).astype(np.float64)
    if len(few[0]) < len(before[0]):
        whole = np.isfinite(before).all(axis=1) & np.isfinite(few).all(axis=1)
        kept = np.full_like(before, np.nan)
        for place in np.flatnonzero(whole):
            kept[place] = carried(before[place], few[place])
    else:
        kept = few
    made = _run(of, of.as_is, _filled(of, wanted, kept.astype(np.float32)), _seen(of, wanted, shown), "preview")
    pairs = dict(zip(wanted, zip(before, few, strict=True), strict=True))
    said = tuple(_hedged(of, verdict, pairs) for verdict in made.tables.verdicts)
    return replace(made, tables=replace(made.tables, verdicts=said))


def _check(of: Opened, at: Moved) -> None:
    """Raise InvalidInput where a value leaves its range; the rest is checked when the file is."""
    found = out_of_range(of.case, at.moves, at.at)
    if found:
        key = at.knobs[0][0].key if len(at.knobs) == 1 else ""
        raise InvalidInput([Fault(Place(""), key, same(reason)) for reason in found.values()])


def _wanted(of: Opened, stage: Stage, shown: Sequence[tuple[str, int]]) -> list[Wanted]:
    scenario = of.scenario
    seen, years = sights(scenario, of.saved.ensemble.measures), range(scenario.base_year + 1, scenario.horizon + 1)
    if stage == "years":
        pairs = dict.fromkeys([*((one.measure, one.row) for one in seen), *shown])
        return [Wanted(measure, row, year) for measure, row in pairs for year in years]
    met = {(one.measure, one.year) for one in of.saved.tables.verdicts if isinstance(one.answer, Met)}
    found: dict[Wanted, None] = {}
    for one in seen:
        # a line that is met since the base year is met where no year of any draw loses it
        first = years.start if (one.measure, one.year) in met else one.year
        found |= {Wanted(one.measure, one.row, year): None for year in range(first, one.year + 1)}
    return list(found)


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
    places = {name: place for place, name in enumerate(names)}
    known = {name: place for place, name in enumerate(saved.measures)}
    values = saved.values[[known[name] for name in names]]
    for one, found in zip(wanted, kept, strict=True):
        values[places[one.measure], one.row, one.year - saved.years[0]] = found
    return replace(saved, measures={name: saved.measures[name] for name in names}, values=values)


def _run(of: Opened, scenario: ResolvedScenario, ensemble: Ensemble, seen: Seen, stage: Stage) -> Run:
    """The run as far as it was worked out. seen: what is said or drawn of it by year."""
    tables, opened = of.saved.tables, openings(scenario, of.saved.ensemble)
    said = judged(scenario, ensemble, opened, None, explained=stage != "preview")
    before = {one.id: one for one in tables.verdicts}
    said = tuple(_so_far(verdict, before.get(verdict.id), stage) for verdict in said)
    names = [name for name, _ in tables.regions]
    made = replace(tables, series=series(scenario.name, names, _part(ensemble, seen)), verdicts=said)
    return Run(scenario, made, ensemble, 0.0)


def _without(of: Opened, at: Moved) -> Without:
    """What the moved scenario gives without some of its policies."""

    def ask(moves: Sequence[Move], wanted: Sequence[Wanted], n: int) -> Array:
        values = np.concatenate([at.at, np.zeros((1, len(moves)))], axis=1)
        return of.some.answer((*at.moves, *moves), values, wanted, of.jobs)[:, 0, :n].astype(np.float64)

    return ask


def _seen(of: Opened, wanted: Sequence[Wanted], shown: Sequence[tuple[str, int]]) -> Seen:
    """The measures that words need and those that are shown, in the base year and the years that are worked out."""
    names = dict.fromkeys((*_OUTLOOK, *_BESIDE, *(measure for measure, _ in shown)))
    worked_out = {one.measure for one in wanted}
    years = sorted({of.saved.ensemble.years[0], *(one.year for one in wanted)})
    return Seen(tuple(one for one in names if one in worked_out), tuple(years))


def _part(ensemble: Ensemble, seen: Seen) -> Ensemble:
    places = [list(ensemble.measures).index(name) for name in seen.measures]
    columns = [ensemble.years.index(year) for year in seen.years]
    measures = {name: ensemble.measures[name] for name in seen.measures}
    return replace(ensemble, measures=measures, years=seen.years, values=ensemble.values[places][:, :, columns])


def _so_far(said: Verdict, before: Verdict | None, stage: Stage) -> Verdict:
    """A verdict before all is known: whether it hangs on assumed sizes, and before all years its first year."""
    if before is not None and isinstance(before.answer, Sized) and said.band[1] is not None:
        return replace(before, answer=replace(before.answer, with_them=said.band[1]))
    if stage in OF_ALL_YEARS or not isinstance(said.answer, Judged) or said.measure.startswith(_PROJECT):
        return said
    return replace(said, answer=replace(said.answer, first_year=None))


def _hedged(of: Opened, said: Verdict, pairs: Mapping[Wanted, tuple[Array, Array]]) -> Verdict:
    """A verdict of a preview: with the error of a preview, and never certain.

    pairs: outcomes before of all draws, and after of the few.
    """
    if not isinstance(said.answer, Judged) or said.measure.startswith(_PROJECT) or of.scenario.plan is None:
        return said
    target = next(one for one in of.scenario.plan.targets if one.id == said.id)
    row = grounds(of.scenario)[said.region].row
    error = float(np.hypot(said.answer.probability_error, _carrying_error(target, row, pairs)))
    answer = replace(said.answer, probability_error=error)
    status = word(answer.probability, error)
    return replace(said, answer=answer, status=WORDS[1][1] if status == WORDS[0][1] else status)


def _carrying_error(target: Target, row: int, pairs: Mapping[Wanted, tuple[Array, Array]]) -> float:
    """The standard error of a probability that comes of carrying a few draws to all."""
    is_need = target.kind == "standard"
    names = (f"capacity.{target.service}", str(target.driver)) if is_need else (str(target.measure),)
    found = [pairs.get(Wanted(name, row, int(target.year or 0))) for name in names]
    parts = [without_each(*pair) for pair in found if pair is not None and len(pair[1]) < len(pair[0])]
    if len(parts) < len(names):
        return 0.0
    outcome = parts[0] / parts[1] if is_need else parts[0]
    return jackknife(reaches(outcome, target).mean(axis=1))
