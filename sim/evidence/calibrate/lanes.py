"""Many counties as lanes of one run, each lane with its own knobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.evidence.calibrate.figures import figures_of
from sim.evidence.calibrate.knobs import Knob
from sim.evidence.calibrate.replay import ARRIVAL_SHARES, Decade
from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, N_AGES, POP_SHAPE, ZONES
from sim.model.engine import trajectory
from sim.model.people import rates as population
from sim.model.people.state import State
from sim.model.people.step import WEIGHTS, Constants, YearInputs, step
from sim.model.people.transfer import WORKING
from sim.model.people.transfer_parameters import ARRIVAL_PATHS, FLOWS, PROFILES
from sim.model.people.villages import has_villages, kept_from_villages
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.national import National

_SHAPE: Final = ("peak", "width", "family", "male_ratio")


@dataclass(frozen=True, slots=True)
class Lanes:
    """Counties that live through the same years, and which of them each lane is.

    pop: persons [county, zone, hukou, sex, age]; arrivals: outsiders arriving a year before any knob
    [persons], [county, zone without away]; headship: level of headship rates against the national schedule in
    the first year [1], [county]; rows: county of each lane [lane].
    """

    pop: Array
    arrivals: Array
    headship: Array
    years: range
    national: National
    knobs: tuple[Knob, ...]
    rows: Integers

    def take(self, lanes: Integers) -> "Lanes":
        """These lanes, in this order; one may be taken many times."""
        return replace(self, rows=self.rows[lanes])

    def part(self, block: slice) -> "Lanes":
        """A stretch of lanes."""
        return replace(self, rows=self.rows[block])


def lanes_of(decades: Sequence[Decade], households: Sequence[float | None], knobs: tuple[Knob, ...]) -> Lanes:
    """One lane a county; all must live through the same years. households: at the first census."""
    first = decades[0]
    if any(decade.years != first.years for decade in decades):
        raise ValueError("counties of one batch must live through the same years")
    pop = np.stack([decade.pop for decade in decades])
    arrivals = np.outer([decade.arrivals for decade in decades], ARRIVAL_SHARES)
    heads = (pop[:, :AWAY].sum(axis=(1, 2)) * first.national.headship).sum(axis=(1, 2))
    level = np.array([given or np.nan for given in households]) / heads
    level = np.where(np.isfinite(level), level, np.nanmedian(level) if np.isfinite(level).any() else 1.0)
    return Lanes(pop, arrivals, level, first.years, first.national, knobs, np.arange(len(decades)))


def decade_end(of: Lanes, knobs: Array) -> Array:
    """Figures of the last year, [lane, figure], of lanes with these knobs [lane, knob]."""
    values = central_of(of, knobs)
    change = (1.0 + values["household.headship_trend"]).prod(axis=1)
    level = of.headship[of.rows] * change
    return figures_of(_end(of, values), level[:, np.newaxis, np.newaxis] * of.national.headship)


def end(of: Lanes, knobs: Array) -> Array:
    """Persons at the end of the last year, [lane, zone, hukou, sex, age]: `replay.replay` for many."""
    return _end(of, central_of(of, knobs))


def _end(of: Lanes, values: Mapping[str, Array]) -> Array:
    constants = _constants(of, values)
    n_lanes = len(of.rows)
    rates = population.rates(values, of.years, n_lanes)
    counts = population.counts(values, of.years, n_lanes)
    given = [
        YearInputs(year, np.ascontiguousarray(rates[np.newaxis, :, i]), np.ascontiguousarray(counts[np.newaxis, :, i]))
        for i, year in enumerate(of.years)
    ]
    start = State(of.years[0] - 1, of.pop[of.rows][np.newaxis])
    last, _ = trajectory(lambda state, x: step(constants, state, x), start, given, lambda state, flows: None)
    people: Array = last.pop[0]
    return people


def central_of(of: Lanes, knobs: Array) -> dict[str, Array]:
    """Values of all parameters, each [lane, year] or [1, year]: `sim.evidence.calibrate.replay.central` for many."""
    n_years = len(of.years)
    values = {path: np.full((1, n_years), parameter.default) for path, parameter in PARAMETERS.items()}
    for zone, path in ARRIVAL_PATHS.items():
        values[path] = np.repeat(of.arrivals[of.rows, zone, np.newaxis], n_years, axis=1)
    values["fertility.tfr"] = np.array([[of.national.tfr_of(year) for year in of.years]])
    values["fertility.males_per_female"] = np.array([[of.national.males_per_female_of(year) for year in of.years]])
    first, last = of.years[0] - 1, of.years[-1]
    fall = of.national.death_level_of(last) / of.national.death_level_of(first)
    values["mortality.decline"] = np.full((1, n_years), 1.0 - fall ** (1.0 / (last - first)))
    for knob, column in zip(of.knobs, knobs.T, strict=True):
        number = column[:, np.newaxis]
        for path in knob.paths:
            values[path] = values[path] * np.exp(number) if knob.kind == "times" else values[path] + number
    values = kept_from_villages(values, has_villages(of.pop)[of.rows, np.newaxis])
    return {path: np.clip(value, PARAMETERS[path].low, PARAMETERS[path].high) for path, value in values.items()}


def _constants(of: Lanes, values: Mapping[str, Array]) -> Constants:
    n_lanes = len(of.rows)
    fixed = {
        path: np.broadcast_to(value[:, 0], n_lanes) for path, value in values.items() if path.startswith(FIXED_PREFIXES)
    }
    shapes = profiles_of(fixed)
    flows = [shapes[flow.profile].reshape(n_lanes, -1) for flow in FLOWS]
    own = [np.ones_like(flows[0])] * population.N_OWN_FLOWS
    arrive = shapes["arrive"].reshape(n_lanes, -1)
    arrive = arrive / arrive.sum(axis=1, keepdims=True)
    deaths = population.zone_deaths(of.national.deaths_ratio, of.national.zone_mortality)
    fertility = np.broadcast_to(of.national.fertility_of(of.years[len(of.years) // 2]), (len(ZONES), N_AGES))
    return Constants(
        deaths_ratio=np.repeat(deaths[np.newaxis], n_lanes, axis=0),
        fertility=np.repeat(fertility[np.newaxis], n_lanes, axis=0),
        profiles=np.stack([*flows, *own], axis=1),
        arrival_profile=np.repeat(arrive[:, np.newaxis], AWAY, axis=1),
        weights=np.zeros((n_lanes, len(WEIGHTS), AWAY, POP_SHAPE[2] * POP_SHAPE[3])),
    )


def profiles_of(fixed: Mapping[str, Array]) -> dict[str, Array]:
    """Every named profile [lane, sex, age], from shape parameters [lane]: `transfer.profile` for many."""
    found = {}
    ages = np.arange(N_AGES, dtype=np.float64)
    for key in PROFILES:
        peak, width, family, male = (fixed[f"profile.{key}.{what}"][:, np.newaxis] for what in _SHAPE)
        after = ages - peak
        curve = 0.002 + 0.02 * family * np.exp(-0.10 * ages) + 0.06 * np.exp(-after / width - np.exp(-0.35 * after))
        by_sex = np.stack([curve * male, curve], axis=1)
        found[key] = by_sex / by_sex[:, :, WORKING].mean(axis=(1, 2))[:, np.newaxis, np.newaxis]
    return found
