"""A run held to the figures: its draws taken again in proportion to how well they agree with them.

Importance resampling (Rubin 1988; Doucet, de Freitas & Gordon 2001, doi:10.1007/978-1-4757-3437-9), systematic, so that
the same figures give the same draws.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.evidence.conditioning.clues import Clue, clues, together
from sim.evidence.inference.weights import effective, normalised, softened
from sim.model.arrays import Array, Integers
from sim.run.ensemble import Ensemble
from sim.run.lanes import Wanted
from sim.run.moves import Move
from sim.run.scenario_run import Run, ready, retold
from sim.run.sizes import Without, asked_of
from sim.run.tables import Held, HeldFigure

LEAST_SHARE: Final = 0.1
LEAST_DRAWS: Final = 50
_SHOWN: Final = ("urbanization_rate", "resident")
_BAND: Final = (0.1, 0.5, 0.9)


def conditioned(done: Run) -> Run:
    """The run held to the figures that its scenario asks for; itself where it asks for none, or there are none."""
    found = clues(done) if done.scenario.observed else ()
    if not found:
        return done
    likelihood, n = together(found, done.ensemble.whole), len(done.ensemble.draws)
    flat, least = np.zeros(n), float(min(n, max(LEAST_SHARE * n, LEAST_DRAWS)))
    force = softened(flat, likelihood, least)
    weights = normalised(flat + force * likelihood)
    chosen = _resampled(weights)
    ensemble = replace(
        done.ensemble,
        values=np.ascontiguousarray(done.ensemble.values[..., chosen]),
        where=np.ascontiguousarray(done.ensemble.where[:, chosen]),
        chosen=tuple(chosen.tolist()),
        past=_again(done.ensemble.past, chosen),
    )
    again = retold(done, ensemble, _asked(done, chosen))
    held = Held(
        figures=tuple(_figure(one, done.ensemble.whole) for one in found),
        worth=effective(weights),
        force=force,
        before=_bands(done, done.ensemble),
        after=_bands(done, ensemble),
    )
    return replace(again, tables=replace(again.tables, held=held))


def _resampled(weights: Array) -> Integers:
    """Positions of draws, each about as often as its weight asks for; in order."""
    n = len(weights)
    at = (np.arange(n) + 0.5) / n
    found: Integers = np.minimum(np.searchsorted(np.cumsum(weights), at), n - 1)
    return found


def _again(past: Ensemble | None, chosen: Integers) -> Ensemble | None:
    """The years before the run with the same draws taken again."""
    return None if past is None else replace(past, values=np.ascontiguousarray(past.values[..., chosen]))


def _asked(done: Run, chosen: Integers) -> Without:
    """What the chosen draws give without some policies."""

    def without(moves: Sequence[Move], wanted: Sequence[Wanted], n: int) -> Array:
        own = chosen[:n]
        every = asked_of(ready(done.scenario).case)(moves, wanted, int(own.max()) + 1)
        found: Array = every[:, own]
        return found

    return without


def _figure(of: Clue, ensemble: Ensemble) -> HeldFigure:
    return HeldFigure(
        place=of.place,
        whose=of.whose,
        area=of.area,
        measure=of.measure,
        years=of.years,
        last=of.values[-1],
        weight=of.weight(ensemble),
        source=of.source,
    )


def _bands(done: Run, ensemble: Ensemble) -> dict[str, dict[int, tuple[float, float, float]]]:
    """10, 50 and 90% quantiles of what is shown of the main place, by measure and year."""
    base = {done.scenario.base_year} if done.scenario.outset is not None else set()
    years = sorted({done.scenario.test_year, done.scenario.horizon} | base)
    found: dict[str, dict[int, tuple[float, float, float]]] = {}
    for measure in _SHOWN:
        for year in years:
            low, median, high = np.quantile(ensemble.of(measure, 0)[ensemble.years.index(year)], _BAND).tolist()
            found.setdefault(measure, {})[year] = (low, median, high)
    return found
