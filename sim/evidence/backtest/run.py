"""The backtest: every prefecture forecast from what the others taught."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.evidence.backtest.forecast import Forecast, forecast
from sim.evidence.backtest.methods import METHODS, Known, forecasts
from sim.evidence.backtest.quantities import QUANTITIES, of_rows
from sim.evidence.calibrate.covariates import provinces
from sim.evidence.calibrate.design import Design, design_of
from sim.evidence.calibrate.drawing import noise
from sim.evidence.calibrate.hierarchy import Linear
from sim.evidence.calibrate.learning import Sample, expected_at, learn_from, own_fits, sample_of
from sim.evidence.texts import tr
from sim.model.arrays import Array, Integers
from sim.places.census import CensusRow
from sim.places.census.pairs import Pairs
from sim.places.china.national import National

FOLDS: Final = 10
LEAST_COUNTIES: Final = 40


@dataclass(frozen=True, slots=True)
class Options:
    """How a backtest is run."""

    draws: int = 200
    folds: int = FOLDS
    seed: int = 2020
    jobs: int = 2


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of counties that were not learnt from, and what came.

    first, second: census rows; central: the simulation's single figure [county, quantity]; draws:
    of the simulation [county, draw, quantity]; methods: what the others say
    [county, quantity]; came [county, quantity]; options: how it was run.
    """

    first: tuple[CensusRow, ...]
    second: tuple[CensusRow, ...]
    central: Array
    draws: Array
    methods: dict[str, Array]
    came: Array
    pairs: Pairs
    options: Options


def folds_of(rows: tuple[CensusRow, ...], folds: int, seed: int) -> Integers:
    """Which fold each county is in [county]: whole prefectures (the first four digits of the code)."""
    names = sorted({row.code[:4] for row in rows})
    order = np.random.default_rng(seed).permutation(len(names))
    number = {name: int(place) % folds for name, place in zip(names, order, strict=True)}
    return np.array([number[row.code[:4]] for row in rows])


def backtest(
    of: Pairs, national: National, options: Options, say: Callable[[Text], None] = lambda text: None
) -> Backtest:
    """Forecast every county from its first census and from counties of other prefectures."""
    if len(of.pairs) < LEAST_COUNTIES:
        text = tr(
            "only {pairs} counties can be compared, at least {least_counties} are needed",
            pairs=len(of.pairs),
            least_counties=LEAST_COUNTIES,
        )
        raise InvalidInput([Fault(Place("--from"), "", text)])
    first = tuple(pair.first for pair in of.pairs)
    second = tuple(pair.second for pair in of.pairs)
    fold = folds_of(first, options.folds, options.seed)
    say(tr("{first} counties: base years", first=len(first)))
    sample = sample_of(first, second, national)
    say(tr("each county's own fit"))
    own = own_fits(sample, options.jobs)
    table = design_of(first)
    central = np.empty((len(first), len(QUANTITIES)))
    draws = np.empty((len(first), options.draws, len(QUANTITIES)))
    said = {method.id: np.full((len(first), len(QUANTITIES)), np.nan) for method in METHODS}
    for number in range(options.folds):
        held = np.flatnonzero(fold == number)
        if not len(held):
            continue
        say(tr("fold {number} of {folds}", number=number + 1, folds=options.folds))
        others = np.flatnonzero(fold != number)
        found = held_out(sample, own, table, others, held, options)
        central[held], draws[held] = found.central, found.draws
        for method, values in compared(first, second, table, others, held).items():
            said[method][held] = values
    return Backtest(first, second, central, draws, said, of_rows(second), of, options)


def held_out(
    sample: Sample, own: Linear, table: Design, others: Integers, held: Integers, options: Options
) -> Forecast:
    """What is said of the counties `held`, learnt from `others` only."""
    columns = table.columns(sample.rows)
    known = learn_from(sample, own, columns, others, options.jobs)
    kinds = tuple(sample.groups.kind[i] for i in held)
    at = expected_at(known, sample.lanes.take(held), columns[held], sample.base.take(held), kinds, options.jobs)
    noises = [noise(options.seed, sample.rows[i].code, options.draws) for i in held]
    return forecast(known, sample.lanes.take(held), at, kinds, noises, options.jobs)


def compared(
    first: tuple[CensusRow, ...], second: tuple[CensusRow, ...], table: Design, others: Integers, held: Integers
) -> dict[str, Array]:
    """What the other methods say of the counties `held`."""
    straight = table.columns(first)[:, : int(table.used.sum()) + provinces(first[:1]).shape[1]]
    return forecasts(
        Known(
            [first[i] for i in held],
            [first[i] for i in others],
            [second[i] for i in others],
            straight[held],
            straight[others],
        )
    )
