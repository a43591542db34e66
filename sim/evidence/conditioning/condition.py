"""A run held to the figures: its draws taken again in proportion to how well they agree with them.

Importance resampling (Rubin 1988; Doucet, de Freitas & Gordon 2001, doi:10.1007/978-1-4757-3437-9), systematic, so that
the same figures give the same draws.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.evidence.conditioning.clues import Clue, clues, is_controlled, together
from sim.evidence.inference.weights import effective, normalised, softened
from sim.model.arrays import Array, Integers
from sim.run.ensemble import Ensemble, simulate
from sim.run.grounds import grounds
from sim.run.lanes import Wanted
from sim.run.moves import Move
from sim.run.scenario_run import Run, ready, retold
from sim.run.sizes import Without, asked_of
from sim.run.space import picked
from sim.run.tables import Held, HeldFigure
from sim.scenario.begins import PATHS
from sim.scenario.resolved import ResolvedScenario

LEAST_SHARE: Final = 0.1
LEAST_DRAWS: Final = 50
_SHOWN: Final = ("urbanization_rate", "resident")
_BAND: Final = (0.1, 0.5, 0.9)


def conditioned(done: Run) -> Run:
    """The run held to the figures that its scenario asks for; itself where it asks for none, or there are none."""
    found = clues(done) if done.scenario.observed else ()
    if not found:
        return done
    weights, force = weighed(found, done.ensemble.whole)
    chosen = _resampled(weights)
    kept = at_totals(done, chosen)
    ensemble = _taken(done.ensemble if kept is done.scenario else _simulated(kept), chosen)
    again = retold(done, ensemble, _asked(kept, chosen))
    held = Held(
        figures=tuple(_figure(one, done.ensemble.whole) for one in found),
        worth=effective(weights),
        force=force,
        before=_bands(done, done.ensemble),
        after=_bands(done, ensemble),
    )
    return replace(again, tables=replace(again.tables, held=held))


def weighed(found: Sequence[Clue], ensemble: Ensemble) -> tuple[Array, float]:
    """Weights of draws by how well they agree with figures [draw], and the exponent that keeps enough of them."""
    likelihood, n = together(found, ensemble), len(ensemble.draws)
    flat, least = np.zeros(n), float(min(n, max(LEAST_SHARE * n, LEAST_DRAWS)))
    force = softened(flat, likelihood, least)
    return normalised(flat + force * likelihood), force


def _resampled(weights: Array) -> Integers:
    """Positions of draws, each about as often as its weight asks for; in order."""
    n = len(weights)
    at = (np.arange(n) + 0.5) / n
    found: Integers = np.minimum(np.searchsorted(np.cumsum(weights), at), n - 1)
    return found


def _taken(of: Ensemble, chosen: Integers) -> Ensemble:
    """The draws at these positions."""
    past = of.past and replace(of.past, values=picked(of.past.values, chosen))
    return replace(
        of,
        values=picked(of.values, chosen),
        where=np.ascontiguousarray(of.where[:, chosen]),
        chosen=tuple(chosen.tolist()),
        past=past,
    )


def at_totals(done: Run, chosen: Integers) -> ResolvedScenario:
    """The scenario with controls that give the chosen draws the totals that all draws were brought to.

    Figures say which rates are likely, totals how many people there are: what both say of the base year counts once.
    """
    scenario, ensemble = done.scenario, done.ensemble
    settings = dict(scenario.settings)
    for region in scenario.regions:
        if is_controlled(scenario, region.id):
            row = grounds(scenario)[region.id].row
            back = {
                path: float(np.median(now) / np.median(now[chosen])) if np.median(now[chosen]) > 0.0 else 1.0
                for path, now in zip(PATHS, (ensemble.of(name, row)[0] for name in ("urban", "rural")), strict=True)
            }
            settings[region.id] = tuple(
                replace(one, values=tuple(value * back[one.path] for value in one.values)) if one.path in back else one
                for one in settings[region.id]
            )
    return replace(scenario, settings=settings) if settings != scenario.settings else scenario


def _simulated(scenario: ResolvedScenario) -> Ensemble:
    shown = range(scenario.base_year, scenario.horizon + 1)
    return simulate(ready(scenario).case, range(scenario.draws), shown, os.cpu_count() or 1)


def _asked(scenario: ResolvedScenario, chosen: Integers) -> Without:
    """What the chosen draws give without some policies."""

    def without(moves: Sequence[Move], wanted: Sequence[Wanted], n: int) -> Array:
        own = chosen[:n]
        every = asked_of(ready(scenario).case)(moves, wanted, int(own.max()) + 1)
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
