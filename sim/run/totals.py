"""Control totals that moves were fitted to: whether they are reached, what that takes, and how likely it is without."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.run.ensemble import Ensemble
from sim.run.grounds import Ground
from sim.run.lanes import Wanted
from sim.run.reaching import BAND, probability
from sim.run.sizes import LET_GO, Without
from sim.run.tables import Led
from sim.scenario.resolved import ResolvedScenario, Total
from sim.scenario.totals import RESIDENTS, TOWNSPEOPLE

_MEASURE: Final[Mapping[str, str]] = {RESIDENTS: "resident", TOWNSPEOPLE: "urban"}
_PARTS: Final[Mapping[str, Mapping[str, float]]] = {
    "resident": {"births": -1.0, "deaths": 1.0},
    "urban": {"urban_growth.natural": -1.0, "urban_growth.reclassification": -1.0},
}
"""What is taken off the growth of people, so that moves are left: net migration, and moves to towns from anywhere."""


def led(scenario: ResolvedScenario, ensemble: Ensemble, grounds: Mapping[str, Ground], ask: Without) -> tuple[Led, ...]:
    """A record for every total of a scenario. ask: what draws give without it, as for `sim.run.sizes.by_size`."""
    if not scenario.totals:
        return ()
    n = len(ensemble.draws)
    wanted = [_wanted(one, scenario.base_year, grounds[one.region].row) for one in scenario.totals]
    free = ask(LET_GO, [want for some in wanted for want in some], n)
    found, first = [], 0
    for one, some in zip(scenario.totals, wanted, strict=True):
        own = np.stack([_of(ensemble, want) for want in some])
        found.append(_record(one, own, free[first : first + len(some)], scenario.base_year))
        first += len(some)
    return tuple(found)


def _wanted(of: Total, base_year: int, row: int) -> list[Wanted]:
    """People in the year and in the base year, and then what is no move, by part and year."""
    measure = _MEASURE[of.path]
    parts = [Wanted(part, row, year) for part in _PARTS[measure] for year in range(base_year + 1, of.year + 1)]
    return [Wanted(measure, row, of.year), Wanted(measure, row, base_year), *parts]


def _of(ensemble: Ensemble, want: Wanted) -> Array:
    found: Array = ensemble.of(want.measure, want.row)[ensemble.years.index(want.year)].astype(np.float64)
    return found


def _record(of: Total, own: Array, free: Array, base_year: int) -> Led:
    """own, free: what `_wanted` asks for [wanted, draw]."""
    low, median, high = np.quantile(free[0], BAND).tolist()
    is_more = of.persons >= median
    reached = free[0] >= of.persons if is_more else free[0] <= of.persons
    likely, error = probability(reached)
    return Led(
        place=of.region,
        measure=_MEASURE[of.path],
        year=of.year,
        persons=of.persons,
        off=float(np.abs(own[0] - of.persons).max()),
        free=(low, median, high),
        is_more=is_more,
        probability=likely,
        probability_error=error,
        moves=_moves(of, own, base_year),
        moves_free=_moves(of, free, base_year),
        source=of.source,
    )


def _moves(of: Total, values: Array, base_year: int) -> tuple[float, float, float]:
    """What moves add a year, on the mean of the years since the base year: quantiles."""
    years, signs = of.year - base_year, tuple(_PARTS[_MEASURE[of.path]].values())
    parts = np.repeat(np.array(signs), years) @ values[2:]
    low, median, high = np.quantile((values[0] - values[1] + parts) / years, BAND).tolist()
    return low, median, high
