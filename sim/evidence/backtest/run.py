"""The backtest: every prefecture forecast from what the others taught."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.backtest.forecast import Forecast, forecast
from sim.evidence.backtest.methods import METHODS, Known, forecasts
from sim.evidence.backtest.quantities import QUANTITIES, of_figures, of_rows
from sim.evidence.calibrate.covariates import Scale, provinces
from sim.evidence.calibrate.design import Design, design_of
from sim.evidence.calibrate.drawing import noise
from sim.evidence.calibrate.hierarchy import Linear
from sim.evidence.calibrate.inputs import Inputs, inputs_of
from sim.evidence.calibrate.learning import (
    Knowledge,
    Sample,
    expected_at,
    learn_from,
    own_fits,
    run_scale,
    sample_of,
)
from sim.evidence.texts import tr
from sim.model.arrays import Array, Integers
from sim.places.census import CensusRow
from sim.places.census.pairs import Pairs
from sim.places.china.national import National

FOLDS: Final = 10
LEAST_COUNTIES: Final = 40
Say = Callable[[Text, float], None]
"""Told what is at hand, and the share of the work that is done before it."""
_BASE_YEARS, _OWN_FITS, _FOLDS, _AREAS = 0.01, 0.03, 0.25, 0.8
"""Shares of the work that are done when each part begins [measured on 300 counties]."""


def _silent(what: Text, share: float) -> None:
    """Tells nobody."""


@quickclass(frozen=True, slots=True)
class Options:
    """How a backtest is run."""

    draws: int = 200
    folds: int = FOLDS
    seed: int = 2020
    jobs: int = 2


@quickclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of counties that were not learnt from, and what came.

    first, second: census rows; central: the simulation's single figure [county, quantity]; draws:
    of the simulation [county, draw, quantity]; methods: what the others say
    [county, quantity]; came [county, quantity]; options: how it was run. provinces: the single figure where whole
    provinces were left out, less: where counties lack the figures that not every table has [county, quantity].
    taught: counties of another pair of tables, where those were learnt from; nothing was left out then.
    """

    first: tuple[CensusRow, ...]
    second: tuple[CensusRow, ...]
    central: Array
    draws: Array
    methods: dict[str, Array]
    came: Array
    pairs: Pairs
    options: Options
    provinces: Array | None = None
    less: Array | None = None
    taught: Pairs | None = None


@quickclass(frozen=True, slots=True)
class Material:
    """Counties with both censuses, made ready: what rows show, and each county's own fit where others learn from it."""

    sample: Sample
    second: tuple[CensusRow, ...]
    own: Linear | None
    inputs: Inputs
    without: Inputs
    scales: dict[int, Scale]
    straight: Array


def folds_of(names: Sequence[str], folds: int, seed: int) -> Integers:
    """Which fold each county is in [county], the counties of one name together."""
    known = sorted(set(names))
    order = np.random.default_rng(seed).permutation(len(known))
    number = {name: int(place) % folds for name, place in zip(known, order, strict=True)}
    return np.array([number[name] for name in names])


def material(
    of: Pairs,
    design: Design,
    national: National,
    jobs: int,
    say: Say,
    teaches: bool = True,
) -> Material:
    """The counties of a pair of tables, made ready. design: of the regression; teaches: whether it is learnt from."""
    first, second = tuple(pair.first for pair in of.pairs), tuple(pair.second for pair in of.pairs)
    say(tr("{first} counties: base years", first=len(first)), _BASE_YEARS)
    sample = sample_of(first, second, national, jobs)
    own = None
    if teaches:
        say(tr("each county's own fit"), _OWN_FITS)
        own = own_fits(sample, jobs)
    inputs, without = inputs_of(design, first), inputs_of(design, first, without=True)
    scales = {first[0].year: run_scale(sample.still, sample.base)}
    straight = inputs.columns[:, : inputs.straight + provinces(first[:1]).shape[1]]
    return Material(sample, second, own, inputs, without, scales, straight)


def backtest(
    of: Pairs,
    national: National,
    options: Options,
    say: Say = _silent,
    teachers: Pairs | None = None,
) -> Backtest:
    """Forecast every county from its first census and from counties of other prefectures.

    teachers: counties of another pair of tables to learn from instead. Covariates are those that both tables have,
    as of the rates that ship.
    """
    for pairs, option in ((of, "--from"), (teachers or of, "--learn-from")):
        _enough(pairs, option)
    first = tuple(pair.first for pair in of.pairs)
    if teachers is not None:
        _apart(of, teachers)
        return _transferred(of, teachers, national, options, say)
    design = design_of(first, [tuple(pair.second for pair in of.pairs)])
    ready = material(of, design, national, options.jobs, say)
    fold = folds_of([row.code[:4] for row in first], options.folds, options.seed)
    size = (len(first), len(QUANTITIES))
    central, less, areas = np.empty(size), np.empty(size), np.empty(size)
    draws = np.empty((len(first), options.draws, len(QUANTITIES)))
    said = {method.id: np.full(size, np.nan) for method in METHODS}
    for number in range(options.folds):
        held, others = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        if not len(held):
            continue
        share = _FOLDS + (_AREAS - _FOLDS) * number / options.folds
        say(tr("fold {number} of {folds}", number=number + 1, folds=options.folds), share)
        known = taught(ready, others)
        found = said_of(known, ready, held, options)
        central[held], draws[held] = found.central, found.draws
        less[held] = single(known, ready, ready.without, held, options.jobs)
        for method, values in compared(ready, ready, others, held).items():
            said[method][held] = values
    area = folds_of([row.code[:2] for row in first], options.folds, options.seed)
    for number in np.unique(area):
        share = _AREAS + (1.0 - _AREAS) * number / options.folds
        say(tr("whole provinces left out: {number} of {folds}", number=number + 1, folds=options.folds), share)
        held = np.flatnonzero(area == number)
        known = taught(ready, np.flatnonzero(area != number))
        areas[held] = single(known, ready, ready.inputs, held, options.jobs)
    return Backtest(first, ready.second, central, draws, said, of_rows(ready.second), of, options, areas, less)


def _enough(pairs: Pairs, option: str) -> None:
    """Refuse too few counties, and tables in the wrong order."""
    if len(pairs.pairs) < LEAST_COUNTIES:
        text = tr(
            "only {pairs} counties can be compared, at least {least_counties} are needed",
            pairs=len(pairs.pairs),
            least_counties=LEAST_COUNTIES,
        )
        raise InvalidInput([Fault(Place(option), "", text)])
    first, second = pairs.pairs[0].first.year, pairs.pairs[0].second.year
    if first >= second:
        text = tr("the earlier census comes first: here {first} stands before {second}", first=first, second=second)
        raise InvalidInput([Fault(Place(option), "", text)])


def _apart(of: Pairs, teachers: Pairs) -> None:
    """Refuse to learn from what is to be forecast."""
    known = {(pair.second.year, pair.second.code, pair.second.name) for pair in teachers.pairs}
    both = [row for pair in of.pairs if ((row := pair.second).year, row.code, row.name) in known]
    if both:
        text = tr(
            "{count} counties of --from and --to are among these with the same census of {year}, {name} among them: "
            "what is to be forecast would be learnt from",
            count=len(both),
            year=both[0].year,
            name=both[0].name,
        )
        raise InvalidInput([Fault(Place("--learn-from"), "", text)])


def _transferred(of: Pairs, teachers: Pairs, national: National, options: Options, say: Say) -> Backtest:
    """All counties forecast with what those of another pair of tables taught."""
    first = tuple(pair.first for pair in of.pairs)
    earlier, later = (tuple(getattr(pair, which) for pair in teachers.pairs) for which in ("first", "second"))
    design = design_of(earlier, [later, first])
    school = material(teachers, design, national, options.jobs, say)
    ready = material(of, design, national, options.jobs, say, teaches=False)
    everyone, all_of = np.arange(len(earlier)), np.arange(len(first))
    known = taught(replace(school, scales=ready.scales | school.scales), everyone)
    found = said_of(known, ready, all_of, options)
    said, came = compared(ready, school, everyone, all_of), of_rows(ready.second)
    return Backtest(first, ready.second, found.central, found.draws, said, came, of, options, taught=teachers)


def taught(ready: Material, others: Integers) -> Knowledge:
    """What these counties teach."""
    assert ready.own is not None
    return learn_from(ready.sample, ready.own, ready.inputs, ready.without, ready.scales, others)


def said_of(known: Knowledge, ready: Material, held: Integers, options: Options) -> Forecast:
    """What is said of the counties `held`."""
    sample, inputs = ready.sample, ready.inputs.take(held)
    lanes = sample.lanes.take(held)
    at = expected_at(known, lanes, inputs, options.jobs, sample.still[held])
    noises = [noise(options.seed, sample.rows[i].code, options.draws) for i in held]
    return forecast(known, lanes, inputs, at, noises, options.jobs)


def single(known: Knowledge, ready: Material, inputs: Inputs, held: Integers, jobs: int) -> Array:
    """The single figure of the counties `held` [county, quantity]."""
    lanes = ready.sample.lanes.take(held)
    at = expected_at(known, lanes, inputs.take(held), jobs, ready.sample.still[held])
    return of_figures(np.exp(at.logs))


def compared(ready: Material, school: Material, others: Integers, held: Integers) -> dict[str, Array]:
    """What the other methods say of the counties `held`, of which `others` of a school taught them."""
    return forecasts(
        Known(
            [ready.sample.rows[i] for i in held],
            [school.sample.rows[i] for i in others],
            [school.second[i] for i in others],
            ready.straight[held],
            school.straight[others],
        )
    )
